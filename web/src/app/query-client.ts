import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ProblemError } from '../api/problem-error.ts'
import { keys } from '../api/query-keys.ts'

const refreshMs = 60_000
const retries = 2

/** A refused session anywhere leads back to the sign-in page; only what may pass by itself is tried again. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => noticeEndedSession(client, error) }),
    mutationCache: new MutationCache({ onError: (error) => noticeEndedSession(client, error) }),
    defaultOptions: {
      queries: { staleTime: 5_000, gcTime: 5 * refreshMs, retry: mayPass },
    },
  })
  return client
}

const mayPass = (failures: number, error: unknown) =>
  failures < retries && (!(error instanceof ProblemError) || error.status === 0 || error.status >= 502)

function noticeEndedSession(client: QueryClient, error: unknown): void {
  const ended = error instanceof ProblemError && error.status === 401 && error.problem.code !== 'token_refused'
  if (ended) client.setQueryData(keys.session, null)
}
