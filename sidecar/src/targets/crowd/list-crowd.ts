import type { AccountKey } from '../../identity/ids.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { api } from './crowd-client.ts'
import { crowdFailures, reasonOf } from './crowd-product.ts'
import { type CrowdUser, groupNamesOf, userNamesOf, usersOf } from './crowd-wire.ts'
import { type PageQuery, readPages } from './read-pages.ts'

/** All users of the application, inactive ones too (Crowd REST, calls), possibly some twice. */
export const listUsers = (
  client: ProductClient,
  signal: AbortSignal,
): AsyncGenerator<readonly CrowdUser[], void, undefined> =>
  readPages({
    nameOf: ({ name }) => name,
    async read(page) {
      const parameters = { 'entity-type': 'user', expand: 'user', ...page }
      const answer = await client.get(`${api}/search`, parameters, signal)
      if (answer.status !== 200) throw crowdFailures.unexplained(answer, 'listing users')
      return usersOf(answer.body)
    },
  })

/** Names of all groups, and the size of the first page. */
export async function listGroups(
  client: ProductClient,
  signal: AbortSignal,
): Promise<{ readonly names: readonly string[]; readonly firstPage: number }> {
  const names = new Set<string>()
  let firstPage: number | undefined
  async function read(page: PageQuery): Promise<readonly string[]> {
    const answer = await client.get(`${api}/search`, { 'entity-type': 'group', ...page }, signal)
    if (answer.status !== 200) throw crowdFailures.unexplained(answer, 'listing groups')
    return groupNamesOf(answer.body)
  }
  for await (const page of readPages({ nameOf: (name) => name, read })) {
    firstPage ??= page.length
    for (const name of page) names.add(name)
  }
  return { names: [...names], firstPage: firstPage ?? 0 }
}

/** User names of the direct members; `undefined` when the group is gone. */
export const listMembers = (client: ProductClient, groupname: string, fullPage: number, signal: AbortSignal) =>
  namesBelow(client, '/group/user/direct', groupname, userNamesOf, fullPage, signal)

/** Accounts of the direct members; nobody when the group is gone. */
export async function listMemberKeys(
  client: ProductClient,
  groupname: string,
  signal: AbortSignal,
): Promise<readonly AccountKey[]> {
  const keys = new Set<AccountKey>()
  async function read(page: PageQuery): Promise<readonly CrowdUser[]> {
    const answer = await client.get(`${api}/group/user/direct`, { groupname, expand: 'user', ...page }, signal)
    if (answer.status === 200) return usersOf(answer.body)
    if (answer.status === 404 && reasonOf(answer.body) === 'GROUP_NOT_FOUND') return []
    throw crowdFailures.unexplained(answer, 'listing members')
  }
  for await (const page of readPages({ nameOf: ({ name }) => name, read })) {
    for (const { account } of page) keys.add(account.key)
  }
  return [...keys]
}

/** Names of the direct child groups; `undefined` when the group is gone. */
export const listChildren = (client: ProductClient, groupname: string, fullPage: number, signal: AbortSignal) =>
  namesBelow(client, '/group/child-group/direct', groupname, groupNamesOf, fullPage, signal)

/** A directory that does not nest groups may say so instead of an empty list [believed]. */
const noChildren: ReadonlySet<string> = new Set(['NESTED_GROUPS_NOT_SUPPORTED', 'UNSUPPORTED_OPERATION'])

async function namesBelow(
  client: ProductClient,
  path: string,
  groupname: string,
  namesOf: (body: unknown) => readonly string[],
  fullPage: number,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const names = new Set<string>()
  let gone = false
  async function read(page: PageQuery): Promise<readonly string[]> {
    const answer = await client.get(`${api}${path}`, { groupname, ...page }, signal)
    if (answer.status === 200) return namesOf(answer.body)
    gone = answer.status === 404 && reasonOf(answer.body) === 'GROUP_NOT_FOUND'
    if (gone || noChildren.has(reasonOf(answer.body))) return []
    throw crowdFailures.unexplained(answer, 'listing members')
  }
  for await (const page of readPages({ nameOf: (name) => name, fullPage, read })) {
    for (const name of page) names.add(name)
  }
  return gone ? undefined : [...names]
}
