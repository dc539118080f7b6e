import { type Answer, ok } from '../data-center/answer.ts'
import { refuse } from './answer.ts'
import type { Call } from './call.ts'

/**
 * One page of a list. The limit is lowered silently to the cap of the system, and the last page is the one without
 * `_links.next` (Confluence REST).
 */
export function pageOf<T>(
  call: Call,
  path: string,
  items: readonly T[],
  limit: number,
  bean: (item: T) => unknown,
): Answer {
  const { query, base, confluence } = call
  const start = Number(query.start ?? 0)
  const asked = Number(query.limit ?? limit)
  if (start < 0 || asked < 0) return refuse(400, 'start and limit must not be negative.')
  const given = Math.min(asked, confluence.settings.pageCap)
  const results = items.slice(start, start + given).map(bean)
  const end = start + results.length
  const rest = Object.entries(query).filter(([name]) => name !== 'start' && name !== 'limit')
  const link = (from: number) =>
    `/rest/api${path}?${new URLSearchParams([...rest, ['limit', String(given)], ['start', String(from)]])}`
  return ok({
    results,
    start,
    limit: given,
    size: results.length,
    _links: {
      base,
      context: new URL(base).pathname.replace(/\/$/, ''),
      self: `${base}${link(start)}`,
      ...(end < items.length && results.length > 0 && { next: link(end) }),
    },
  })
}
