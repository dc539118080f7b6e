import type { Generated } from 'kysely'
import type {
  AccountId,
  AccountKey,
  ConnectionId,
  ExternalId,
  IdentityId,
  NameKey,
  OperationId,
  PlanId,
  RunId,
  SourceGroupId,
  TargetGroupId,
  TargetId,
} from '../identity/ids.ts'

/** 0 or 1: SQLite has no boolean, and both databases must mean the same. */
export type Flag = 0 | 1
type Json = string
type Maybe<T> = T | null

/** The rows as the database holds them; they go no further than the functions of `state/`. See migration 1 for meanings. */
export interface Tables {
  setting: { name: string; value: string }
  admin_token: {
    id: Generated<number>
    name: string
    name_key: NameKey
    token_hash: string
    created_at: number
    expires_at: Maybe<number>
    last_used_at: Maybe<number>
  }
  session: {
    id: Generated<number>
    session_hash: string
    admin_token_id: number
    created_at: number
    expires_at: number
  }
  target: {
    id: Generated<TargetId>
    slug: string
    name: string
    name_key: NameKey
    kind: string
    /** The configuration entry of this target, secrets as references. */
    entry: Json
    /** `file:<name>` of the configuration file that owns it. */
    managed_by: string
    fingerprint: Maybe<Json>
    /** Last `TargetDescription`. */
    description: Maybe<Json>
    observed_at: Maybe<number>
    paused: Generated<Flag>
    created_at: number
    removed_at: Maybe<number>
  }
  connection: {
    id: Generated<ConnectionId>
    slug: string
    name: string
    name_key: NameKey
    provider: string
    method: string
    /** Priority among connections of one target: lower first. */
    position: number
    entry: Json
    managed_by: string
    cursor: Maybe<string>
    cursor_scope: Maybe<string>
    /** `applying` while a reading's difference is being stored in pieces: nothing is planned from it. */
    reading_state: Generated<'none' | 'complete' | 'applying'>
    last_reading_at: Maybe<number>
    last_snapshot_at: Maybe<number>
    complete_identities: Maybe<number>
    complete_groups: Maybe<number>
    complete_memberships: Maybe<number>
    /** The reading that `complete_identities` is of. */
    baseline_at: Maybe<number>
    next_run_at: Maybe<number>
    paused: Generated<Flag>
    created_at: number
    removed_at: Maybe<number>
  }
  policy: {
    connection_id: ConnectionId
    target_id: TargetId
    /** `Policy`: users, groups, guard. */
    policy: Json
    /** Whatever else deciding depends on (settings, order, protected names): a difference makes a new version. */
    basis: Json
    version: number
    /** The version that every subject of the leg was marked for; smaller than `version`: mark them all. */
    planned_version: Generated<number>
    /** When an administrator approved the leg's first plan; until then every plan is held. */
    first_approved_at: Maybe<number>
    failures: Generated<number>
    not_before: Maybe<number>
    removed_at: Maybe<number>
  }
  identity: {
    id: Generated<IdentityId>
    connection_id: ConnectionId
    external_id: ExternalId
    user_name: string
    email: Maybe<string>
    display_name: Maybe<string>
    active: Flag
    attributes: Json
    /** First complete reading that said the provider deleted the person. */
    deleted_at: Maybe<number>
    /** First complete snapshot without the person, though nothing said "deleted". */
    missing_at: Maybe<number>
    content_hash: string
  }
  source_group: {
    id: Generated<SourceGroupId>
    connection_id: ConnectionId
    external_id: ExternalId
    display_name: string
    name_key: NameKey
    members_readable: Flag
    attributes: Json
    deleted_at: Maybe<number>
    content_hash: string
  }
  identity_membership: { source_group_id: SourceGroupId; identity_id: IdentityId }
  group_nesting: { parent_id: SourceGroupId; child_id: SourceGroupId }
  pending_membership: {
    source_group_id: SourceGroupId
    /** That of the group: who waits for a new person is asked for every person. */
    connection_id: ConnectionId
    principal: 'user' | 'group'
    external_id: ExternalId
  }
  application_assignment: {
    connection_id: ConnectionId
    application: string
    principal: 'user' | 'group'
    external_id: ExternalId
  }
  account: {
    id: Generated<AccountId>
    target_id: TargetId
    account_key: AccountKey
    name: string
    name_key: NameKey
    email: Maybe<string>
    email_key: Maybe<NameKey>
    display_name: string
    active: Flag
    missing_at: Maybe<number>
    /** Where the product tells. */
    last_sign_in_at: Maybe<number>
  }
  target_group: {
    id: Generated<TargetGroupId>
    target_id: TargetId
    name: string
    name_key: NameKey
    missing_at: Maybe<number>
  }
  account_membership: { target_group_id: TargetGroupId; account_id: AccountId }
  wanted_account: {
    target_id: TargetId
    connection_id: ConnectionId
    identity_id: IdentityId
    /** `wanted`, or the kind of absence. */
    state: 'wanted' | 'disabled' | 'deleted' | 'outOfScope'
    /** When `state` began: grace counts from here. */
    since: number
    name: string
    name_key: NameKey
    email: Maybe<string>
    email_key: Maybe<NameKey>
    display_name: Maybe<string>
    attributes: Json
    revision: string
  }
  claim: {
    account_id: AccountId
    target_id: TargetId
    connection_id: ConnectionId
    identity_id: IdentityId
    how: 'created' | 'adopted'
    since: number
    /** We deactivated it, so we activate it when the person is back. */
    deactivated_by_us: Generated<Flag>
    /** Created by us and the default groups for new users are not all given yet. */
    initial_groups_due: Generated<Flag>
    /** Custom attributes as last written, because products do not list them. */
    attributes_written: Maybe<Json>
    /** The account was created under another name, because somebody who left has this one. */
    suffix_of: Maybe<NameKey>
  }
  former_claim: { account_id: AccountId; connection_id: ConnectionId; identity_id: IdentityId; since: number }
  revoked_access: {
    account_id: AccountId
    target_group_id: TargetGroupId
    connection_id: ConnectionId
    since: number
    /** How the connection had granted the membership, if it had. */
    granted: Maybe<'added' | 'adopted' | 'initial'>
  }
  target_group_nesting: { parent_id: TargetGroupId; child_id: TargetGroupId }
  granted_nesting: { parent_id: TargetGroupId; child_id: TargetGroupId; connection_id: ConnectionId; since: number }
  granted_membership: {
    account_id: AccountId
    target_group_id: TargetGroupId
    connection_id: ConnectionId
    how: 'added' | 'adopted' | 'initial'
    since: number
  }
  group_binding: {
    target_id: TargetId
    connection_id: ConnectionId
    source_group_id: SourceGroupId
    target_group_id: TargetGroupId
    created_by_us: Flag
    since: number
    /** Since when the source group is gone or filtered out. */
    unbound_at: Maybe<number>
  }
  mark_sequence: { id: number; value: number }
  dirty: {
    target_id: TargetId
    connection_id: ConnectionId
    subject_kind: 'identity' | 'sourceGroup'
    subject_id: number
    reason: string
    seq: number
    marked_at: number
    not_before: Maybe<number>
    attempts: Generated<number>
  }
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
  undo_record: { operation_id: OperationId; saved: Json }
  undo_finding: {
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
  veto: {
    id: Generated<number>
    target_id: TargetId
    connection_id: ConnectionId
    subject_kind: 'identity' | 'group' | 'account'
    subject_id: number
    subject_name: string
    kind: string
    effect: string
    description: string
    /** The undo that left it. */
    run_id: RunId
    vetoed_by: string
    vetoed_at: number
  }
  finding: {
    id: Generated<number>
    target_id: TargetId
    connection_id: ConnectionId
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
  exception: {
    id: Generated<number>
    target_id: TargetId
    /** Of the account of that name when it was said; `null`: there was none. */
    account_key: Maybe<AccountKey>
    name: string
    name_key: NameKey
    group_name: Maybe<string>
    /** Empty: the whole account. */
    group_key: NameKey | ''
    reason: string
    excepted_by: string
    excepted_at: number
    until_at: Maybe<number>
  }
  announcement: {
    id: Generated<number>
    connection_id: ConnectionId
    source_group_id: Maybe<SourceGroupId>
    /** Its name when it was announced. */
    source_group: Maybe<string>
    filter: Maybe<string>
    people: number
    from_at: number
    until_at: number
    reason: string
    announced_by: string
    announced_at: number
    /** Who was gone from the source by then is not meant. */
    gone_after: number
  }
  announced_person: { announcement_id: number; identity_id: IdentityId }
  announced_leaver: { plan_id: PlanId; identity_id: IdentityId; announcement_id: number }
  pause: {
    id: Generated<number>
    connection_id: Maybe<ConnectionId>
    target_id: Maybe<TargetId>
    reason: Maybe<string>
    paused_by: string
    paused_at: number
  }
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
  audit_segment: {
    id: Generated<number>
    /** Days since 1970, UTC. */
    day: number
    key_id: string
    before_mac: string
    first_entry: number
    last_entry: Maybe<number>
    head: Maybe<string>
    seal: Maybe<string>
  }
  audit_entry: {
    id: number
    segment_id: number
    at: number
    action: string
    digest: string
    mac: string
    /** Gone with the content when it is erased: nobody can try what it said. */
    salt: Maybe<string>
    content: Maybe<Json>
    erased_at: Maybe<number>
  }
  notice: {
    id: Generated<number>
    notice_key: string
    /** Another stage of the same is told once more. */
    stage: string
    content: Json
    opened_at: number
    closed_at: Maybe<number>
  }
  notice_message: {
    id: Generated<number>
    channel: string
    event: 'opened' | 'changed' | 'ended'
    content: Json
    at: number
  }
  /** Channels that failed last. */
  notice_channel: { channel: string; failures: number; not_before: number; problem: Json }
  scim_user: ScimResourceColumns & {
    identity_id: IdentityId
    user_name_key: NameKey
    /** JSON as it is answered, up to the address; empty: put together from the other columns. */
    meta: Generated<string>
  }
  scim_user_email: { connection_id: ConnectionId; value_key: NameKey; identity_id: IdentityId }
  scim_group: ScimResourceColumns & { source_group_id: SourceGroupId; display_name_key: NameKey }
  scim_total: {
    connection_id: ConnectionId
    identity_count: number
    group_count: number
    membership_count: number
    shift_count: number
  }
  scim_departed: { connection_id: ConnectionId; external_id: string; identity_id: IdentityId; departed_at: number }
  scim_token: {
    id: Generated<number>
    connection_id: ConnectionId
    /** The part of the token that is no secret: it is looked up by it. */
    token_id: string
    secret_hash: string
    label: string
    created_at: number
    created_by: Maybe<string>
    expires_at: Maybe<number>
    last_used_at: Maybe<number>
    revoked_at: Maybe<number>
  }
  scim_log: {
    id: Generated<number>
    connection_id: ConnectionId
    at: number
    token_id: Maybe<string>
    remote_address: string
    method: string
    resource_type: Maybe<string>
    scim_id: Maybe<string>
    subject_name: Maybe<string>
    /** Names of the attributes that the request wrote, never their values. */
    attributes: Maybe<string>
    status: number
    scim_type: Maybe<string>
    detail: Maybe<string>
    duration_us: number
    request_id: string
    /** The number of the marks that the write made; `null`: it changed nothing that targets could want. */
    mark_seq: Maybe<number>
    /** The run whose plans looked at those marks. */
    run_id: Maybe<RunId>
  }
  scim_marking: {
    connection_id: ConnectionId
    source_group_id: SourceGroupId
    reason: string
    marked_at: number
    after_id: number
  }
}

interface ScimResourceColumns {
  connection_id: ConnectionId
  /** The id that we issued; the identity's external id is the same. */
  scim_id: string
  external_id: Maybe<string>
  /** JSON as it is answered, without members and groups. */
  body: Json
  /** The same values as filters compare them. */
  folded: Json
  /** Counts changes: the ETag. */
  version: number
  created_at: number
  modified_at: number
}
