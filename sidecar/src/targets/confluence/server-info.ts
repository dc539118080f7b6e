import type { ProductClient } from '../data-center/product-client.ts'
import { unexpected } from './confluence-failure.ts'

export interface ServerInfo {
  readonly version: string
  readonly baseUrl: string
  /** Id of the application link manifest; empty where it is hidden. */
  readonly serverId: string
}

/** `server-information` came with 9.2; the manifest of application links is there in every release (atlassian-rest.md 4.2). */
export async function readServerInfo(client: ProductClient, signal: AbortSignal): Promise<ServerInfo> {
  const manifest = fieldsOf((await client.getAnonymously('/rest/applinks/1.0/manifest', signal)).body)
  const answer = await client.get('/api/server-information', {}, signal)
  const told = answer.status === 200 ? fieldsOf(answer.body) : {}
  const version = text(told.version) || text(manifest.version)
  if (version === '') throw unexpected('its version')
  return { version, baseUrl: text(told.baseUrl) || text(manifest.url), serverId: text(manifest.id) }
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
