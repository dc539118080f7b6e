import type { ProductClient } from '../data-center/product-client.ts'
import type { ObservedAccount } from '../target.ts'
import { unexplained } from './jira-failure.ts'
import { accountsOf } from './jira-wire.ts'

/** The most that any release gives in one page (Jira REST, users). */
export const searchPageSize = 1000

/** Inactive users are asked for explicitly: without them they look absent (Jira REST, users). `.` matches everyone. */
export async function searchPage(
  client: ProductClient,
  query: string,
  startAt: number,
  signal: AbortSignal,
): Promise<readonly ObservedAccount[]> {
  const parameters = {
    username: query,
    includeActive: true,
    includeInactive: true,
    startAt,
    maxResults: searchPageSize,
  }
  const answer = await client.get('/api/2/user/search', parameters, signal)
  if (answer.status !== 200) throw unexplained(answer, 'searching users')
  return accountsOf(answer.body)
}
