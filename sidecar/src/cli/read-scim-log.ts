import type { ScimLogPage } from '@rollcall/contract/api/scim'
import type { ServiceClient } from './service-client.ts'

export interface ScimLogQuestion {
  readonly connection: string
  readonly refused: boolean
  readonly limit: number
  /** Only entries with a smaller number. */
  readonly before?: number | undefined
}

/** One page of the provisioning log, newest first. */
export function readScimLog(
  client: ServiceClient,
  { connection, refused, limit, before }: ScimLogQuestion,
): Promise<ScimLogPage> {
  const query = new URLSearchParams({
    outcome: refused ? 'refused' : 'all',
    limit: String(limit),
    ...(before !== undefined && { before: String(before) }),
  })
  return client.call('GET', `/connections/${encodeURIComponent(connection)}/scim/log?${query}`)
}
