import type { CreatedScimToken, NewScimToken, RotateScimToken } from '@rollcall/contract/api/scim'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'
import { scimPath } from './scim.ts'

/** A change of a connection's tokens. Nothing of an answer is kept: it may be the one that holds a secret. */
function useTokenChange<Input, Answer>(slug: string, change: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: keys.scim(slug) }),
  })
}

export const useCreateToken = (slug: string) =>
  useTokenChange(slug, (body: NewScimToken) =>
    request<CreatedScimToken>(`${scimPath(slug)}/tokens`, { method: 'POST', body }),
  )

interface Rotation extends RotateScimToken {
  readonly tokenId: string
}

export const useRotateToken = (slug: string) =>
  useTokenChange(slug, ({ tokenId, ...body }: Rotation) =>
    request<CreatedScimToken>(`${scimPath(slug)}/tokens/${encodeURIComponent(tokenId)}/rotate`, {
      method: 'POST',
      body,
    }),
  )

export const useRevokeToken = (slug: string, tokenId: string) =>
  useTokenChange(slug, (_: undefined) =>
    request<undefined>(`${scimPath(slug)}/tokens/${encodeURIComponent(tokenId)}`, { method: 'DELETE' }),
  )
