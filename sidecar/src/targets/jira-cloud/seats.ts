import type { ProductClient } from '../data-center/product-client.ts'
import type { Seats } from '../target.ts'
import { jiraCloudFailures } from './jira-cloud-product.ts'
import { listOf, recordOf, textOf } from './jira-cloud-wire.ts'

/** Products with their seats, and the groups whose members take one. */
export async function readSeats(client: ProductClient, signal: AbortSignal): Promise<readonly Required<Seats>[]> {
  const answer = await client.get('/api/3/applicationrole', {}, signal)
  if (answer.status !== 200) throw jiraCloudFailures.unexplained(answer, 'reading the seats of the site')
  return listOf(answer.body, 'a list of application roles').map((value) => {
    const role = recordOf(value, 'an application role')
    const limited = role.hasUnlimitedSeats !== true && typeof role.remainingSeats === 'number'
    return {
      application: textOf(role.key, 'an application role with a key'),
      remaining: limited ? Math.max(0, Number(role.remainingSeats)) : undefined,
      groups: Array.isArray(role.groups) ? role.groups.filter((name) => typeof name === 'string') : [],
    }
  })
}
