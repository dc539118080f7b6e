import type { GraphClient } from './graph-client.ts'
import type { Permission } from './graph-failure.ts'
import type { UserMapping } from './map-user.ts'
import type { Pace } from './patience.ts'
import type { ReadingLimits } from './reading-limits.ts'
import { type GraphPage, pageOf } from './wire.ts'

/** What every call on an open connection works with. */
export interface GraphSession {
  readonly client: GraphClient
  readonly mapping: UserMapping
  readonly pace: Pace
  readonly limits: ReadingLimits
}

/** Fetches pages of one collection in bulk. */
export const pageFetcher =
  ({ client }: GraphSession, permission: Permission, signal: AbortSignal, priority: 'low' | 'high' = 'low') =>
  async (url: string): Promise<GraphPage> => {
    const { json, size } = await client.call({ url, permission, priority, signal })
    return pageOf(json, size)
  }
