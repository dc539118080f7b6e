import type { ProductClient } from '../data-center/product-client.ts'
import { unexplained } from './bitbucket-failure.ts'
import { groupNameOf, recordOf } from './bitbucket-wire.ts'
import { readAll, readPages } from './read-pages.ts'

/** Whether our account holds Admin: the status is the answer (Bitbucket REST, server). */
export async function isAdministrator(client: ProductClient, signal: AbortSignal): Promise<boolean> {
  const answer = await client.get('/admin/permissions/groups', { start: 0, limit: 1 }, signal)
  if (answer.status === 200) return true
  if (answer.status === 401) return false
  throw unexplained(answer, 'reading our permissions')
}

/** Groups with any global permission: the least of them, LICENSED_USER, already takes a seat (Bitbucket REST, groups). */
export async function readAccessGroups(client: ProductClient, signal: AbortSignal): Promise<readonly string[]> {
  const pages = readPages(client, '/admin/permissions/groups', {}, 'reading the groups that grant access', signal)
  const names = await readAll(pages, (value) => groupNameOf(recordOf(value, 'a permitted group').group))
  return [...new Set(names ?? [])]
}

/** People whom no group has to grant access: what takes groups away leaves them in. */
export async function countDirectGrants(client: ProductClient, signal: AbortSignal): Promise<number> {
  const pages = readPages(client, '/admin/permissions/users', {}, 'reading permissions of people', signal)
  return (await readAll(pages, (value) => value))?.length ?? 0
}
