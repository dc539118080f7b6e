import { sql } from 'kysely'
import type { Instant, NameKey } from '../../identity/ids.ts'
import type { Leg } from '../../state/marks/mark.ts'
import { wakeOtherLegs } from '../../state/projections/wake-contenders.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'

/** An account has about ten grants, which go with it. */
const accountsOfPiece = 100
const rowsOfPiece = 1_000

/** What a leg keeps besides accounts, by the column that tells its rows apart. */
const rows = { group_binding: 'source_group_id', dirty: 'subject_id', wanted_account: 'identity_id', finding: 'id' }

/**
 * Gives up what removed policies managed: claims, grants, bindings and marks go, no account is touched. In pieces, so that
 * a million grants stop nobody, and by level: what an interruption leaves is given up the next time. A policy that is
 * back meanwhile keeps what is left.
 */
export async function releaseRemoved(db: Db, now: Instant): Promise<void> {
  for (const leg of await removedLegs(db)) {
    while (await transaction(db, (trx) => releaseAccounts(trx, leg, now)));
    while (await transaction(db, (trx) => releaseNesting(trx, leg)));
    for (const [table, column] of Object.entries(rows)) {
      while (await transaction(db, (trx) => deletePiece(trx, leg, table, column)));
    }
  }
}

async function removedLegs(db: Db): Promise<readonly Leg[]> {
  const removed = await db
    .selectFrom('policy')
    .select(['connection_id', 'target_id'])
    .where('removed_at', 'is not', null)
    .execute()
  return removed.map(({ connection_id: connection, target_id: target }) => ({ connection, target }))
}

/** True while there may be more. Whoever wants one of these accounts for another connection is woken. */
async function releaseAccounts(trx: Trx, leg: Leg, now: Instant): Promise<boolean> {
  const claims = await trx
    .selectFrom('claim')
    .innerJoin('account', 'account.id', 'claim.account_id')
    .innerJoin('policy', (join) =>
      join
        .onRef('policy.connection_id', '=', 'claim.connection_id')
        .onRef('policy.target_id', '=', 'claim.target_id')
        .on('policy.removed_at', 'is not', null),
    )
    .select(['claim.account_id', 'account.name_key', 'account.email_key'])
    .where('claim.connection_id', '=', leg.connection)
    .where('claim.target_id', '=', leg.target)
    .limit(accountsOfPiece)
    .execute()
  if (claims.length === 0) return false
  const accounts = claims.map(({ account_id }) => account_id)
  await trx
    .deleteFrom('granted_membership')
    .where('account_id', 'in', accounts)
    .where('connection_id', '=', leg.connection)
    .execute()
  await trx.deleteFrom('claim').where('account_id', 'in', accounts).execute()
  const keys = claims.flatMap(({ name_key, email_key }): NameKey[] => (email_key ? [name_key, email_key] : [name_key]))
  await wakeOtherLegs(trx, { leg, asOf: now, markSeq: 0 }, keys)
  return true
}

/** True while there may be more. Groups stay in the groups that the connection put them into. */
async function releaseNesting(trx: Trx, { connection, target }: Leg): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from granted_nesting where connection_id = ${connection} and parent_id in (
      select nesting.parent_id from granted_nesting nesting
      join target_group on target_group.id = nesting.parent_id and target_group.target_id = ${target}
      join policy on policy.connection_id = nesting.connection_id and policy.target_id = target_group.target_id
        and policy.removed_at is not null
      where nesting.connection_id = ${connection} limit ${rowsOfPiece})`.execute(trx)
  return (numAffectedRows ?? 0n) > 0n
}

/** True while there may be more. */
async function deletePiece(trx: Trx, { connection, target }: Leg, table: string, column: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)}
    where connection_id = ${connection} and target_id = ${target} and ${sql.ref(column)} in (
      select ${sql.ref(`piece.${column}`)} from ${sql.table(table)} piece
      join policy on policy.connection_id = piece.connection_id and policy.target_id = piece.target_id
        and policy.removed_at is not null
      where piece.connection_id = ${connection} and piece.target_id = ${target} limit ${rowsOfPiece})`.execute(trx)
  return (numAffectedRows ?? 0n) > 0n
}
