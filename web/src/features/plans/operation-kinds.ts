/** What the kinds of operation mean to the person or group concerned; the order is the order of display. */
export const gainKinds = [
  'createUser',
  'adoptAccount',
  'activateUser',
  'restoreAccess',
  'addMember',
  'returnUnclaimed',
  'adoptMemberships',
  'createGroup',
  'bindGroup',
  'addChildGroup',
] as const

export const lossKinds = [
  'deactivateUser',
  'revokeAccess',
  'deleteUser',
  'removeMember',
  'removeUnclaimed',
  'deleteGroup',
  'removeChildGroup',
  'releaseAccount',
  'releaseMemberships',
  'unbindGroup',
] as const

export const changeKinds = [
  'updateUser',
  'renameUser',
  'setAttributes',
  'reassignProjectLead',
  'reassignComponentLead',
] as const

export const kindsOfSide = { all: [], gains: gainKinds, losses: lossKinds, changes: changeKinds } as const
export type Side = keyof typeof kindsOfSide

export type KnownKind = (typeof gainKinds)[number] | (typeof lossKinds)[number] | (typeof changeKinds)[number]
const groupKinds: readonly string[] = [
  'createGroup',
  'bindGroup',
  'unbindGroup',
  'deleteGroup',
  'addChildGroup',
  'removeChildGroup',
]

/** About a group itself, and about nobody in it. */
export const isAboutGroup = (kind: string): boolean => groupKinds.includes(kind)

const known: readonly string[] = [...gainKinds, ...lossKinds, ...changeKinds]
export const isKnownKind = (kind: string): kind is KnownKind => known.includes(kind)

/** In the order of display; what this page does not know comes last. */
export const inOrder = (kinds: readonly string[]): readonly string[] => [
  ...known.filter((kind) => kinds.includes(kind)),
  ...kinds.filter((kind) => !isKnownKind(kind)),
]

export type Direction = 'gain' | 'loss' | 'change'

/** Gives, takes away, or neither. */
export function directionOf(kind: string): Direction {
  if ((gainKinds as readonly string[]).includes(kind)) return 'gain'
  return (lossKinds as readonly string[]).includes(kind) ? 'loss' : 'change'
}
