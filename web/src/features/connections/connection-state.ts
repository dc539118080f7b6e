import type { ConnectionView } from '@rollcall/contract/api/connections'

export type ConnectionState = 'idle' | 'queued' | 'running' | 'held' | 'failed' | 'quarantined' | 'paused'

/** The one word for a connection: what goes on now first, then what needs a person, then how it last went. */
export function stateOf({ paused, currentRun, lastRun, legs }: ConnectionView): ConnectionState {
  if (currentRun?.state === 'running') return 'running'
  if (currentRun) return 'queued'
  if (paused) return 'paused'
  if (legs.some((leg) => leg.quarantinedUntil !== undefined)) return 'quarantined'
  if (lastRun?.outcome === 'failed') return 'failed'
  return legs.some((leg) => leg.hold !== undefined) ? 'held' : 'idle'
}
