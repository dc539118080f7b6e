import type { ServiceStatus } from '@rollcall/contract/api/connections'
import { useQuery } from '@tanstack/react-query'
import { keys } from '../../api/query-keys.ts'
import { request } from '../../api/request.ts'

/** What the service says of itself: version, how many plans wait, whether it is the sandbox. */
export const useStatus = () =>
  useQuery({
    queryKey: keys.status,
    queryFn: ({ signal }) => request<ServiceStatus>('/status', { signal }),
    refetchInterval: 60_000,
  })
