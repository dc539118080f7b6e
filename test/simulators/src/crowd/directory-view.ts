import { reach } from '../data-center/groups.ts'
import { byName, fold } from '../data-center/names.ts'
import type { Application } from './application.ts'
import type { Crowd } from './crowd.ts'
import type { Account, CrowdDirectory, CrowdGroup } from './directory.ts'
import type { Depth } from './realm.ts'

export type DirectoryView = ReturnType<typeof viewDirectories>

/** Reads: the first directory that holds a name wins. Lists are computed once between two changes. */
export function viewDirectories(crowd: Crowd, application: Application) {
  const remember = memory(crowd.changeCount)
  const directories = (): CrowdDirectory[] => application.mappings.map((mapping) => mapping.directory)

  const user = (name: string): Account | undefined => firstOf(directories(), (each) => each.account(name))
  const group = (name: string): CrowdGroup | undefined => firstOf(directories(), (each) => each.group(name))
  const users = () => remember('users', () => sorted(merged(directories().map((each) => each.accounts))))

  /** Memberships count in all directories where the application aggregates, else in the first that holds the user (Data Center, directories). */
  const counts = (account: Account): boolean => application.aggregateMemberships || user(account.name) === account

  const accountsNamed = (name: string): Account[] =>
    directories()
      .flatMap((each) => each.account(name) ?? [])
      .filter(counts)
  const groupsNamed = (name: string): CrowdGroup[] => directories().flatMap((each) => each.group(name) ?? [])

  const teams = (found: Iterable<CrowdGroup>): CrowdGroup[] => sorted(effective(found, group))
  const people = (found: Iterable<Account>): Account[] => sorted(effective(found, user))

  function groupsOf(name: string, depth: Depth): readonly CrowdGroup[] {
    const direct = accountsNamed(name).flatMap((account) => [...account.groups])
    return teams(depth === 'direct' ? direct : direct.flatMap((each) => [...reach(each, (one) => one.parents)]))
  }
  function members(name: string, depth: Depth): readonly Account[] {
    return remember(`members ${depth} ${fold(name)}`, () => {
      const groups = groupsNamed(name)
      const holding = depth === 'direct' ? groups : groups.flatMap((each) => [...reach(each, (one) => one.children)])
      return people(holding.flatMap((each) => [...each.members]).filter(counts))
    })
  }
  const related = (kind: 'children' | 'parents') => (name: string, depth: Depth) => {
    const found = (each: CrowdGroup): Iterable<CrowdGroup> =>
      depth === 'direct' ? each[kind] : [...reach(each, (one) => one[kind])].filter((one) => one !== each)
    return teams(groupsNamed(name).flatMap((each) => [...found(each)]))
  }

  return {
    user,
    users,
    userByKey: (key: string) => remember('keys', () => new Map(users().map((each) => [each.key, each]))).get(key),
    group,
    groups: () => remember('groups', () => sorted(merged(directories().map((each) => each.groups)))),
    groupsNamed,
    groupsOf,
    members,
    children: related('children'),
    parents: related('parents'),
  }
}

function memory(version: () => number) {
  let at = -1
  const kept = new Map<string, unknown>()
  return function remember<T>(what: string, compute: () => T): T {
    if (at !== version()) kept.clear()
    at = version()
    if (!kept.has(what)) kept.set(what, compute())
    return kept.get(what) as T
  }
}

function firstOf<T>(directories: readonly CrowdDirectory[], find: (each: CrowdDirectory) => T | undefined) {
  for (const directory of directories) {
    const found = find(directory)
    if (found !== undefined) return found
  }
  return undefined
}

/** Of entries of one name, that of the first directory. */
function merged<T>(all: readonly ReadonlyMap<string, T>[]): T[] {
  const [first, ...others] = all
  if (others.length === 0) return [...(first?.values() ?? [])]
  const found = new Map<string, T>()
  for (const entries of all) for (const [name, each] of entries) if (!found.has(name)) found.set(name, each)
  return [...found.values()]
}

/** Each as the application sees its name, once. */
const effective = <T extends { name: string }>(found: Iterable<T>, seen: (name: string) => T | undefined): Set<T> =>
  new Set([...found].map((each) => seen(each.name) ?? each))

const sorted = <T extends { name: string }>(found: Iterable<T>): T[] => [...found].sort(byName)
