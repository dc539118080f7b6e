import type { OperationPage, OperationStatus } from '@rollcall/contract/api/plans'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

export interface OperationFilter {
  readonly kinds: readonly string[]
  readonly statuses: readonly OperationStatus[]
  readonly search: string
}

const pageSize = 200

/** The operations of a plan that match a filter, page by page as somebody scrolls. */
export function useOperations(planId: number, filter: OperationFilter) {
  const query = useInfiniteQuery({
    queryKey: keys.operations(planId, filter),
    queryFn: ({ pageParam, signal }) =>
      request<OperationPage>(`/plans/${planId}/operations?${queryOf(filter, pageParam)}`, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.nextAfter,
    placeholderData: keepPreviousData,
    // A plan's operations change only while it is applied; whoever ends a run starts these lists again.
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  const pages = query.data?.pages
  const operations = useMemo(() => pages?.flatMap((page) => page.operations) ?? [], [pages])
  return { query, operations, total: pages?.[0]?.total ?? 0 }
}

function queryOf({ kinds, statuses, search }: OperationFilter, after: number | undefined): URLSearchParams {
  return new URLSearchParams({
    limit: String(pageSize),
    ...(kinds.length > 0 && { kinds: kinds.join(',') }),
    ...(statuses.length > 0 && { statuses: statuses.join(',') }),
    ...(search !== '' && { search }),
    ...(after !== undefined && { after: String(after) }),
  })
}
