import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** Says that a changed target is the right one; `code` names what was shown. */
export function useConfirmTarget(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (code: string) =>
      request<undefined>(`/targets/${encodeURIComponent(slug)}/confirm`, { method: 'POST', body: { code } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.targets }),
  })
}
