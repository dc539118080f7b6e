import { isDeepStrictEqual } from 'node:util'
import { foldResource } from '../../scim-protocol/fold-resource.ts'
import type { ResourceTypeName, ScimAttributes } from '../../scim-protocol/resource.ts'

/** What the columns of a resource hold, made of its attributes. */
export interface StoredJson {
  readonly body: string
  /** Without id and meta: those are columns of their own, and change without the rest. */
  readonly folded: string
  readonly userNameKey: string
  readonly displayNameKey: string
  /** NFC, as filters compare it; null where there is none. */
  readonly externalId: string | null
  readonly emails: readonly string[]
}

export function storedJson(type: ResourceTypeName, attributes: ScimAttributes): StoredJson {
  const resource = foldResource(type, '', attributes, { created: 0, lastModified: 0 })
  const { id: _, meta: __, ...folded } = resource.folded
  const externalId = folded.externalid
  return {
    body: JSON.stringify(attributes),
    folded: JSON.stringify(folded),
    userNameKey: resource.userNameKey ?? '',
    displayNameKey: resource.displayNameKey ?? '',
    externalId: typeof externalId === 'string' && externalId !== '' ? externalId : null,
    emails: resource.emails,
  }
}

/** The order of keys says nothing, that of elements does. */
export const sameAttributes = (body: string, attributes: ScimAttributes): boolean =>
  body === JSON.stringify(attributes) || isDeepStrictEqual(JSON.parse(body), JSON.parse(JSON.stringify(attributes)))
