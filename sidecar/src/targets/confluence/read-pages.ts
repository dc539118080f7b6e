import type { Parameters, ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import { saysMissing, unexpected, unexplained } from './confluence-failure.ts'
import { confluenceFaults } from './confluence-problems.ts'
import { listOf, recordOf } from './confluence-wire.ts'

/** Confluence lowers it in silence to its own limit (Confluence REST), so what came counts, not what was asked for. */
const pageSize = 1000
const smallestPage = 50
const mostStepsBack = 20

interface Reading<Item> {
  readonly path: string
  readonly parameters?: Parameters
  /** "listing users": completes "Confluence failed while". */
  readonly doing: string
  /** What tells one item from another. */
  identify(item: Item): string
  parse(value: unknown): Item
  /** It belongs to somebody or something that may be gone. A listing of everything never is: it would look empty. */
  readonly mayBeGone?: true
}

interface Page<Item> {
  readonly items: readonly Item[]
  readonly isLast: boolean
}

/**
 * All pages of a listing, some items possibly twice. Pages are cut by position: what is removed while we read shifts the
 * rest, and one would be missed. So each page has the last item of the page before; where it has it not, the reading goes
 * a page back. `missing` when Confluence says that whatever the listing belongs to does not exist.
 */
export async function* readPages<Item>(
  client: ProductClient,
  reading: Reading<Item>,
  signal: AbortSignal,
): AsyncGenerator<readonly Item[], 'read' | 'missing', undefined> {
  let start = 0
  let expected: string | undefined
  let before = ''
  for (let stepsBack = 0; ; ) {
    const page = await readPage(client, reading, start, signal)
    if (!page) return 'missing'
    const { items, isLast } = page
    const ids = items.map(reading.identify)
    if (expected !== undefined && !ids.includes(expected)) {
      if (stepsBack >= mostStepsBack) throw repeats()
      stepsBack += 1
      start = Math.max(0, start - Math.max(items.length, smallestPage))
      expected = undefined
      continue
    }
    yield items
    if (isLast) return 'read'
    const last = ids.at(-1)
    // What is left of deleted accounts has no id, so it tells no page from another.
    const shown = ids.join()
    const again = shown === before && ids.some((id) => id !== '')
    if (last === undefined || again || (ids.length === 1 && expected !== undefined)) throw repeats()
    before = shown
    const overlap = items.length === 1 ? 0 : 1
    start += items.length - overlap
    expected = overlap === 0 ? undefined : last
  }
}

async function readPage<Item>(
  client: ProductClient,
  { path, parameters, doing, parse, mayBeGone }: Reading<Item>,
  start: number,
  signal: AbortSignal,
): Promise<Page<Item> | undefined> {
  const answer = await client.get(path, { ...parameters, start, limit: pageSize }, signal)
  if (saysMissing(answer)) {
    if (mayBeGone) return undefined
    throw unexpected(`a page while ${doing}`)
  }
  if (answer.status !== 200) throw unexplained(answer, doing)
  const { results, _links } = recordOf(answer.body, 'a page')
  const isLast = recordOf(_links ?? {}, 'the links of a page').next === undefined
  return { items: listOf(results, 'a page with results').map(parse), isLast }
}

const repeats = () =>
  refusal(confluenceFaults.listing_repeats, 'A listing of Confluence came back to an earlier page.', 'unavailable')
