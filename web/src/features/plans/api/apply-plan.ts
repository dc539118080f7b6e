import type { ApplyPlan } from '@rollcall/contract/api/plans'
import type { StartedRun } from '@rollcall/contract/api/runs'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** Applies exactly the plan that the hash names, and answers with the run that does it. */
export function useApplyPlan(planId: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ApplyPlan) => request<StartedRun>(`/plans/${planId}/apply`, { method: 'POST', body }),
    onSettled: () =>
      Promise.all(
        [keys.plan(planId), keys.connections, keys.runs, keys.status].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  })
}
