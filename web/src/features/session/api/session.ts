import type { SessionView } from '@rollcall/contract/api/session'
import { useQuery } from '@tanstack/react-query'
import { setCsrfToken } from '../../../api/csrf-token.ts'
import { ProblemError } from '../../../api/problem-error.ts'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** Who is signed in; `null` for nobody. */
export const useSession = () =>
  useQuery({ queryKey: keys.session, queryFn: ({ signal }) => fetchSession(signal), staleTime: 60_000 })

async function fetchSession(signal: AbortSignal): Promise<SessionView | null> {
  try {
    const session = await request<SessionView>('/session', { signal })
    setCsrfToken(session.csrfToken)
    return session
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) return null
    throw error
  }
}
