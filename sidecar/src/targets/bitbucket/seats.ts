import type { ProductClient } from '../data-center/product-client.ts'
import type { Seats } from '../target.ts'
import { saysMissing, unexplained } from './bitbucket-failure.ts'
import { recordOf } from './bitbucket-wire.ts'

/** What the licence leaves (atlassian-rest.md 5.1); nothing where none is installed. */
export async function readSeats(
  client: ProductClient,
  groups: readonly string[],
  signal: AbortSignal,
): Promise<readonly Seats[]> {
  const answer = await client.get('/admin/license', {}, signal)
  if (saysMissing(answer)) return []
  if (answer.status !== 200) throw unexplained(answer, 'reading the licence')
  const { unlimitedNumberOfUsers, maximumNumberOfUsers, status } = recordOf(answer.body, 'a licence')
  const { currentNumberOfUsers } = recordOf(status ?? {}, 'the state of the licence')
  const limited =
    unlimitedNumberOfUsers !== true &&
    typeof maximumNumberOfUsers === 'number' &&
    typeof currentNumberOfUsers === 'number'
  const remaining = limited ? Math.max(0, maximumNumberOfUsers - currentNumberOfUsers) : undefined
  return [{ application: 'bitbucket', remaining, groups }]
}
