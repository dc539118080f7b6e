import type { ScimView } from '@rollcall/contract/api/scim'
import { useQuery } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

/** The path below the API of everything about a connection that its provider pushes into. */
export const scimPath = (slug: string) => `/connections/${encodeURIComponent(slug)}/scim`

/** Address, tokens and numbers of a pushed connection. */
export const useScim = (slug: string) =>
  useQuery({
    queryKey: keys.scim(slug),
    queryFn: ({ signal }) => request<ScimView>(scimPath(slug), { signal }),
    refetchInterval: 15_000,
  })
