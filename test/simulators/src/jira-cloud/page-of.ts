import type { Call } from './call.ts'

export interface Slice<T> {
  readonly startAt: number
  readonly maxResults: number
  readonly items: readonly T[]
}

/** The part of a list that the query asks for; `most` is what the description allows. */
export function sliceOf<T>({ query, cloud }: Call, list: readonly T[], usual: number, most: number): Slice<T> {
  const startAt = Math.max(Number(query.startAt ?? 0), 0)
  const wanted = Math.max(Number(query.maxResults ?? usual), 0)
  const maxResults = Math.min(wanted, most, cloud.settings.largestPage)
  return { startAt, maxResults, items: list.slice(startAt, startAt + maxResults) }
}

/** PageBean: `nextPage` only where there is one. */
export function pageBean<T, U>(
  call: Call,
  path: string,
  list: readonly T[],
  { startAt, maxResults, items }: Slice<T>,
  bean: (item: T) => U,
) {
  const address = (from: number): string => {
    const query = new URLSearchParams({ ...call.query, startAt: String(from), maxResults: String(maxResults) })
    return `${call.base}/rest/api/3${path}?${query}`
  }
  const isLast = startAt + items.length >= list.length
  return {
    self: address(startAt),
    ...(!isLast && { nextPage: address(startAt + items.length) }),
    maxResults,
    startAt,
    total: list.length,
    isLast,
    values: items.map(bean),
  }
}
