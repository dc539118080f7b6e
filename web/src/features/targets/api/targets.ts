import type { TargetList } from '@rollcall/contract/api/targets'
import { useQuery } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** Every configured product, as it described itself when it was last reached. */
export const useTargets = () =>
  useQuery({
    queryKey: keys.targets,
    queryFn: ({ signal }) => request<TargetList>('/targets', { signal }),
    refetchInterval: 30_000,
  })
