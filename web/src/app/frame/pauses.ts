import type { NewPause, PauseView, StoredPause } from '@rollcall/contract/api/pauses'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keys } from '../../api/query-keys.ts'
import { request } from '../../api/request.ts'

/** Stops everything, or less. */
export const usePause = () =>
  useStoppingOrGoingOn((pause: NewPause) => request<StoredPause>('/pauses', { method: 'POST', body: pause }))

/** Lets go on what was paused by hand. */
export const useResume = () =>
  useStoppingOrGoingOn(({ id }: PauseView) => request<void>(`/pauses/${id}`, { method: 'DELETE' }))

function useStoppingOrGoingOn<Asked, Answer>(mutationFn: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.status }),
        client.invalidateQueries({ queryKey: keys.connections }),
      ]),
  })
}
