import type { AccountKey } from '../../identity/ids.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import type { ObservedAccount } from '../target.ts'
import { accountOf, groupNameOf } from './confluence-wire.ts'
import { fitsPath, inPath } from './path-name.ts'
import { readPages } from './read-pages.ts'

/** How the members of a group are asked for: by query, which takes any name, or by path, which some names do not fit. */
export type MemberWay = 'query' | 'path'

export interface GroupListing {
  readonly way: MemberWay
  readonly readable: readonly string[]
  /** Groups whose members this release cannot be asked for: nothing is said about them. */
  readonly unreadable: readonly string[]
}

/** All groups. The query form is asked about only where a name needs it (9.2 and 10.1 have it, those between lack it). */
export async function listGroups(client: ProductClient, signal: AbortSignal): Promise<GroupListing> {
  const names = await readNames(client, { path: '/api/group', doing: 'listing groups' }, signal)
  const awkward = (names ?? []).filter((name) => !fitsPath(name))
  const readable = (names ?? []).filter(fitsPath)
  if (awkward.length === 0) return { way: 'path', readable, unreadable: [] }
  if (await takesQuery(client, awkward, signal)) return { way: 'query', readable: names ?? [], unreadable: [] }
  return { way: 'path', readable, unreadable: awkward }
}

/** Without the query form the address means a group called `member`, whose answer has no results. */
async function takesQuery(
  client: ProductClient,
  [groupName]: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const answer = await client.get('/api/group/member', { groupName, start: 0, limit: 1 }, signal)
  const body = answer.body as { results?: unknown } | undefined
  return answer.status === 200 && Array.isArray(body?.results)
}

/** Names of a group's direct child groups; `undefined` when the group is gone. */
export const listChildren = (client: ProductClient, group: string, signal: AbortSignal) =>
  readNames(
    client,
    {
      path: `/api/group/${encodeURIComponent(group)}/groupmember`,
      doing: 'listing nested groups',
      mayBeGone: true,
    },
    signal,
  )

async function readNames(
  client: ProductClient,
  listing: { readonly path: string; readonly doing: string; readonly mayBeGone?: true },
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const names = new Set<string>()
  const pages = readPages(client, { ...listing, identify: (name: string) => name, parse: groupNameOf }, signal)
  for (;;) {
    const { done, value } = await pages.next()
    if (done) return value === 'missing' ? undefined : [...names]
    for (const name of value) names.add(name)
  }
}

/** Everyone in the group, disabled people too; `undefined` when the group is gone. */
export async function listMembers(
  client: ProductClient,
  way: MemberWay,
  group: string,
  signal: AbortSignal,
): Promise<readonly ObservedAccount[] | undefined> {
  const members = new Map<string, ObservedAccount>()
  const reading = {
    ...(way === 'query'
      ? { path: '/api/group/member', parameters: { groupName: group, expand: 'status' } }
      : { path: `/api/group/${encodeURIComponent(group)}/member`, parameters: { expand: 'status' } }),
    doing: 'listing members',
    mayBeGone: true as const,
    identify: (account: ObservedAccount | undefined) => account?.key ?? '',
    parse: (value: unknown) => accountOf(value),
  }
  const pages = readPages(client, reading, signal)
  for (;;) {
    const { done, value } = await pages.next()
    if (done) return value === 'missing' ? undefined : [...members.values()]
    for (const account of value) if (account) members.set(account.key, account)
  }
}

/** Keys of everyone in one group; nobody where it is gone. */
export async function membersOf(
  client: ProductClient,
  group: string,
  signal: AbortSignal,
): Promise<readonly AccountKey[]> {
  const way = !fitsPath(group) && (await takesQuery(client, [group], signal)) ? 'query' : 'path'
  if (way === 'path') inPath(group)
  return ((await listMembers(client, way, group, signal)) ?? []).map(({ key }) => key)
}
