import type { ConnectionList } from '@rollcall/contract/api/connections'
import { useQuery } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** Every configured connection; the event stream says when it is out of date. */
export const useConnections = () =>
  useQuery({
    queryKey: keys.connections,
    queryFn: ({ signal }) => request<ConnectionList>('/connections', { signal }),
    refetchInterval: 30_000,
  })
