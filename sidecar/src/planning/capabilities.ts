/** What the planner may want of a target. */
export const abilityNames = [
  'createUser',
  'updateUser',
  'renameUser',
  'activateUser',
  'deactivateUser',
  'deleteUser',
  'setAttributes',
  'createGroup',
  'deleteGroup',
  'addMember',
  'removeMember',
  'addChildGroup',
  'removeChildGroup',
  /** Stands in for a deactivation that the product lacks: every group that grants a licence is taken away, and remembered. */
  'revokeAccess',
  'reassignProjectLead',
  'reassignComponentLead',
] as const

/** What a target can do, by what the planner wants of it. */
export type Ability = (typeof abilityNames)[number]

/**
 * How an operation reaches the product: its own REST API, the Crowd-compatible user server behind it, Atlassian's
 * organization API (Jira Cloud), or several calls that together come near what the product itself cannot do.
 */
export type Way = 'rest' | 'crowd' | 'organization' | 'emulation'

export type Capability =
  /**
   * `note`: what an administrator should know about this way, such as a delay until the product sees it.
   * `irreversible`: why no undo takes it back in this product, where it does in others.
   */
  | { readonly able: true; readonly way?: Way; readonly note?: string; readonly irreversible?: string }
  /** `reason`: why not, and the way round it; shown in the finding that replaces the operation. */
  | { readonly able: false; readonly reason: string }

/** Limits that the product puts on names; a name outside them becomes a finding before anything is sent. */
export interface NameRules {
  readonly maxLength: number
  /** Characters that the product refuses in a user name. */
  readonly forbiddenInUserName: string
  /** Jira stores user names in lower case. */
  readonly userNameCase: 'lower' | 'any'
  readonly forbiddenInGroupName: string
  /** Names that the product keeps for itself, as `nameKey`: Confluence refuses `anonymous`. */
  readonly reservedUserNames?: readonly string[]
  /**
   * `email`: accounts have no user name of their own (Jira Cloud), so they are wanted, found and adopted by e-mail address,
   * the user name expression is not used and nothing is renamed. Without it the name is chosen by the policy.
   */
  readonly userNameIs?: 'email'
}

export interface Capabilities {
  readonly abilities: Readonly<Record<Ability, Capability>>
  readonly names: NameRules
}
