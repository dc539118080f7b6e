import { nameKey } from '../../identity/name-key.ts'
import type { Capabilities, Capability } from '../capabilities.ts'
import type { GroupRef, Operation, OperationKind } from '../operation.ts'
import type { Inverse, Invert, Of, Undoing } from './inverse.ts'
import {
  hadUnseenEmail,
  invertActivation,
  invertAdoption,
  invertAttributes,
  invertCreation,
  invertDeactivation,
  invertDeletion,
  invertRelease,
  invertRename,
  invertUpdate,
} from './invert-account.ts'
import {
  invertBinding,
  invertGroupCreation,
  invertGroupDeletion,
  invertNesting,
  invertUnbinding,
  invertUnnesting,
} from './invert-group.ts'
import { invertComponentLead, invertProjectLead } from './invert-lead.ts'
import {
  invertAddition,
  invertLettingGo,
  invertRemoval,
  invertRestoring,
  invertRevocation,
  invertTakingOver,
} from './invert-membership.ts'
import { invertUnclaimedRemoval, invertUnclaimedReturn } from './invert-unclaimed.ts'
import type { Saved } from './undo-record.ts'

/** All that undoing has to know of one kind of operation: a new kind is one entry. */
interface UndoKind<K extends OperationKind> {
  readonly invert: Invert<K>
  /** What of the state before is saved when such an operation is executed. */
  readonly saves: readonly Saved[]
  /** What it does, so that a later operation that does the same is known again; empty: never held by a veto. */
  effects(operation: Of<K>): readonly string[]
  /** What no undo brings back, one sentence; without capabilities, of a target that can do everything. */
  readonly loses?: (capabilities: Capabilities | undefined) => string
  /** Another kind that would undo the undo. */
  readonly comesBackAs?: OperationKind
}

const once = (): readonly string[] => ['']
const ofGroup = ({ group }: { readonly group: GroupRef }) => [nameKey(group.name)]
const ofGroups = ({ groups }: { readonly groups: readonly GroupRef[] }) => groups.map(({ name }) => nameKey(name))

const ofNesting = ({ group, child }: { readonly group: GroupRef; readonly child: GroupRef }) => [
  `${nameKey(group.name)}\n${nameKey(child.name)}`,
]

export const undoKinds: { readonly [K in OperationKind]: UndoKind<K> } = {
  createUser: {
    invert: invertCreation,
    saves: [],
    effects: once,
    loses: (capabilities) =>
      `The account stays, ${capabilities?.abilities.deactivateUser.able === false ? 'active' : 'deactivated'} and without its groups, unless deleting it is chosen and nobody ever signed in.`,
    // The account is ours still: it would be activated rather than created.
    comesBackAs: 'activateUser',
  },
  adoptAccount: { invert: invertAdoption, saves: ['claims', 'grants'], effects: once },
  releaseAccount: { invert: invertRelease, saves: ['claims', 'grants'], effects: once },
  updateUser: {
    invert: invertUpdate,
    saves: [],
    effects: ({ after: { email, displayName } }) => [
      ...(email === undefined ? [] : [`email ${nameKey(email)}`]),
      ...(displayName === undefined ? [] : [`display name ${displayName}`]),
    ],
  },
  renameUser: {
    invert: invertRename,
    saves: [],
    effects: ({ after, temporary }) => (temporary ? [] : [nameKey(after.name)]),
  },
  activateUser: { invert: invertActivation, saves: ['claims'], effects: once },
  deactivateUser: { invert: invertDeactivation, saves: ['claims'], effects: once },
  deleteUser: {
    invert: invertDeletion,
    saves: ['claims', 'grants', 'groups', 'active'],
    effects: once,
    loses: () =>
      'The account can be created again with its profile and groups, but not with its history, key and password; what names the old account does not come back.',
  },
  setAttributes: {
    invert: invertAttributes,
    saves: ['claims'],
    effects: ({ after }) => [JSON.stringify(Object.entries(after).sort(([a], [b]) => (a < b ? -1 : 1)))],
  },
  revokeAccess: { invert: invertRevocation, saves: [], effects: once },
  restoreAccess: { invert: invertRestoring, saves: [], effects: once },
  addMember: { invert: invertAddition, saves: [], effects: ofGroup },
  removeMember: { invert: invertRemoval, saves: ['grants'], effects: ofGroup },
  removeUnclaimed: { invert: invertUnclaimedRemoval, saves: [], effects: ofGroup },
  returnUnclaimed: { invert: invertUnclaimedReturn, saves: [], effects: ofGroup },
  adoptMemberships: { invert: invertTakingOver, saves: [], effects: ofGroups },
  releaseMemberships: { invert: invertLettingGo, saves: ['grants'], effects: ofGroups },
  reassignProjectLead: { invert: invertProjectLead, saves: [], effects: ({ project }) => [project.key] },
  reassignComponentLead: { invert: invertComponentLead, saves: [], effects: ({ component }) => [component.id] },
  createGroup: { invert: invertGroupCreation, saves: ['bindings'], effects: ofGroup },
  bindGroup: { invert: invertBinding, saves: ['bindings'], effects: ofGroup },
  unbindGroup: { invert: invertUnbinding, saves: ['bindings'], effects: ofGroup },
  addChildGroup: { invert: invertNesting, saves: [], effects: ofNesting },
  removeChildGroup: { invert: invertUnnesting, saves: [], effects: ofNesting },
  deleteGroup: {
    invert: invertGroupDeletion,
    saves: ['bindings', 'grants', 'members'],
    effects: ofGroup,
    loses: () =>
      'The group can be created again with the members that are managed here; permissions, schemes and filters that named it may have lost it.',
  },
}

/** The kind of an operation is the one that its entry is for. */
const entryOf = ({ kind }: Operation) => undoKinds[kind] as unknown as UndoKind<OperationKind>

export const invertOperation = (operation: Operation, undoing: Undoing): Inverse =>
  entryOf(operation).invert(operation, undoing)

export const effectsOf = (operation: Operation): readonly string[] => entryOf(operation).effects(operation)

/** Why this target can never take such an operation back, though others can. */
export function irreversibleWith(kind: OperationKind, { abilities }: Capabilities): string | undefined {
  const capability = (abilities as Partial<Record<OperationKind, Capability>>)[kind]
  return capability?.able ? capability.irreversible : undefined
}

/** What an undo of operations of this kind does not bring back; of plans that did not note what their target could, too. */
export const lossOf = (kind: OperationKind, capabilities?: Capabilities): string | undefined =>
  (capabilities && irreversibleWith(kind, capabilities)) ?? undoKinds[kind].loses?.(capabilities)

/** What an undo of this operation alone does not bring back, beside what all of its kind lose. */
export const lossOfOne = (operation: Operation): string | undefined =>
  operation.kind === 'updateUser' && hadUnseenEmail(operation)
    ? 'The product does not show the e-mail address that the account has, so the new one stays.'
    : undefined

export type Losses = { readonly [kind in OperationKind]?: string }

/** Said before a plan is executed: what an undo would not bring back, by kind. */
export const lossesOf = (kinds: readonly string[], capabilities: Capabilities): Losses =>
  Object.fromEntries(
    kinds.flatMap((kind): (readonly [string, string])[] => {
      const lost = lossOf(kind as OperationKind, capabilities)
      return lost === undefined ? [] : [[kind, lost]]
    }),
  )
