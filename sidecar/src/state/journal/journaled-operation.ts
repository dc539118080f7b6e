import type { ConnectionId, OperationId, PlanId, RunId, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Operation, PlannedOperation } from '../../planning/operation.ts'
import { fromOperationRow, type StoredOperation } from '../plans/operation-row.ts'

/** An operation of a stored plan on its way to the target. */
export interface JournaledOperation extends PlannedOperation {
  readonly id: OperationId
  /** The person or group as an administrator knows it. */
  readonly subjectName: string
  /** Operations of one chain (a person, a group) are executed one after the other. */
  readonly chain: string
  /** Of an undo plan: the operation that it takes back. */
  readonly undoes: OperationId | undefined
}

/** The plan whose operations are executed: whose they are, and from when on a subject counts as changed since. */
export interface ExecutedPlan {
  readonly id: PlanId
  readonly connection: ConnectionId
  readonly target: TargetId
  readonly asOf: number
  readonly markSeq: number
  readonly policyVersion: number
  /** It takes back what a run did: the run that planned that, and who applied it. */
  readonly undo?: { readonly run: RunId; readonly by: string }
}

/** The dirty mark that an operation settles. */
export interface SubjectKey {
  readonly kind: 'identity' | 'sourceGroup'
  readonly id: number
}

/** `undefined` for a group of no source group, and for members whom nobody claims: nothing marks them, and nothing needs to. */
export function subjectOf(operation: Operation): SubjectKey | undefined {
  if ('identity' in operation) return { kind: 'identity', id: operation.identity }
  return operation.sourceGroup === undefined ? undefined : { kind: 'sourceGroup', id: operation.sourceGroup }
}

export function chainOf(operation: Operation): string {
  return 'identity' in operation ? `identity ${operation.identity}` : `group ${nameKey(operation.group.name)}`
}

interface JournaledRow extends StoredOperation {
  readonly id: OperationId
  readonly undoes: OperationId | null
}

export function toJournaledOperation(row: JournaledRow): JournaledOperation {
  const planned = fromOperationRow(row)
  return {
    ...planned,
    id: row.id,
    subjectName: row.subject_name,
    chain: chainOf(planned.operation),
    undoes: row.undoes ?? undefined,
  }
}
