import type { ExternalId } from './ids.ts'

/** One attribute as a source reports it; several values stay a list. Absent is a missing key, never `null`. */
export type AttributeValue = string | number | boolean | readonly string[]
export type Attributes = Readonly<Record<string, AttributeValue>>

/** A person as the source reports them, after wire mapping. */
export interface IdentityRecord {
  readonly externalId: ExternalId
  /** The source's own login name (Graph `userPrincipalName`), before any mapping of a policy. */
  readonly userName: string
  readonly email: string | undefined
  readonly displayName: string | undefined
  /** Graph `accountEnabled`. */
  readonly active: boolean
  /** Everything else that was asked for, under the source's own attribute names. */
  readonly attributes: Attributes
}

/** A group as the source reports it, without its members. */
export interface SourceGroupRecord {
  readonly externalId: ExternalId
  readonly displayName: string
  /** False when the source hides the members from us (Graph `HiddenMembership`): its edges stay as they were. */
  readonly membersReadable: boolean
  readonly attributes: Attributes
}
