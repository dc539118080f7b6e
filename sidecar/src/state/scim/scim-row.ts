import type { IdentityId, SourceGroupId } from '../../identity/ids.ts'
import type { StoredResource } from '../../scim-protocol/resource.ts'
import { readBody, type StoredBody } from '../../scim-protocol/stored-body.ts'

/** A stored resource as its row holds it. */
export interface ScimRow<Key extends number = number> extends StoredBody {
  /** What edges are stored by; never answered. */
  readonly key: Key
}

export type ScimUserRow = ScimRow<IdentityId>
export type ScimGroupRow = ScimRow<SourceGroupId>

export const resourceOf = ({ type, id, body, version, created, lastModified }: ScimRow): StoredResource => ({
  type,
  id,
  attributes: readBody(body),
  version,
  created,
  lastModified,
})
