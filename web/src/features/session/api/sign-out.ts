import { useMutation, useQueryClient } from '@tanstack/react-query'
import { setCsrfToken } from '../../../api/csrf-token.ts'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<void>('/session', { method: 'DELETE' }),
    onSuccess: () => {
      setCsrfToken(undefined)
      client.setQueryData(keys.session, null)
    },
  })
}
