/** A JSON value as SCIM carries it: `null` never gets past the edge (RFC 7643 2.5: null, [] and absent are one state). */
export type ScimValue = string | number | boolean | ScimObject | readonly ScimValue[]

/** Keys in their schema's own spelling; values as the client sent them. */
export interface ScimObject {
  readonly [name: string]: ScimValue
}

/** What a client can write of a resource: no id, no meta, no readOnly attribute (RFC 7643 3.1). */
export type ScimAttributes = ScimObject

export type ResourceTypeName = 'User' | 'Group'

/** A resource as it is stored and answered, without what is kept as edges (`members`, `groups`). */
export interface StoredResource {
  readonly type: ResourceTypeName
  /** Issued by us, never reused. */
  readonly id: string
  readonly attributes: ScimAttributes
  /** Counts changes; `W/"<version>"` is its ETag. */
  readonly version: number
  /** UTC milliseconds. */
  readonly created: number
  readonly lastModified: number
}
