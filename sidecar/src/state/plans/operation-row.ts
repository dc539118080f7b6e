import type { AccountId, IdentityId, PlanId, SourceGroupId, TargetGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { GroupRef, Operation, PlannedOperation } from '../../planning/operation.ts'
import type { Tables } from '../../store/tables.ts'

/** What an operation is, in the columns of its table. */
export const operationColumns = [
  'position',
  'kind',
  'subject_kind',
  'subject_id',
  'subject_name',
  'subject_name_key',
  'account_id',
  'target_group_id',
  'group_name',
  'group_name_key',
  'detail',
  'after_positions',
  'revision',
] as const

/** What planning writes; the other columns belong to executing. */
export const plannedColumns = ['plan_id', ...operationColumns, 'status', 'held_by'] as const

export type OperationRow = Pick<Tables['operation'], (typeof plannedColumns)[number]>

export type StoredOperation = Pick<OperationRow, (typeof operationColumns)[number]>

/** What a row says in columns is not repeated in its detail: a first provisioning has hundreds of thousands of rows. */
export function toOperationRow(plan: PlanId, planned: PlannedOperation, heldBy: string | undefined): OperationRow {
  const { position, operation, revision, after } = planned
  return {
    plan_id: plan,
    position,
    kind: operation.kind,
    ...subjectColumns(operation),
    after_positions: after.length === 0 ? null : JSON.stringify(after),
    revision: revision ?? null,
    status: heldBy === undefined ? 'planned' : 'held',
    held_by: heldBy ?? null,
  }
}

function subjectColumns(operation: Operation) {
  if ('identity' in operation) return identityColumns(operation)
  return 'account' in operation ? unclaimedColumns(operation) : groupColumns(operation)
}

type AboutUnclaimed = Extract<Operation, { kind: 'removeUnclaimed' | 'returnUnclaimed' }>

function unclaimedColumns({ account, group, reasons }: AboutUnclaimed) {
  return {
    subject_kind: 'account' as const,
    subject_id: account.id,
    ...subjectName(account.name),
    account_id: account.id,
    target_group_id: group.id ?? null,
    group_name: group.name,
    group_name_key: nameKey(group.name),
    detail: JSON.stringify({ reasons }),
  }
}

function identityColumns(operation: Extract<Operation, { identity: IdentityId }>) {
  const { kind: _, identity, account, ...rest } = operation
  const group = 'group' in operation ? operation.group : undefined
  const { group: __, ...detail } = { group, ...rest }
  return {
    subject_kind: 'identity' as const,
    subject_id: identity,
    ...subjectName(account.name),
    account_id: account.id ?? null,
    target_group_id: group?.id ?? null,
    group_name: group?.name ?? null,
    group_name_key: group === undefined ? null : nameKey(group.name),
    detail: JSON.stringify(detail),
  }
}

function groupColumns(operation: Exclude<Operation, { identity: IdentityId } | AboutUnclaimed>) {
  const { kind: _, sourceGroup, group, ...detail } = operation
  const child = 'child' in operation ? operation.child : undefined
  return {
    subject_kind: 'group' as const,
    subject_id: sourceGroup ?? 0,
    ...subjectName(group.name),
    account_id: null,
    target_group_id: group.id ?? null,
    // The group that is put into the other one: found by its name as well.
    group_name: child?.name ?? null,
    group_name_key: child === undefined ? null : nameKey(child.name),
    detail: JSON.stringify(detail),
  }
}

const subjectName = (name: string) => ({ subject_name: name, subject_name_key: nameKey(name) })

/** The operation that `toOperationRow` was given. */
export function fromOperationRow(row: StoredOperation): PlannedOperation {
  // The row was written by `toOperationRow`: its kind says what its detail holds.
  const operation = { kind: row.kind, ...refs(row), ...detailOf(row.detail) } as Operation
  const after: number[] = row.after_positions === null ? [] : JSON.parse(row.after_positions)
  return { position: row.position, operation, revision: row.revision ?? undefined, after }
}

function refs(row: StoredOperation) {
  const groupId = (row.target_group_id ?? undefined) as TargetGroupId | undefined
  if (row.subject_kind === 'group') {
    const sourceGroup = row.subject_id === 0 ? undefined : (row.subject_id as SourceGroupId)
    return { sourceGroup, group: { id: groupId, name: row.subject_name } }
  }
  const account = { id: (row.account_id ?? undefined) as AccountId | undefined, name: row.subject_name }
  if (row.subject_kind === 'account') {
    return { sourceGroup: undefined, account, group: { id: groupId, name: row.group_name ?? '' } }
  }
  const identity = row.subject_id as IdentityId
  return row.group_name === null
    ? { identity, account }
    : { identity, account, group: { id: groupId, name: row.group_name } }
}

function detailOf(json: string): Record<string, unknown> {
  const detail: Record<string, unknown> & { groups?: GroupRef[]; child?: GroupRef } = JSON.parse(json)
  // JSON leaves out the id of a group that is still to be created.
  const complete = ({ id, name }: GroupRef): GroupRef => ({ id, name })
  return {
    ...detail,
    ...(detail.groups && { groups: detail.groups.map(complete) }),
    ...(detail.child && { child: complete(detail.child) }),
  }
}
