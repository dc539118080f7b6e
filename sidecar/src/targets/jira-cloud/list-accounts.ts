import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ObservedAccount } from '../target.ts'
import { jiraCloudProblems } from './jira-cloud-problems.ts'
import { jiraCloudFailures } from './jira-cloud-product.ts'
import { accountOf, listOf } from './jira-cloud-wire.ts'

const largestPage = 1000
const smallestPage = 50

/**
 * Every account of a person, inactive ones too, possibly some twice. There is no total and pages may be short, so only an
 * empty page is the end; a page that takes Jira more than ten seconds is asked for in smaller pieces (Jira Cloud REST).
 */
export async function* listAccounts(
  client: ProductClient,
  signal: AbortSignal,
): AsyncGenerator<readonly ObservedAccount[], void, undefined> {
  const seen = new Set<string>()
  let maxResults = largestPage
  for (let startAt = 0; ; ) {
    const answer = await client.get('/api/3/users/search', { startAt, maxResults }, signal)
    if (answer.status === 409) {
      if (maxResults <= smallestPage) throw tooSlow()
      maxResults = Math.max(smallestPage, Math.floor(maxResults / 2))
      continue
    }
    if (answer.status !== 200) throw jiraCloudFailures.unexplained(answer, 'listing users')
    const users = listOf(answer.body, 'a list of users')
    if (users.length === 0) return
    const ends = JSON.stringify([users[0], users.at(-1)])
    if (seen.has(ends)) throw repeats()
    seen.add(ends)
    startAt += users.length
    yield users.flatMap((user) => accountOf(user) ?? [])
  }
}

const tooSlow = () =>
  refusal(
    jiraCloudProblems.jira_cloud_listing_too_slow,
    `Jira Cloud took too long to list ${smallestPage} users.`,
    'unavailable',
  )

const repeats = () =>
  refusal(
    jiraCloudProblems.jira_cloud_listing_repeats,
    'The listing of users came back to an earlier page.',
    'unavailable',
  )
