import type { RunPage } from '@rollcall/contract/api/runs'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

const pageSize = 25

/** The runs of one connection or of all, newest first, older ones page by page. */
export function useRuns(connection: string | undefined) {
  const query = useInfiniteQuery({
    queryKey: keys.runList(connection),
    queryFn: ({ pageParam, signal }) => request<RunPage>(`/runs?${queryOf(connection, pageParam)}`, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.nextBefore,
  })
  const pages = query.data?.pages
  return { query, runs: useMemo(() => pages?.flatMap((page) => page.runs) ?? [], [pages]) }
}

function queryOf(connection: string | undefined, before: number | undefined): URLSearchParams {
  return new URLSearchParams({
    limit: String(pageSize),
    ...(connection !== undefined && { connection }),
    ...(before !== undefined && { before: String(before) }),
  })
}
