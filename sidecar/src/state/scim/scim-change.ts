import type { ConnectionId, Instant } from '../../identity/ids.ts'
import type { ScimRow } from './scim-row.ts'

/** Versions that a client accepts: `any` is `If-Match: *`, `undefined` is no such header, an empty list matches nothing. */
export type IfMatch = 'any' | readonly number[] | undefined

/** Which resource a write is about. */
export interface ScimSubject {
  readonly connection: ConnectionId
  readonly id: string
  readonly ifMatch?: IfMatch
  readonly at: Instant
}

export interface ScimChange<Row extends ScimRow> {
  readonly row: Row
  /** False: everything was so already; version and time of change stayed. */
  readonly changed: boolean
}
