import type { PlanView } from '@rollcall/contract/api/plans'
import type { VetoPage } from '@rollcall/contract/api/vetoes'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** A few are enough to see what it is about: the plan itself is below. */
const pageSize = 5

/** What was undone on the connection and target of a plan, and is not done again by itself. */
export function useVetoes({ connection: { slug: connection }, target: { slug: target } }: PlanView) {
  const query = useInfiniteQuery({
    queryKey: keys.vetoes(connection, target),
    queryFn: ({ pageParam, signal }) =>
      request<VetoPage>(
        `/vetoes?${new URLSearchParams({ connection, target, ...pageParam, limit: String(pageSize) })}`,
        {
          signal,
        },
      ),
    initialPageParam: {} as { readonly after?: string },
    getNextPageParam: ({ nextAfter }) => (nextAfter === undefined ? undefined : { after: String(nextAfter) }),
  })
  const pages = query.data?.pages
  return { query, vetoes: useMemo(() => pages?.flatMap((page) => page.vetoes) ?? [], [pages]) }
}

/** Lets the next run do again what was undone. */
export function useLiftVeto({ connection, target }: PlanView) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => request<undefined>(`/vetoes/${id}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.vetoes(connection.slug, target.slug) }),
  })
}
