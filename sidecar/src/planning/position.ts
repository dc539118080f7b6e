import type { IdentityId } from '../identity/ids.ts'
import type { GroupPlan } from './group-plan.ts'
import type { Operation, OperationKind, PlannedOperation } from './operation.ts'

export function phaseOf(_operation: { readonly kind: OperationKind }): number {
  throw new Error('being written')
}

export function positionOf(_phase: number, _ordinal: number, _subjectId: number): number {
  throw new Error('being written')
}

/** Gives one person's operations their places, and what they wait for. */
export function placeOperations(
  _identity: IdentityId,
  _revision: string,
  _operations: readonly Operation[],
  _groups: GroupPlan,
): readonly PlannedOperation[] {
  throw new Error('being written')
}
