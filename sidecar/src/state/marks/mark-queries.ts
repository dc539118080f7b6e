import { type RawBuilder, sql } from 'kysely'
import type { SubjectKind } from './mark.ts'

/** The texts of marking, for whoever runs them: through Kysely, or prepared once with slots for the values. */
interface MarkValues {
  readonly reason: unknown
  readonly seq: unknown
  readonly at: unknown
  readonly notBefore: unknown
}

/** One set query: `subjects` gives `target_id, connection_id, kind, id`. A new cause starts the attempts anew. */
export const insertMarks = ({ reason, seq, at, notBefore }: MarkValues, subjects: RawBuilder<unknown>) => sql`
    insert into dirty (target_id, connection_id, subject_kind, subject_id, reason, seq, marked_at, not_before, attempts)
    select marked.target_id, marked.connection_id, marked.kind, marked.id, ${reason},
      cast(${seq} as bigint), cast(${at} as bigint), cast(${notBefore} as bigint), 0
    from (${subjects}) marked where true
    on conflict (target_id, connection_id, subject_kind, subject_id) do update set
      reason = excluded.reason, seq = excluded.seq, marked_at = excluded.marked_at, attempts = 0,
      not_before = case
        when excluded.not_before is null or dirty.not_before is null then null
        when dirty.not_before < excluded.not_before then dirty.not_before
        else excluded.not_before end`

/** These subjects on every target that the connection provisions. */
export const subjectsOfConnection = (connection: unknown, kind: SubjectKind, ids: RawBuilder<number>) => sql`
    select policy.target_id, policy.connection_id, ${sql.lit(kind)} as kind, subject.value as id
    from policy join ${ids} subject on true
    where policy.connection_id = ${connection} and policy.removed_at is null`

/** Everybody who is in one of these groups, directly or through nested groups. */
export const everybodyBelow = (connection: unknown, groups: RawBuilder<number>) => sql`
    with recursive below(id) as (
      select value from ${groups} start
      union select nesting.child_id from group_nesting nesting join below on nesting.parent_id = below.id)
    select distinct policy.target_id, policy.connection_id, 'identity' as kind, member.identity_id as id
    from below
    join identity_membership member on member.source_group_id = below.id
    join policy on policy.connection_id = ${connection} and policy.removed_at is null`
