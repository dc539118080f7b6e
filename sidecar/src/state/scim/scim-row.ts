import type { IdentityId, SourceGroupId } from '../../identity/ids.ts'
import type { ResourceTypeName, StoredResource } from '../../scim-protocol/resource.ts'

/** A stored resource as its row holds it: an answer is joined from it without parsing `body`. */
export interface ScimRow<Key extends number = number> {
  /** What edges are stored by. */
  readonly key: Key
  readonly id: string
  /** The attributes as JSON, without id, meta, members and groups. */
  readonly body: string
  readonly version: number
  readonly created: number
  readonly lastModified: number
}

export type ScimUserRow = ScimRow<IdentityId>
export type ScimGroupRow = ScimRow<SourceGroupId>

export const resourceOf = (type: ResourceTypeName, row: ScimRow): StoredResource => ({
  type,
  id: row.id,
  attributes: JSON.parse(row.body),
  version: row.version,
  created: row.created,
  lastModified: row.lastModified,
})
