import type { ProductClient } from './product-client.ts'

/** What every product tells anybody for application links (Confluence REST, session); texts are empty where it is hidden. */
export interface Manifest {
  readonly id: string
  readonly url: string
  readonly version: string
}

export async function readManifest(client: ProductClient, signal: AbortSignal): Promise<Manifest> {
  const { body } = await client.getAnonymously('/rest/applinks/1.0/manifest', signal)
  const { id, url, version } = fieldsOf(body)
  return { id: text(id), url: text(url), version: text(version) }
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
