import type { ScimLogPage, ScimLogQuery } from '@rollcall/contract/api/scim'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'
import { scimPath } from './scim.ts'

export type LogOutcome = ScimLogQuery['outcome']

const pageSize = 50
const liveMs = 4_000
/** Every page that is in sight is asked for again, so more of them are asked for more seldom. */
const longMs = 30_000

/** Requests of the provider, newest first, older ones page by page; new ones come by themselves. */
export function useScimLog(slug: string, outcome: LogOutcome) {
  const query = useInfiniteQuery({
    queryKey: keys.scimLog(slug, outcome),
    queryFn: ({ pageParam, signal }) =>
      request<ScimLogPage>(`${scimPath(slug)}/log?${queryOf(outcome, pageParam)}`, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.nextBefore,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 1 ? longMs : liveMs),
  })
  const pages = query.data?.pages
  return { query, entries: useMemo(() => pages?.flatMap((page) => page.entries) ?? [], [pages]) }
}

function queryOf(outcome: LogOutcome, before: number | undefined): URLSearchParams {
  return new URLSearchParams({
    outcome,
    limit: String(pageSize),
    ...(before !== undefined && { before: String(before) }),
  })
}
