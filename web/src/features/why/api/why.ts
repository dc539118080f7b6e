import type { WhyView } from '@rollcall/contract/api/why'
import { useQuery } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** Why somebody has what they have; with a group only that one. */
export const useWhy = (user: string, group: string | undefined) =>
  useQuery({
    queryKey: keys.why(user, group),
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ user, ...(group !== undefined && { group }) })
      return request<WhyView>(`/why?${query}`, { signal })
    },
  })
