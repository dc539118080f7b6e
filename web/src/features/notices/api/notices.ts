import type { NoticeList } from '@rollcall/contract/api/notices'
import type { StartedRun, StartRun } from '@rollcall/contract/api/runs'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** What needs somebody now; out of date whenever the connections are. */
export const useNotices = () =>
  useQuery({
    queryKey: keys.notices,
    queryFn: ({ signal }) => request<NoticeList>('/notices', { signal }),
    refetchInterval: 60_000,
  })

/** Synchronizes a connection at once: who asks by hand does not wait for the next attempt. */
export function useRetry() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (connection: string) =>
      request<StartedRun>(`/connections/${encodeURIComponent(connection)}/runs`, {
        method: 'POST',
        body: { mode: 'synchronize', full: false } satisfies StartRun,
      }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.connections }),
        client.invalidateQueries({ queryKey: keys.runs }),
      ]),
  })
}
