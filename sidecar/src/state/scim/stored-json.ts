import { foldResource } from '../../scim-protocol/fold-resource.ts'
import type { ResourceTypeName, ScimAttributes } from '../../scim-protocol/resource.ts'
import { resourceTypes } from '../../scim-protocol/resource-types.ts'
import { sameValue } from '../../scim-protocol/same-value.ts'
import { readBody, writeBody } from '../../scim-protocol/stored-body.ts'

/** What the columns of a resource hold, made of its attributes. */
export interface StoredJson {
  readonly body: string
  /** Without id and meta, which are columns of their own and change without the rest, and without schemas, which follows. */
  readonly folded: string
  readonly userNameKey: string
  readonly displayNameKey: string
  /** NFC, as filters compare it; null where there is none. */
  readonly externalId: string | null
  readonly emails: readonly string[]
}

export function storedJson(type: ResourceTypeName, id: string, attributes: ScimAttributes): StoredJson {
  const resource = foldResource(type, id, attributes, { created: 0, lastModified: 0 })
  const { id: _id, meta: _meta, schemas: _schemas, ...folded } = resource.folded
  const externalId = folded.externalid
  return {
    body: writeBody(resourceTypes[type], id, attributes),
    folded: JSON.stringify(folded),
    userNameKey: resource.userNameKey ?? '',
    displayNameKey: resource.displayNameKey ?? '',
    externalId: typeof externalId === 'string' && externalId !== '' ? externalId : null,
    emails: resource.emails,
  }
}

export const sameAttributes = (body: string, attributes: ScimAttributes): boolean =>
  sameValue(readBody(body), attributes)
