import type { IdentityId } from '../identity/ids.ts'
import type { GroupPlan } from './group-plan.ts'
import type { Operation, OperationKind, PlannedOperation } from './operation.ts'

/** What is executed before what, where nothing else decides: a leaver's deactivation never waits behind additions. */
const phases: Readonly<Record<OperationKind, number>> = {
  adoptAccount: 0,
  reassignProjectLead: 1,
  reassignComponentLead: 1,
  deactivateUser: 2,
  revokeAccess: 2,
  createGroup: 3,
  bindGroup: 4,
  renameUser: 5,
  updateUser: 6,
  createUser: 7,
  activateUser: 7,
  restoreAccess: 7,
  adoptMemberships: 8,
  releaseMemberships: 8,
  addMember: 8,
  setAttributes: 8,
  addChildGroup: 9,
  removeMember: 10,
  removeChildGroup: 11,
  deleteUser: 12,
  deleteGroup: 13,
  unbindGroup: 13,
  releaseAccount: 14,
  returnUnclaimed: 15,
  removeUnclaimed: 15,
}

const ordinalSize = 2 ** 32
const phaseSize = 2 ** 49

/** Whoever hands an account over does so before somebody else takes it. */
export const phaseOf = (operation: { readonly kind: OperationKind; readonly to?: unknown }): number =>
  operation.to === undefined ? phases[operation.kind] : phases.adoptAccount

/**
 * The place of an operation in its plan: by phase, then by `ordinal` (which of the subject's operations of that phase
 * it is), then by subject. So one person's many memberships interleave with everybody else's, and no window of
 * operations hangs on one subject. A safe integer: 16 phases, 131,072 ordinals, 2^32 subjects.
 */
export function positionOf(phase: number, ordinal: number, subjectId: number): number {
  if (ordinal * ordinalSize >= phaseSize || subjectId >= ordinalSize) {
    throw new RangeError(`no position for operation ${ordinal} of subject ${subjectId}`)
  }
  return phase * phaseSize + ordinal * ordinalSize + subjectId
}

/** Ordinal 0 of renames is left free for what has to come before any of them: see `untangleNames`. */
const firstOrdinalOf = (operation: Operation): number => (operation.kind === 'renameUser' ? 1 : 0)

/** Gives one person's operations their places, in the order in which they were planned within each phase. */
export function placeOperations(
  identity: IdentityId,
  revision: string,
  operations: readonly Operation[],
  groups: GroupPlan,
): readonly PlannedOperation[] {
  const ordinals = new Map<number, number>()
  const placed = operations.map((operation) => {
    const phase = phaseOf(operation)
    const ordinal = ordinals.get(phase) ?? firstOrdinalOf(operation)
    ordinals.set(phase, ordinal + 1)
    return {
      position: positionOf(phase, ordinal, identity),
      operation,
      revision: 'identity' in operation && operation.identity !== identity ? undefined : revision,
      after: createdFirst(operation, groups),
    }
  })
  const [handover] = placed
  if (handover?.operation.kind === 'releaseAccount' && handover.operation.to !== undefined) {
    return finish(placed.map((one) => afterHandover(one, handover.position)))
  }
  return finish(placed)
}

function finish(placed: readonly PlannedOperation[]): readonly PlannedOperation[] {
  const restored = placed.find(({ operation }) => operation.kind === 'restoreAccess')
  if (restored !== undefined) return placed.map((one) => afterRestored(one, restored.position))
  const leads = placed.filter(({ operation }) => phaseOf(operation) === phases.reassignProjectLead)
  return leads.length === 0 ? placed : placed.map((one) => afterLeads(one, leads))
}

const nothingFirst: readonly number[] = []

function createdFirst(operation: Operation, groups: GroupPlan): readonly number[] {
  if (operation.kind !== 'addMember' || operation.group.id !== undefined) return nothingFirst
  const creation = groups.creationOf(operation.group.name)
  return creation === undefined ? nothingFirst : [creation]
}

const afterHandover = (planned: PlannedOperation, handover: number): PlannedOperation =>
  planned.operation.kind === 'adoptAccount' ? { ...planned, after: [...planned.after, handover] } : planned

/** Nobody gets a group of a product that they are still shut out of. */
const afterRestored = (planned: PlannedOperation, restored: number): PlannedOperation =>
  planned.operation.kind === 'addMember' ? { ...planned, after: [...planned.after, restored] } : planned

function afterLeads(planned: PlannedOperation, leads: readonly PlannedOperation[]): PlannedOperation {
  if (planned.operation.kind !== 'deactivateUser' && planned.operation.kind !== 'deleteUser') return planned
  return { ...planned, after: [...planned.after, ...leads.map(({ position }) => position)] }
}
