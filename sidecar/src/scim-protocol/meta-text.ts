import { dateTimeText } from './date-time-text.ts'
import type { ResourceTypeName } from './resource.ts'
import { resourceTypes } from './resource-types.ts'

/** What `meta` says of a stored resource, without its address. */
export interface StoredMeta {
  readonly type: ResourceTypeName
  readonly version: number
  /** UTC milliseconds. */
  readonly created: number
  readonly lastModified: number
}

/** The ETag of a resource and its `meta.version` (RFC 7644 3.14): weak, for the same version is answered in several forms. */
export const etagOf = (version: number): string => `W/"${version}"`

/** Where a resource is answered: its `Location` and `meta.location`. */
export const locationOf = (type: ResourceTypeName, id: string, baseUrl: string): string =>
  `${baseUrl}${resourceTypes[type].endpoint}/${id}`

/** The JSON of `meta` up to the address, which depends on how the client called us: address, `"` and `}` follow. */
export function metaHead({ type, version, created, lastModified }: StoredMeta): string {
  const times = `"created":"${dateTimeText(created)}","lastModified":"${dateTimeText(lastModified)}"`
  return `{"resourceType":"${type}",${times},"version":"W/\\"${version}\\"","location":"`
}
