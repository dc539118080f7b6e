import { hash } from 'node:crypto'
import type { Attributes, IdentityRecord, SourceGroupRecord } from '../../identity/identity.ts'
import type { ExternalId } from '../../identity/ids.ts'

/** An identity as it is stored: attributes as canonical JSON, so that equal content is equal text and an equal hash. */
export interface StorableIdentity {
  readonly externalId: ExternalId
  readonly userName: string
  readonly email: string | null
  readonly displayName: string | null
  readonly active: boolean
  readonly attributes: string
  readonly contentHash: string
}

export interface StorableGroup {
  readonly externalId: ExternalId
  readonly displayName: string
  readonly membersReadable: boolean
  readonly attributes: string
  readonly contentHash: string
}

/** A record as one canonical text: what is staged, and what the hash is of. */
export const identityContent = (identity: IdentityRecord): string =>
  JSON.stringify({
    externalId: identity.externalId,
    userName: identity.userName,
    email: identity.email ?? null,
    displayName: identity.displayName ?? null,
    active: identity.active,
    attributes: canonical(identity.attributes),
  } satisfies Omit<StorableIdentity, 'contentHash'>)

export const groupContent = (group: SourceGroupRecord): string =>
  JSON.stringify({
    externalId: group.externalId,
    displayName: group.displayName,
    membersReadable: group.membersReadable,
    attributes: canonical(group.attributes),
  } satisfies Omit<StorableGroup, 'contentHash'>)

export const storableIdentity = (content: string): StorableIdentity => ({
  ...JSON.parse(content),
  contentHash: contentHash(content),
})

export const storableGroup = (content: string): StorableGroup => ({
  ...JSON.parse(content),
  contentHash: contentHash(content),
})

/** Tells whether a stored record still says what the source says, without reading the record. */
export const contentHash = (content: string): string => hash('sha256', content, 'base64url')

function canonical(attributes: Attributes): string {
  const names = Object.keys(attributes).sort()
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, attributes[name]])))
}
