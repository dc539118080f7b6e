import type { PlanView } from '@rollcall/contract/api/plans'
import { useQuery } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** One plan without its operations; asked again while it is being made or applied. */
export const usePlan = (id: number) =>
  useQuery({
    queryKey: keys.plan(id),
    queryFn: ({ signal }) => request<PlanView>(`/plans/${id}`, { signal }),
    refetchInterval: ({ state }) => (isMoving(state.data) ? 2_000 : false),
  })

const isMoving = (plan: PlanView | undefined) => plan?.status === 'planning' || plan?.status === 'executing'
