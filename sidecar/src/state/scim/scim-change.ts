import type { IdentityRecord, SourceGroupRecord } from '../../identity/identity.ts'
import type { ConnectionId, Instant } from '../../identity/ids.ts'
import type { ScimAttributes } from '../../scim-protocol/resource.ts'
import type { ScimRow } from './scim-row.ts'

/** What a user is to be: as it is answered, and as desired state has it. Both are made by pure functions of the protocol. */
export interface UserContent {
  readonly attributes: ScimAttributes
  /** What desired state says of the person. */
  readonly identity: Omit<IdentityRecord, 'externalId'>
}

export interface GroupContent {
  readonly attributes: ScimAttributes
  readonly group: Pick<SourceGroupRecord, 'displayName' | 'attributes'>
}

/** A member as a client names it. Whether it is a person or a group is looked up; the type counts only while nobody knows it. */
export interface MemberName {
  readonly id: string
  readonly type?: 'User' | 'Group' | undefined
}

/** One step of a change of a group's members, applied in order. Members that are not named are not touched. */
export type MemberStep =
  | { readonly kind: 'add'; readonly members: readonly MemberName[] }
  | { readonly kind: 'remove'; readonly members: readonly MemberName[] }
  | { readonly kind: 'removeAll' }
  | { readonly kind: 'replaceAll'; readonly members: readonly MemberName[] }

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
