import type { SessionView, SignIn } from '@rollcall/contract/api/session'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { setCsrfToken } from '../../../api/csrf-token.ts'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SignIn) => request<SessionView>('/session', { method: 'POST', body }),
    onSuccess: (session) => {
      setCsrfToken(session.csrfToken)
      client.setQueryData(keys.session, session)
    },
  })
}
