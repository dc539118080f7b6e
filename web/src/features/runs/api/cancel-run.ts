import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** Stops a run after what it is sending now; what it has not done stays due. */
export function useCancelRun(id: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<unknown>(`/runs/${id}/cancel`, { method: 'POST' }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.runs }),
        client.invalidateQueries({ queryKey: keys.connections }),
      ]),
  })
}
