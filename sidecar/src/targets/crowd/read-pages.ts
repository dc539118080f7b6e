import { refusal } from '../data-center/product-failures.ts'
import { crowdProblems } from './crowd-problems.ts'

/** The usual most of a page (Crowd REST, calls). */
const pageSize = 1000
const mostPasses = 5

export interface PageQuery {
  readonly 'start-index': number
  readonly 'max-results': number
}

export interface Listing<Entry> {
  read(page: PageQuery): Promise<readonly Entry[]>
  nameOf(entry: Entry): string
  /**
   * A page of fewer entries is the last. Without it only a page without anything new is: one request more, since a server
   * may give smaller pages than were asked for.
   */
  readonly fullPage?: number
}

/**
 * A whole listing, page by page, possibly with some entries twice. Crowd tells no total, and a page begins at a number:
 * when something before it goes away meanwhile, one entry is never shown. So each page begins with the last entry of the
 * one before; if it does not, everything is read once more, until a pass stands still or finds nobody new.
 */
export async function* readPages<Entry>(listing: Listing<Entry>): AsyncGenerator<readonly Entry[], void, undefined> {
  const seen = new Set<string>()
  for (let pass = 1; pass <= mostPasses; pass += 1) {
    const before = seen.size
    let steady = true
    for await (const { page, joins } of readOnce(listing)) {
      if (!joins) steady = false
      for (const entry of page) seen.add(listing.nameOf(entry))
      yield page
    }
    if (steady || seen.size === before) return
  }
  throw moving()
}

interface Joined<Entry> {
  readonly page: readonly Entry[]
  /** It begins where the one before ended. */
  readonly joins: boolean
}

async function* readOnce<Entry>({ read, nameOf, fullPage = 0 }: Listing<Entry>): AsyncGenerator<Joined<Entry>> {
  let last: string | undefined
  const firsts = new Set<string>()
  for (let index = 0; ; ) {
    const page = await read({ 'start-index': index, 'max-results': pageSize })
    const first = page[0]
    const joins = last === undefined || (first !== undefined && nameOf(first) === last)
    if (page.length > 0 || !joins) yield { page, joins }
    const nothingNew = page.length <= (last === undefined ? 0 : 1)
    const final = page.at(-1)
    if (final === undefined || nothingNew || page.length < fullPage) return
    // Each page begins where the one before ended, so none begins like an earlier one.
    if (first !== undefined && firsts.has(nameOf(first))) throw repeats()
    if (first !== undefined) firsts.add(nameOf(first))
    last = nameOf(final)
    index += page.length - 1
  }
}

const moving = () =>
  refusal(crowdProblems.crowd_listing_moves, 'A listing of Crowd changed each time while it was read.', 'unavailable')

const repeats = () =>
  refusal(crowdProblems.crowd_listing_repeats, 'A listing of Crowd came back to an earlier page.', 'unavailable')
