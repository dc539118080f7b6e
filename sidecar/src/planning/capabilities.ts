/** What a target can do, by what the planner wants of it. */
export type Ability =
  | 'createUser'
  | 'updateUser'
  | 'renameUser'
  | 'activateUser'
  | 'deactivateUser'
  | 'deleteUser'
  | 'setAttributes'
  | 'createGroup'
  | 'deleteGroup'
  | 'addMember'
  | 'removeMember'
  | 'reassignProjectLead'
  | 'reassignComponentLead'

export type Capability =
  | { readonly able: true }
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
}

export interface Capabilities {
  readonly abilities: Readonly<Record<Ability, Capability>>
  readonly names: NameRules
}
