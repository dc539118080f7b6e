import type { FaultRule } from '../faults.ts'

/** Which calls suffer and how often; see FaultRule. */
type Scope = Omit<FaultRule, 'fault'>

/** A page of Confluence (`results`, `_links.next`) or of Bitbucket (`values`, `isLastPage`). */
interface Page {
  results?: unknown[]
  values?: unknown[]
  size: number
  isLastPage?: boolean
  nextPageStart?: number | null
  _links?: { next?: string }
}

const changePage = (scope: Scope, change: (page: Page) => Page): FaultRule => ({
  ...scope,
  fault: { kind: 'rewrite', rewrite: (body) => JSON.stringify(change(JSON.parse(body) as Page)) },
})

const half = (items: unknown[] | undefined) => items?.slice(0, Math.floor(items.length / 2))

const halved = ({ results, values, ...page }: Page): Page => ({
  ...page,
  ...(results && { results: half(results) ?? [] }),
  ...(values && { values: half(values) ?? [] }),
})

/** Half of the page is missing, and nothing else of it tells. */
export const truncatedPage = (scope: Scope = {}): FaultRule => changePage(scope, halved)

/** The list ends in the middle of the page, and says that this is its end. */
export const endedEarly = (scope: Scope = {}): FaultRule =>
  changePage(scope, (page) => {
    const { _links, ...rest } = halved(page)
    const { next: _next, ...links } = _links ?? {}
    const size = (rest.results ?? rest.values ?? []).length
    return {
      ...rest,
      size,
      ...(_links && { _links: links }),
      ...(rest.isLastPage !== undefined && { isLastPage: true, nextPageStart: null }),
    }
  })

/** The same page is given twice, the second time instead of what was asked for: some people come double, others not at all. */
export function repeatedPage(scope: Omit<Scope, 'times'> = {}): FaultRule {
  let first: string | undefined
  const rewrite = (body: string): string => {
    first ??= body
    return first
  }
  return { ...scope, times: 2, fault: { kind: 'rewrite', rewrite } }
}
