import { readManifest } from '../data-center/manifest.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { unexpected } from './confluence-failure.ts'
import { recordOf, textOf } from './confluence-wire.ts'

export interface ServerInfo {
  readonly version: string
  readonly baseUrl: string
  /** Id of the application link manifest; empty where it is hidden. */
  readonly serverId: string
}

/** `server-information` came with 9.2; the manifest of application links is there in every release (Confluence REST, session). */
export async function readServerInfo(client: ProductClient, signal: AbortSignal): Promise<ServerInfo> {
  const { id: serverId, url, version } = await readManifest(client, signal)
  const answer = await client.get('/api/server-information', {}, signal)
  if (answer.status === 200) {
    const told = recordOf(answer.body, 'its version')
    return { serverId, version: textOf(told.version, 'its version'), baseUrl: textOf(told.baseUrl, 'its base URL') }
  }
  if (version === '') throw unexpected('its version')
  return { serverId, version, baseUrl: url }
}
