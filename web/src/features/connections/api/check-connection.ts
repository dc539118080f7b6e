import type { CheckReport } from '@rollcall/contract/api/connections'
import { useQuery } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** Tries a connection step by step, afresh each time it is asked for. */
export const useCheckConnection = (slug: string) =>
  useQuery({
    queryKey: keys.check(slug),
    queryFn: ({ signal }) =>
      request<CheckReport>(`/connections/${encodeURIComponent(slug)}/check`, { method: 'POST', signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
