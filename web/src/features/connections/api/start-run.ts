import type { StartedRun, StartRun } from '@rollcall/contract/api/runs'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** Starts a run of one connection, or queues it behind the one that goes on. */
export function useStartRun(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (mode: StartRun['mode']) =>
      request<StartedRun>(`/connections/${encodeURIComponent(slug)}/runs`, {
        method: 'POST',
        body: { mode, full: false } satisfies StartRun,
      }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.connections }),
        client.invalidateQueries({ queryKey: keys.runs }),
      ]),
  })
}
