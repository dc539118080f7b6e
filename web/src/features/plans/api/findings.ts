import type { FindingPage } from '@rollcall/contract/api/plans'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

export interface FindingFilter {
  readonly codes: readonly string[]
  readonly search: string
}

const pageSize = 100

/** The findings of a plan that match a filter, page by page as somebody scrolls. */
export function useFindings(planId: number, filter: FindingFilter) {
  const query = useInfiniteQuery({
    queryKey: keys.findings(planId, filter),
    queryFn: ({ pageParam, signal }) =>
      request<FindingPage>(`/plans/${planId}/findings?${queryOf(filter, pageParam)}`, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.nextAfter,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  const pages = query.data?.pages
  const findings = useMemo(() => pages?.flatMap((page) => page.findings) ?? [], [pages])
  return { query, findings, total: pages?.[0]?.total ?? 0 }
}

function queryOf({ codes, search }: FindingFilter, after: number | undefined): URLSearchParams {
  return new URLSearchParams({
    limit: String(pageSize),
    ...(codes.length > 0 && { codes: codes.join(',') }),
    ...(search !== '' && { search }),
    ...(after !== undefined && { after: String(after) }),
  })
}
