import type { ConnectionId } from '../identity/ids.ts'

/** Settings of a connection of method `scim`, with their defaults. */
export interface ScimConnectionSettings {
  readonly delivery: 'queue' | 'wait'
  /** Addresses and networks; empty means any. */
  readonly allowedAddresses: readonly string[]
  readonly requestsPerSecond: number
  readonly jwt?: JwtSettings | undefined
  /** Also for the keys of `jwt`; absent in what an older release stored. */
  readonly allowPrivateAddresses?: boolean
}

export interface JwtSettings {
  readonly issuer: string
  readonly audience: string
  readonly jwksUrl: string
}

/** A connection that an identity provider pushes into, as each request needs it. */
export interface ScimConnection {
  readonly id: ConnectionId
  readonly slug: string
  readonly settings: ScimConnectionSettings
  /** By the address of the peer. */
  isAllowed(address: string): boolean
}
