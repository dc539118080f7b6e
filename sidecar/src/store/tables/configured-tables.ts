import type { Generated } from 'kysely'
import type { ConnectionId, NameKey, TargetId } from '../../identity/ids.ts'
import type { Flag, Json, Maybe } from './columns.ts'

/** What an administrator configured. */
export interface ConfiguredTables {
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
}
