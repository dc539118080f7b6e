import { assertNever } from '../../identity/assert-never.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ObservedAccount } from '../target.ts'
import { unexplained } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'
import { accountsOf, recordOf, textOf } from './jira-wire.ts'
import { listByPrefix } from './list-by-prefix.ts'
import type { ListingWay } from './listing-way.ts'
import { searchPage } from './search-page.ts'

const listPageSize = 2000

/**
 * Every account, inactive ones too, possibly some of them twice. `knownNames` are user names seen elsewhere: their
 * letters are asked for where only beginnings of names can be searched.
 */
export function listAccounts(
  client: ProductClient,
  way: ListingWay,
  knownNames: Iterable<string>,
  signal: AbortSignal,
): AsyncIterable<readonly ObservedAccount[]> {
  switch (way.kind) {
    case 'list':
      return byCursor(client, signal)
    case 'search':
      return bySearch(client, signal)
    case 'prefixes':
      return listByPrefix(client, way.cap, knownNames, signal)
    default:
      return assertNever(way)
  }
}

/** The cursor comes as text and goes back as a number; an unknown one is no error (Jira REST, users). */
async function* byCursor(client: ProductClient, signal: AbortSignal): AsyncGenerator<readonly ObservedAccount[]> {
  const used = new Set<string>()
  for (let cursor: string | undefined; ; ) {
    const answer = await client.get('/api/2/user/list', { cursor, maxResults: listPageSize }, signal)
    if (answer.status !== 200) throw unexplained(answer, 'listing users')
    const page = recordOf(answer.body, 'a page of users')
    yield accountsOf(page.values)
    if (page.isLast === true) return
    cursor = textOf(page.nextCursor, 'a page of users with a cursor to the next')
    if (used.has(cursor)) throw repeats()
    used.add(cursor)
  }
}

/** Only an empty page is the end: a release may give smaller pages than were asked for. */
async function* bySearch(client: ProductClient, signal: AbortSignal): AsyncGenerator<readonly ObservedAccount[]> {
  let firstOfLast: string | undefined
  for (let startAt = 0; ; ) {
    const page = await searchPage(client, '.', startAt, signal)
    const [first] = page
    if (!first) return
    if (first.key === firstOfLast) throw repeats()
    firstOfLast = first.key
    yield page
    startAt += page.length
  }
}

const repeats = () =>
  refusal(jiraProblems.jira_listing_repeats, 'The listing of users came back to an earlier page.', 'unavailable')
