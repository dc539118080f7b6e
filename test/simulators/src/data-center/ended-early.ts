import type { Fault } from '../faults.ts'

/** A page of Confluence (`results`, `_links.next`) or of Bitbucket (`values`, `isLastPage`). */
interface Page {
  results?: unknown[]
  values?: unknown[]
  size: number
  isLastPage?: boolean
  nextPageStart?: number | null
  _links?: { next?: string }
}

/** The list ends in the middle of the page, and says that this is its end. */
export const endedEarly = (): Fault => ({
  kind: 'rewrite',
  rewrite: (body) => JSON.stringify(ended(JSON.parse(body) as Page)),
})

function ended({ _links, ...page }: Page): Page {
  const items = page.results ?? page.values ?? []
  const kept = items.slice(0, Math.floor(items.length / 2))
  const { next: _next, ...links } = _links ?? {}
  return {
    ...page,
    size: kept.length,
    ...(page.results && { results: kept, _links: links }),
    ...(page.values && { values: kept, isLastPage: true, nextPageStart: null }),
  }
}
