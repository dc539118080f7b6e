import { setImmediate } from 'node:timers/promises'
import type { ReadingWatch } from './reading-limits.ts'
import { type GraphPage, malformed } from './wire.ts'

/** The pages from one link to the end, with the first one under way. */
export interface Pages {
  /** Resolves when the first page is there: only then is it sure that the link is still good. */
  readonly begun: Promise<unknown>
  all(): AsyncGenerator<GraphPage>
}

type FetchPage = (link: string) => Promise<GraphPage>

/**
 * Follows links to the end. The next page is fetched while the one before is being worked on, no further ahead, so
 * that at most two are in memory. Pages may be empty and still lead on (Microsoft Graph, calls).
 */
export function followPages(fetchPage: FetchPage, link: string, watch: ReadingWatch, ending: 'list' | 'delta'): Pages {
  const first = ahead(fetchPage, link, watch)
  return {
    begun: first,
    async *all() {
      let coming: Promise<GraphPage> | undefined = first
      while (coming) {
        const page: GraphPage = await coming
        watch.page(page)
        if (ending === 'delta' && (page.nextLink === undefined) === (page.deltaLink === undefined)) {
          throw malformed('has not exactly one of a link to the next page and a link to later changes')
        }
        if (page.nextLink === undefined) coming = undefined
        else {
          coming = ahead(fetchPage, page.nextLink, watch)
          // Until it is on its way: whoever works on a page gives way to nothing meanwhile.
          await setImmediate()
        }
        yield page
      }
    },
  }
}

function ahead(fetchPage: FetchPage, link: string, watch: ReadingWatch): Promise<GraphPage> {
  watch.follow(link)
  const page = fetchPage(link)
  // Its failure is thrown where the page is awaited; when nobody gets there, it does not matter.
  page.catch(() => {})
  return page
}
