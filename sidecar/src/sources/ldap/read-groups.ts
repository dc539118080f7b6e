import type { SourceGroupRecord } from '../../identity/identity.ts'
import type { ExternalId } from '../../identity/ids.ts'
import { inSlices } from '../in-slices.ts'
import type { ReadingPage } from '../source.ts'
import type { Directory } from './directory.ts'
import { createDnIndex } from './dn/dn-index.ts'
import { groupAttributes } from './layout.ts'
import { groupOf } from './map-group.ts'
import { nestedPages, peoplePages } from './member-pages.ts'
import { eachMemberDn, memberLogins, withoutUniqueId } from './read-members.ts'
import { notUnique, type SeenPeople } from './read-people.ts'
import type { CountPage } from './reading-limits.ts'
import type { LdapEntry, TakeValue } from './wire/ldap-entry.ts'

export interface GroupsRead {
  /** Members named by groups that are neither people nor groups of this reading. */
  readonly dangling: number
  readonly newest: string
}

/** Members that no person is: groups, known only when all of them were read, or nobody. */
interface Open {
  readonly group: ExternalId
  readonly dns: readonly string[]
}

/** All groups with their direct members; people are known by now. */
export async function* readGroups(
  directory: Directory,
  people: SeenPeople,
  count: CountPage,
): AsyncGenerator<ReadingPage, GroupsRead> {
  const { session, layout } = directory
  const { base, filter } = layout.groups
  const groups = createDnIndex<ExternalId>()
  const ids = new Set<ExternalId>()
  const open: Open[] = []
  let dangling = 0
  let newest = ''
  const attributes = groupAttributes(layout, 'withMembers')
  for await (const page of session.search({ what: 'groups', base, filter, attributes })) {
    count(page)
    const known = page.entries.flatMap((entry): (readonly [LdapEntry, SourceGroupRecord])[] => {
      const record = groupOf(entry, layout)
      return record ? [[entry, record]] : []
    })
    for (const slice of inSlices(known)) yield { kind: 'groups', groups: slice.map(([, record]) => record) }
    for (const [entry, { externalId: group }] of known) {
      if (ids.has(group)) throw notUnique(layout.groups.id)
      ids.add(group)
      groups.add(entry.dnBytes, group)
      const modified = entry.text('modifyTimestamp') ?? ''
      if (modified > newest) newest = modified
      const sorted = await sortMembers(directory, entry, people)
      dangling += sorted.unknownLogins
      yield* peoplePages(group, [...sorted.people, ...people.primary.of(entry)])
      if (sorted.others.length > 0) open.push({ group, dns: sorted.others })
    }
  }
  for (const { group, dns } of open) {
    // What is a person is no group besides.
    const late = dns.map((dn) => people.byDn.find(dn))
    const persons = late.filter((person) => person !== undefined)
    const nested = dns.flatMap((dn, index) => (late[index] === undefined ? (groups.find(dn) ?? []) : []))
    dangling += dns.length - nested.length - persons.length
    yield* peoplePages(group, persons)
    yield* nestedPages(group, nested)
  }
  return { dangling, newest }
}

interface SortedMembers {
  readonly people: readonly ExternalId[]
  /** Names that no person is spelled by. */
  readonly others: readonly string[]
  readonly unknownLogins: number
}

/** A server that spells so many members of a group in another way than their entries is better understood at once. */
const mostOpen = 100

async function sortMembers(
  { session, layout }: Directory,
  entry: LdapEntry,
  { byDn, byLogin }: SeenPeople,
): Promise<SortedMembers> {
  const people: ExternalId[] = []
  let others: string[] = []
  const take: TakeValue = (bytes, start, end) => {
    const person = byDn.findSpelled(bytes, start, end)
    if (person === undefined) others.push(withoutUniqueId(bytes.toString('utf8', start, end)))
    else people.push(person)
  }
  await eachMemberDn(session, entry, layout, take)
  if (others.length > mostOpen) {
    const found = others.map((dn) => byDn.find(dn))
    people.push(...found.filter((person) => person !== undefined))
    others = others.filter((_, index) => found[index] === undefined)
  }
  const logins = memberLogins(entry, layout)
  const known = logins.flatMap((login) => byLogin.get(login) ?? [])
  return { people: people.concat(known), others, unknownLogins: logins.length - known.length }
}
