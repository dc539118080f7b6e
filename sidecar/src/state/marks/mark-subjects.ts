import { type RawBuilder, sql } from 'kysely'
import type { AccountId, ConnectionId, NameKey, SourceGroupId, TargetGroupId, TargetId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Trx } from '../../store/transaction.ts'
import type { Cause, Leg, SubjectKind } from './mark.ts'
import { everybodyBelow, insertMarks, subjectsOfConnection } from './mark-queries.ts'
import { markSequence } from './mark-sequence.ts'

/** Marks these subjects of a connection on every target that it provisions. */
export async function markSubjects(
  trx: Trx,
  connection: ConnectionId,
  kind: SubjectKind,
  ids: readonly number[],
  cause: Cause,
): Promise<void> {
  if (ids.length === 0) return
  await mark(trx, cause, subjectsOfConnection(connection, kind, dialectOf(trx).integers(ids)))
}

/** Marks these subjects on one target only. */
export async function markOnLeg(
  trx: Trx,
  leg: Leg,
  kind: SubjectKind,
  ids: readonly number[],
  cause: Cause,
): Promise<void> {
  if (ids.length === 0) return
  await mark(
    trx,
    cause,
    sql`
    select cast(${leg.target} as bigint) as target_id, cast(${leg.connection} as bigint) as connection_id,
      ${sql.lit(kind)} as kind, subject.value as id
    from ${dialectOf(trx).integers(ids)} subject`,
  )
}

/** Marks everybody who is in one of the groups directly or through nested groups (2,500 people: about 0.1 s). */
export async function markEverybodyBelow(
  trx: Trx,
  connection: ConnectionId,
  groups: readonly SourceGroupId[],
  cause: Cause,
): Promise<void> {
  if (groups.length === 0) return
  await mark(trx, cause, everybodyBelow(connection, dialectOf(trx).integers(groups)))
}

/**
 * Marks whom a changed account concerns: the identity that claims it, and while nobody does, the identities that want its
 * name or its e-mail.
 */
export async function markAccounts(
  trx: Trx,
  target: TargetId,
  accounts: readonly AccountId[],
  cause: Cause,
): Promise<void> {
  if (accounts.length === 0) return
  const changed = dialectOf(trx).integers(accounts)
  await mark(
    trx,
    cause,
    sql`
    select claim.target_id, claim.connection_id, 'identity' as kind, claim.identity_id as id
    from claim where claim.account_id in ${changed} and claim.target_id = ${target}
    union ${wantedLike('name_key', target, changed)}
    union ${wantedLike('email_key', target, changed)}`,
  )
}

const wantedLike = (key: 'name_key' | 'email_key', target: TargetId, accounts: RawBuilder<AccountId>) => sql`
  select wanted.target_id, wanted.connection_id, 'identity' as kind, wanted.identity_id as id
  from account
  join wanted_account wanted on wanted.target_id = ${target} and wanted.${sql.ref(key)} = account.${sql.ref(key)}
  where account.id in ${accounts} and not exists (select 1 from claim where claim.account_id = account.id)`

/** Marks whoever is to have an account of one of these names. */
export async function markWanting(trx: Trx, target: TargetId, names: readonly NameKey[], cause: Cause): Promise<void> {
  if (names.length === 0) return
  await mark(
    trx,
    cause,
    sql`
    select wanted.target_id, wanted.connection_id, 'identity' as kind, wanted.identity_id as id
    from wanted_account wanted
    where wanted.target_id = ${target} and wanted.name_key in ${dialectOf(trx).texts(names)}`,
  )
}

/** Marks the source groups that are bound to these target groups. */
export async function markBoundGroups(
  trx: Trx,
  target: TargetId,
  groups: readonly TargetGroupId[],
  cause: Cause,
): Promise<void> {
  if (groups.length === 0) return
  await mark(
    trx,
    cause,
    sql`
    select binding.target_id, binding.connection_id, 'sourceGroup' as kind, binding.source_group_id as id
    from group_binding binding
    where binding.target_id = ${target} and binding.target_group_id in ${dialectOf(trx).integers(groups)}`,
  )
}

/** Marks whoever has an open finding in which one of these names was in contention: the name, or a claim on it, is free. */
export async function markContenders(
  trx: Trx,
  target: TargetId,
  names: readonly NameKey[],
  cause: Cause,
): Promise<void> {
  if (names.length === 0) return
  await mark(
    trx,
    cause,
    sql`
    select distinct finding.target_id, finding.connection_id, finding.subject_kind as kind, finding.subject_id as id
    from contention join finding on finding.id = contention.finding_id
    where contention.target_id = ${target} and contention.name_key in ${dialectOf(trx).texts(names)}
      and finding.subject_kind in ('identity', 'sourceGroup')`,
  )
}

async function mark(trx: Trx, { reason, at, notBefore }: Cause, subjects: RawBuilder<unknown>): Promise<void> {
  const seq = await markSequence(trx)
  await insertMarks({ reason, seq, at, notBefore: notBefore ?? null }, subjects).execute(trx)
}
