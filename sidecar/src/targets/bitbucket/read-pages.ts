import type { Parameters, ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import { saysMissing, unexpected, unexplained } from './bitbucket-failure.ts'
import { bitbucketFaults } from './bitbucket-problems.ts'
import { countOf, listOf, recordOf } from './bitbucket-wire.ts'

/** Usually the most that Bitbucket gives; where it gives less, its `nextPageStart` counts. */
const pageSize = 1000

/**
 * All pages of a listing. The next one begins where Bitbucket says, which is not the sum of start and size
 * (Bitbucket REST). `missing` when Bitbucket says that what is listed does not exist.
 */
export async function* readPages(
  client: ProductClient,
  path: string,
  parameters: Parameters,
  doing: string,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[], 'read' | 'missing', undefined> {
  for (let start = 0; ; ) {
    const answer = await client.get(path, { ...parameters, start, limit: pageSize }, signal)
    if (saysMissing(answer)) {
      // Only what belongs to one account or group, its `context`, may be gone: a listing of everything would look empty.
      if ('context' in parameters) return 'missing'
      throw unexpected(`a page while ${doing}`)
    }
    if (answer.status !== 200) throw unexplained(answer, doing)
    const page = recordOf(answer.body, 'a page')
    yield listOf(page.values, 'a page with values')
    if (page.isLastPage === true) return 'read'
    const next = countOf(page.nextPageStart, 'a page that says where the next begins')
    if (next <= start) throw repeats()
    start = next
  }
}

/** Everything of a listing as one list; `undefined` when what is listed does not exist. */
export async function readAll<Item>(
  pages: AsyncGenerator<readonly unknown[], 'read' | 'missing', undefined>,
  parse: (value: unknown) => Item | undefined,
): Promise<readonly Item[] | undefined> {
  const items: Item[] = []
  for (;;) {
    const { done, value } = await pages.next()
    if (done) return value === 'missing' ? undefined : items
    for (const each of value) {
      const item = parse(each)
      if (item !== undefined) items.push(item)
    }
  }
}

const repeats = () =>
  refusal(bitbucketFaults.listing_repeats, 'A listing of Bitbucket came back to an earlier page.', 'unavailable')
