import { nameKey } from '../../identity/name-key.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { FindBy } from '../target.ts'
import { api } from './crowd-client.ts'
import { crowdProblems } from './crowd-problems.ts'
import { crowdFailures, reasonOf } from './crowd-product.ts'
import { type CrowdUser, groupNamesOf, userOf } from './crowd-wire.ts'
import { type PageQuery, readPages } from './read-pages.ts'

/** `undefined` only when Crowd itself says so: a page for people in place of its answer is not "no such user". */
export async function findUser(client: ProductClient, by: FindBy, signal: AbortSignal): Promise<CrowdUser | undefined> {
  if ('name' in by) return by.name.trim() === '' ? undefined : byQuery(client, { username: by.name }, signal)
  const found = await byQuery(client, { key: by.key }, signal)
  if (found) return found
  const named = await byQuery(client, { username: by.key }, signal)
  return named?.keyless && nameKey(named.name) === nameKey(by.key) ? named : undefined
}

async function byQuery(
  client: ProductClient,
  query: { readonly username: string } | { readonly key: string },
  signal: AbortSignal,
): Promise<CrowdUser | undefined> {
  const answer = await client.get(`${api}/user`, query, signal)
  if (answer.status === 200) return userOf(answer.body)
  if (answer.status === 404 && reasonOf(answer.body) !== '') return undefined
  throw crowdFailures.unexplained(answer, 'looking up a user')
}

/** The user as it is now, or the refusal that every change of a missing one gets. */
export async function presentUser(client: ProductClient, by: FindBy, signal: AbortSignal): Promise<CrowdUser> {
  const user = await findUser(client, by, signal)
  if (user) return user
  throw unknownUser()
}

/** Direct memberships only. */
export async function groupsOfUser(
  client: ProductClient,
  username: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const read = async (page: PageQuery) => {
    const answer = await client.get(`${api}/user/group/direct`, { username, ...page }, signal)
    if (answer.status === 404 && reasonOf(answer.body) !== '') throw unknownUser()
    if (answer.status !== 200) throw crowdFailures.unexplained(answer, 'reading the groups of a user')
    return groupNamesOf(answer.body)
  }
  const names = new Set<string>()
  for await (const page of readPages({ read, nameOf: (name) => name })) {
    for (const name of page) names.add(name)
  }
  return [...names]
}

export const unknownUser = () =>
  refusal(crowdProblems.crowd_user_unknown, 'The account does not exist in Crowd any more.')
