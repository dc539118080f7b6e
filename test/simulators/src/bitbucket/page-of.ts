import { type Answer, ok } from '../data-center/answer.ts'
import { refuse } from './answer.ts'
import type { Call } from './call.ts'

/** What a page is made from: everything in order, what of it is asked for, and how it is told. */
export interface Listing<T> {
  readonly items: readonly T[]
  readonly matches?: (item: T) => boolean
  readonly bean: (item: T) => unknown
}

/**
 * One page of 25 unless asked otherwise. `start` counts rows, and some rows are hidden from the caller: so `nextPageStart` is
 * not `start + limit`, and pages may be short (Bitbucket REST).
 */
export function pageOf<T>({ query, bitbucket: { settings } }: Call, { items, matches, bean }: Listing<T>): Answer {
  const start = Number(query.start ?? 0)
  const asked = Number(query.limit ?? 25)
  if (start < 0 || asked < 0) return refuse(400, 'start and limit must not be negative.')
  const limit = Math.min(asked, settings.pageCap)
  const rows = numbered(settings.hiddenRows)
  const fits = matches ?? (() => true)

  const last = settings.shortPages ? Math.min(items.length, rows.indexFrom(start + limit)) : items.length
  const values: unknown[] = []
  let at = rows.indexFrom(start)
  for (; at < last && values.length < limit; at += 1) {
    const item = items[at] as T
    if (fits(item)) values.push(bean(item))
  }
  while (at < items.length && !fits(items[at] as T)) at += 1
  const isLastPage = at >= items.length
  return ok({
    size: values.length,
    limit,
    isLastPage,
    values,
    start,
    nextPageStart: isLastPage ? null : rows.rowOf(at),
  })
}

/** Rows are numbered with a hidden one after every so many. */
const numbered = (every: number) => ({
  rowOf: (index: number): number => index + Math.floor(index / every),
  /** The first item at or after a row. */
  indexFrom: (row: number): number => {
    const blocks = Math.floor(row / (every + 1))
    return blocks * every + Math.min(row - blocks * (every + 1), every)
  },
})
