import type { Generated } from 'kysely'
import type {
  AccountId,
  ConnectionId,
  NameKey,
  OperationId,
  PlanId,
  RunId,
  TargetGroupId,
  TargetId,
} from '../../identity/ids.ts'
import type { Json, Maybe } from './columns.ts'

/** Runs, their plans and what came of them. */
export interface RunTables {
  run: {
    id: Generated<RunId>
    connection_id: ConnectionId
    run_trigger: 'schedule' | 'manual' | 'login' | 'push' | 'cli'
    /** `plan` and `undo` stop before executing; `apply` executes a plan that an administrator reviewed. */
    mode: 'synchronize' | 'plan' | 'apply' | 'undo'
    requested_by: Maybe<string>
    state: 'queued' | 'running' | 'finished'
    phase: Maybe<string>
    outcome: Maybe<'succeeded' | 'partial' | 'held' | 'failed' | 'cancelled' | 'planned'>
    queued_at: number
    started_at: Maybe<number>
    finished_at: Maybe<number>
    reading: Maybe<Json>
    problem: Maybe<Json>
    /** The run that this one plans to take back. */
    undoes: Maybe<RunId>
  }
  plan: {
    id: Generated<PlanId>
    run_id: RunId
    connection_id: ConnectionId
    target_id: TargetId
    as_of: number
    mark_seq: number
    policy_version: number
    subjects: Generated<number>
    /** `planned` and `held` can be applied; `replaced` was overtaken by a newer plan of the leg. */
    status: 'planning' | 'planned' | 'held' | 'executing' | 'applied' | 'partial' | 'replaced' | 'dropped'
    hash: Maybe<string>
    counts: Json
    verdict: Json
    applied_by: Maybe<string>
    applied_at: Maybe<number>
  }
  leg: {
    run_id: RunId
    target_id: TargetId
    plan_id: Maybe<PlanId>
    outcome: Maybe<'applied' | 'partial' | 'held' | 'failed' | 'planned' | 'empty'>
    problem: Maybe<Json>
  }
  operation: {
    id: Generated<OperationId>
    plan_id: PlanId
    position: number
    kind: string
    subject_kind: 'identity' | 'group' | 'account'
    /** Identity id, of members whom nobody claims that of the account, or for group operations the position-independent id of the source group (0 if there is none). */
    subject_id: number
    subject_name: string
    subject_name_key: NameKey
    account_id: Maybe<AccountId>
    target_group_id: Maybe<TargetGroupId>
    group_name: Maybe<string>
    group_name_key: Maybe<NameKey>
    /** Before, after, reasons and whatever else the kind carries. */
    detail: Json
    after_positions: Maybe<Json>
    revision: Maybe<string>
    /** `sent` without a settlement is in doubt after a crash. */
    status: 'planned' | 'held' | 'sent' | 'applied' | 'failed' | 'refused' | 'superseded' | 'skipped' | 'dropped'
    /** Which limit or rule holds it. */
    held_by: Maybe<string>
    outcome_code: Maybe<string>
    outcome_message: Maybe<string>
    sent_at: Maybe<number>
    settled_at: Maybe<number>
    /** In an undo plan: the operation that it takes back. */
    undoes: Maybe<OperationId>
  }
  finding: FindingColumns & { target_id: TargetId; connection_id: ConnectionId }
  contention: { finding_id: number; target_id: TargetId; name_key: NameKey }
  hold: {
    id: Generated<number>
    connection_id: ConnectionId
    target_id: TargetId
    plan_id: PlanId
    causes: Json
    opened_at: number
    updated_at: number
    closed_at: Maybe<number>
    closed_how: Maybe<'applied' | 'causeGone' | 'dismissed'>
    approved_hash: Maybe<string>
    approved_by: Maybe<string>
    approved_at: Maybe<number>
  }
}

/** What a plan or an undo says of a subject besides its operations. */
export interface FindingColumns {
  id: Generated<number>
  plan_id: PlanId
  code: string
  subject_kind: string
  subject_id: number
  subject_name: string
  subject_name_key: NameKey
  message: string
  remedy: string
  since: number
}
