/** An Atlassian account (Jira Cloud REST): known by its id everywhere, by its e-mail only to who may see it. */
export interface Account {
  /** At most 128 characters. */
  readonly accountId: string
  readonly kind: AccountKind
  displayName: string
  nickname: string
  email: string
  /** Privacy: whether others are told the e-mail. */
  emailVisible: boolean
  /** `closed` after the grace period of a deletion. */
  status: 'active' | 'inactive' | 'closed'
  /** Of a verified domain, so that the organization may write to it. */
  readonly managed: boolean
  /** Provisioned from outside: the organization may not write to it, either. */
  readonly scim: boolean
  /** In the user base of this site; deleting a user takes them out of it, and no more. */
  onSite: boolean
  /** Was in the user base once: lists go on telling of such users. */
  leftSite: boolean
  readonly groups: Set<CloudGroup>
  /** The organization's other profile fields, as they were written. */
  readonly profile: Record<string, unknown>
  /** Entity properties, as the JSON text that was stored. */
  readonly properties: Map<string, string>
}

/** `customer` is a portal-only account: not told in lists, though it takes a place in them [believed]. */
export type AccountKind = 'atlassian' | 'app' | 'customer'

export interface CloudGroup {
  /** Stays when the name changes. */
  readonly groupId: string
  name: string
  /** Provisioned from outside: nobody else may write to it. */
  readonly scim: boolean
  readonly members: Set<Account>
}

/** What a test or a sandbox says about an account; everything but the e-mail has a default. */
export interface AccountSeed {
  email: string
  accountId?: string
  kind?: AccountKind
  displayName?: string
  emailVisible?: boolean
  active?: boolean
  /** Whether the e-mail is of a verified domain, without it. */
  managed?: boolean
  scim?: boolean
  onSite?: boolean
  groups?: readonly string[]
}

export interface CloudGroupSeed {
  name: string
  groupId?: string
  scim?: boolean
  /** By e-mail. */
  members?: readonly string[]
}

/** Active for this site. */
export const isActive = (account: Account): boolean => account.status === 'active' && account.onSite

export const isAccount = (found: object): found is Account => 'accountId' in found
