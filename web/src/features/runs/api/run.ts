import type { RunView } from '@rollcall/contract/api/runs'
import { useQuery } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** One run; the event stream says when it ends, and asking now and then stands in for it. */
export const useRun = (id: number) =>
  useQuery({
    queryKey: keys.run(id),
    queryFn: ({ signal }) => request<RunView>(`/runs/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'finished' ? false : 5_000),
  })
