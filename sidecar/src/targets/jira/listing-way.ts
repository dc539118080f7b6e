import { assertNever } from '../../identity/assert-never.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { unexplained } from './jira-failure.ts'
import { searchPage, searchPageSize } from './search-page.ts'

/** The call that this Jira really has for seeing all its users. */
export type ListingWay =
  /** `user/list` with cursors: Jira 11 and late patches of 10.3. */
  | { readonly kind: 'list' }
  /** `user/search`, page after page: up to Jira 9.12. */
  | { readonly kind: 'search' }
  /** `user/search` shows only the first `cap` matches in all: early Jira 10. Users are asked for by the start of their names. */
  | { readonly kind: 'prefixes'; readonly cap: number }

const probes = [...'abcdefghijklmnopqrstuvwxyz0123456789']

/**
 * Found out by calling, never from the version (Jira REST, releases). A capped search looks like one that simply
 * ended, so unless a full page is followed by another, searching for first letters has to find nobody else.
 */
export async function detectListingWay(client: ProductClient, signal: AbortSignal): Promise<ListingWay> {
  const listed = await client.get('/api/2/user/list', { maxResults: 1 }, signal)
  if (listed.status === 200) return { kind: 'list' }
  if (listed.status !== 404 && listed.status !== 405) throw unexplained(listed, 'listing users')
  const first = await searchPage(client, '.', 0, signal)
  const goesOn = first.length >= searchPageSize && (await searchPage(client, '.', first.length, signal)).length > 0
  if (goesOn) return { kind: 'search' }
  const seen = new Set(first.map((account) => account.key))
  for (const letter of probes) {
    const found = await searchPage(client, letter, 0, signal)
    if (found.some((account) => !seen.has(account.key))) return { kind: 'prefixes', cap: first.length }
  }
  return { kind: 'search' }
}

/** For people, in `check`. */
export function describeListingWay(way: ListingWay): string {
  switch (way.kind) {
    case 'list':
      return 'All users are listed with user/list, 2,000 a page.'
    case 'search':
      return 'This Jira has no user/list; users are listed with user/search, page by page, inactive ones included.'
    case 'prefixes':
      return `This Jira has no user/list, and its search shows only the first ${way.cap} users; they are asked for by the start of their names, which takes thousands of requests. The latest 10.3 and 11 list all users at once.`
    default:
      return assertNever(way)
  }
}
