import type { TSchema } from 'typebox'
import type { CheckStep } from '../identity/check-step.ts'
import type { IdentityRecord, SourceGroupRecord } from '../identity/identity.ts'
import type { ExternalId } from '../identity/ids.ts'

/**
 * One piece of a reading, in this order: `begin`, then any number of the others in any order, then `complete`.
 * A reading that ends without `complete` (it throws) concludes nothing. Pages hold at most a few thousand entries.
 * The same identity, group or edge may come several times: the last one counts.
 */
export type ReadingPage =
  /** `snapshot`: what does not occur is absent. `delta`: what does not occur is unchanged. */
  | { readonly kind: 'begin'; readonly form: 'snapshot' | 'delta' }
  | { readonly kind: 'identities'; readonly identities: readonly IdentityRecord[] }
  /** Deleted at the provider, soft or for good. In a snapshot it names people known to be deleted, not merely missing. */
  | { readonly kind: 'deletedIdentities'; readonly externalIds: readonly ExternalId[] }
  | { readonly kind: 'groups'; readonly groups: readonly SourceGroupRecord[] }
  | { readonly kind: 'deletedGroups'; readonly externalIds: readonly ExternalId[] }
  | MembersPage
  /** In a delta: what was known of these groups' members is void; the `members` pages that follow are all of them. */
  | { readonly kind: 'replacedMembers'; readonly groups: readonly ExternalId[] }
  /**
   * In a delta: everybody and every group that exists, over any number of such pages. Who is known and named in none of
   * them is gone. A source whose provider tells no deletions sends it now and then.
   */
  | {
      readonly kind: 'existing'
      readonly identities: readonly ExternalId[]
      readonly groups: readonly ExternalId[]
    }
  /** Who is assigned to one application of the provisioning scope: always the whole list. */
  | { readonly kind: 'assignments'; readonly application: string; readonly assignments: readonly Assignment[] }
  /** The reading saw everything it promised; `cursor` is where the next delta starts, `undefined` if there is none. */
  | {
      readonly kind: 'complete'
      readonly cursor: string | undefined
      /** Members that a group names and nobody is: deleted, or outside of what is read. They were left out. */
      readonly danglingMembers?: number
    }

/** A slice of one group's direct edges. In a snapshot there is nothing in `removed`. */
export interface MembersPage {
  readonly kind: 'members'
  readonly group: ExternalId
  readonly identities: readonly ExternalId[]
  readonly groups: readonly ExternalId[]
  /** Members, people or groups, that left (delta only). */
  readonly removed: readonly ExternalId[]
}

/** A principal assigned to an application; a group's assignment counts its direct members only. */
export interface Assignment {
  readonly principal: 'user' | 'group'
  readonly externalId: ExternalId
}

/** One person with *direct* groups only: transitive ones would corrupt the closure of everybody else. */
export interface LookedUpIdentity {
  readonly identity: IdentityRecord
  readonly directGroups: readonly ExternalId[]
}

/** An attribute of people that the provider can give. */
export interface AttributeDescription {
  readonly name: string
  readonly multiValued: boolean
  /** Whether the settings have it read. */
  readonly chosen: boolean
  /** How many of the sampled people have it. */
  readonly seen: number
  /** The value of one of them, cut short. */
  readonly sample: string | undefined
}

/** An opened connection that can be read. Every method throws a `Problem`. */
export interface Source {
  /** Without a cursor, or when the provider no longer knows it, the reading is a snapshot. */
  read(cursor: string | undefined, signal: AbortSignal): AsyncIterable<ReadingPage>
  check(signal: AbortSignal): Promise<readonly CheckStep[]>
  /** By login name or external id; `undefined` when the provider does not know the person. */
  lookup(who: string, signal: AbortSignal): Promise<LookedUpIdentity | undefined>
  /** What may be chosen as attributes, for providers that can tell. */
  describeAttributes?(signal: AbortSignal): Promise<readonly AttributeDescription[]>
  close(): Promise<void>
}

/** One kind of source: the schema of its settings, and how to open a connection with them. */
export interface Connector<Settings> {
  readonly provider: string
  /** `rest` and `ldap`: read by us; `scim`: pushed to us. */
  readonly method: 'rest' | 'scim' | 'ldap'
  /** Shown to administrators: "Microsoft Entra ID (previously Azure AD)". */
  readonly label: string
  /** TypeBox schema of `Settings`, with descriptions: it validates, documents and draws the form. */
  readonly settings: TSchema
  /** Settings are parsed and their secrets resolved. */
  open(settings: Settings): Source
  /**
   * A text that changes whenever a stored cursor is no longer usable with these settings
   * (other attributes, other tenant): the next reading is then a snapshot.
   */
  cursorScope(settings: Settings): string
  /** The provisioning scope of these settings; an empty one means everybody. */
  scope(settings: Settings): ProvisioningScope
}

/** Groups (whole closure) and applications (assigned users, direct members of assigned groups) that are in play. */
export interface ProvisioningScope {
  /** External ids or display names. */
  readonly groups: readonly string[]
  /** As named in `assignments` pages. */
  readonly applications: readonly string[]
  readonly guests: 'include' | 'exclude'
}
