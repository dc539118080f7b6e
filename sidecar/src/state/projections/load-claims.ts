import { type ExpressionBuilder, sql } from 'kysely'
import type { AccountId, ConnectionId, IdentityId, TargetGroupId } from '../../identity/ids.ts'
import type { ClaimState, GrantState } from '../../planning/subject.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import { accountColumns, toAccountState } from './account-row.ts'
import { loadRevoked, noneRevoked } from './load-revoked.ts'
import { numbersOf } from './numbers-of.ts'

/** A grant of our own as one number, so that a thousand people's grants are one aggregate: group × 4 + how. */
const hows = ['added', 'adopted', 'initial'] as const

/** One object for all grants of a group in the same way: a plan reads a million of them. */
export type GrantPool = Map<number, GrantState>

/** The accounts that these identities claim, with their memberships and grants: set queries, none per person. */
export async function loadClaims(
  db: Db,
  leg: Leg,
  ids: readonly IdentityId[],
  pool: GrantPool,
): Promise<Map<IdentityId, ClaimState>> {
  const rows = await claimRows(db, leg, ids)
  const revoked = await loadRevoked(
    db,
    rows.map((row) => row.id),
  )
  const foreign = await grantsOfOthers(
    db,
    leg,
    rows.map((row) => row.id),
  )
  return new Map(
    rows.map((row) => [
      row.identity_id,
      {
        account: toAccountState(row),
        how: row.how,
        deactivatedByUs: row.deactivated_by_us === 1,
        initialGroupsDue: row.initial_groups_due === 1,
        attributesWritten: row.attributes_written === null ? undefined : JSON.parse(row.attributes_written),
        suffixOf: row.suffix_of ?? undefined,
        memberships: numbersOf<TargetGroupId>(row.memberships),
        grants: grantsOf(row.grants, leg.connection, pool, foreign.get(row.id)),
        revoked: revoked.get(row.id) ?? noneRevoked,
      },
    ]),
  )
}

const claimRows = (db: Db, { connection, target }: Leg, ids: readonly IdentityId[]) =>
  db
    .selectFrom('claim')
    .innerJoin('account', 'account.id', 'claim.account_id')
    .select([
      'claim.identity_id',
      'claim.how',
      'claim.deactivated_by_us',
      'claim.initial_groups_due',
      'claim.attributes_written',
      'claim.suffix_of',
      ...accountColumns,
      (eb) => membershipsOf(db, eb).as('memberships'),
      (eb) =>
        eb
          .selectFrom('granted_membership as granted')
          .whereRef('granted.account_id', '=', 'account.id')
          .where('granted.connection_id', '=', connection)
          .select(() =>
            dialectOf(db)
              .arrayOf(
                sql`granted.target_group_id * 4 + case granted.how when 'added' then 0 when 'adopted' then 1 else 2 end`,
              )
              .as('grants'),
          )
          .as('grants'),
    ])
    .where('claim.target_id', '=', target)
    .where('claim.connection_id', '=', connection)
    .where('claim.identity_id', 'in', dialectOf(db).integers(ids))
    .execute()

/** Observed groups of the account of the surrounding query. */
export const membershipsOf = (db: Db, eb: ExpressionBuilder<Tables, 'account'>) =>
  eb
    .selectFrom('account_membership as observed')
    .whereRef('observed.account_id', '=', 'account.id')
    .select(({ ref }) => dialectOf(db).arrayOf(ref('observed.target_group_id')).as('memberships'))

function grantsOf(
  json: string | null,
  connection: ConnectionId,
  pool: GrantPool,
  foreign: readonly GrantState[] | undefined,
): readonly GrantState[] {
  const own = numbersOf(json).map((code) => pooled(code, connection, pool))
  return foreign === undefined ? own : [...own, ...foreign]
}

function pooled(code: number, connection: ConnectionId, pool: GrantPool): GrantState {
  const known = pool.get(code)
  if (known !== undefined) return known
  const grant = { group: Math.floor(code / 4) as TargetGroupId, connection, how: hows[code % 4] ?? 'added' }
  pool.set(code, grant)
  return grant
}

async function grantsOfOthers(
  db: Db,
  { connection, target }: Leg,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, GrantState[]>> {
  if (!(await isShared(db, { connection, target }))) return new Map()
  const rows = await db
    .selectFrom('granted_membership')
    .select(['account_id', 'target_group_id', 'connection_id', 'how'])
    .where('account_id', 'in', dialectOf(db).integers(accounts))
    .where('connection_id', '<>', connection)
    .orderBy('target_group_id')
    .orderBy('connection_id')
    .execute()
  const grants = rows.map((row) => ({
    account: row.account_id,
    grant: { group: row.target_group_id, connection: row.connection_id, how: row.how },
  }))
  const byAccount = Map.groupBy(grants, ({ account }) => account)
  return new Map([...byAccount].map(([account, entries]) => [account, entries.map(({ grant }) => grant)]))
}

/** Some other connection provisions the target, or once did: its grants stay when its policy is removed. */
async function isShared(db: Db, { connection, target }: Leg): Promise<boolean> {
  const other = await db
    .selectFrom('policy')
    .select('connection_id')
    .where('target_id', '=', target)
    .where('connection_id', '<>', connection)
    .executeTakeFirst()
  return other !== undefined
}
