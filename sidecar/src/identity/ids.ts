/** A value that cannot be confused with another of the same primitive type. */
type Brand<T, Name extends string> = T & { readonly __brand: Name }

/** Stable id inside the source: Graph object id, LDAP entryUUID or objectGUID, or the SCIM id that we issued. */
export type ExternalId = Brand<string, 'ExternalId'>
/** Immutable key of an account in its product: Jira `key`, Confluence `userKey`, Cloud `accountId`. */
export type AccountKey = Brand<string, 'AccountKey'>
/** A name made comparable by `nameKey`; the only form that SQL compares. */
export type NameKey = Brand<string, 'NameKey'>

/** Surrogate keys: internal tables join on integers only. */
export type ConnectionId = Brand<number, 'ConnectionId'>
export type TargetId = Brand<number, 'TargetId'>
export type IdentityId = Brand<number, 'IdentityId'>
export type SourceGroupId = Brand<number, 'SourceGroupId'>
export type AccountId = Brand<number, 'AccountId'>
export type TargetGroupId = Brand<number, 'TargetGroupId'>
export type RunId = Brand<number, 'RunId'>
export type PlanId = Brand<number, 'PlanId'>
export type OperationId = Brand<number, 'OperationId'>

/** Milliseconds since the epoch, UTC. */
export type Instant = number
