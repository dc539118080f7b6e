import type { AccountId, Instant, NameKey, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { createExceptionBook, type ExceptionBook } from '../../planning/exceptions.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { markAccounts, markWanting } from '../marks/mark-subjects.ts'

/** What of a target is to be left alone at that time. */
export async function readExceptions(db: Db, target: TargetId, asOf: Instant): Promise<ExceptionBook> {
  const rows = await select(db)
    .where('exception.target_id', '=', target)
    .where((where) => where.or([where('exception.until_at', 'is', null), where('exception.until_at', '>', asOf)]))
    .execute()
  return createExceptionBook(
    rows.map((row) => ({
      account: row.account_id ?? undefined,
      name: row.current_name ?? row.name,
      group: row.group_name ?? undefined,
      reason: row.reason,
      by: row.excepted_by,
      until: row.until_at ?? undefined,
    })),
  )
}

const select = (db: Db) =>
  db
    .selectFrom('exception')
    .leftJoin('account', (join) =>
      join
        .onRef('account.target_id', '=', 'exception.target_id')
        .onRef('account.account_key', '=', 'exception.account_key'),
    )
    .selectAll('exception')
    .select(['account.id as account_id', 'account.name as current_name'])

export interface NewException {
  readonly target: TargetId
  readonly name: string
  /** `undefined`: the whole account. */
  readonly group: string | undefined
  readonly reason: string
  readonly by: string
  readonly until: Instant | undefined
}

/** Says it, or says it anew: of one account, or one account in one group, there is one exception. */
export async function storeException(
  trx: Trx,
  { target, name, group, reason, by, until }: NewException,
  at: Instant,
): Promise<number> {
  const account = await accountNamed(trx, target, name)
  const said = {
    account_key: account?.account_key ?? null,
    name,
    group_name: group ?? null,
    reason,
    excepted_by: by,
    excepted_at: at,
    until_at: until ?? null,
  }
  const { id } = await trx
    .insertInto('exception')
    .values({
      target_id: target,
      name_key: nameKey(name),
      group_key: group === undefined ? '' : nameKey(group),
      ...said,
    })
    .onConflict((conflict) => conflict.columns(['target_id', 'name_key', 'group_key']).doUpdateSet(said))
    .returning('id')
    .executeTakeFirstOrThrow()
  await markConcerned(trx, target, [{ account: account?.id, key: nameKey(name) }], at)
  return id
}

export const accountNamed = (db: Db, target: TargetId, name: string) =>
  db
    .selectFrom('account')
    .select(['id', 'account_key', 'name'])
    .where('target_id', '=', target)
    .where('name_key', '=', nameKey(name))
    .orderBy('missing_at')
    .executeTakeFirst()

/** Whether somebody is to have an account of that name, who has none yet. */
export async function isWantedName(db: Db, target: TargetId, name: string): Promise<boolean> {
  const row = await db
    .selectFrom('wanted_account')
    .select('identity_id')
    .where('target_id', '=', target)
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst()
  return row !== undefined
}

/** False when there is none of this number. */
export async function dropException(trx: Trx, id: number, at: Instant): Promise<boolean> {
  return (await drop(trx, [id], at)) > 0
}

/** Those whose end has come: they do not hold any more, and whoever they were about is looked at again. */
export async function endExceptions(trx: Trx, target: TargetId, asOf: Instant): Promise<void> {
  const ended = await trx
    .selectFrom('exception')
    .select('id')
    .where('target_id', '=', target)
    .where('until_at', '<=', asOf)
    .execute()
  await drop(
    trx,
    ended.map(({ id }) => id),
    asOf,
  )
}

async function drop(trx: Trx, ids: readonly number[], at: Instant): Promise<number> {
  if (ids.length === 0) return 0
  const rows = await select(trx).where('exception.id', 'in', dialectOf(trx).integers(ids)).execute()
  await trx.deleteFrom('exception').where('id', 'in', dialectOf(trx).integers(ids)).execute()
  for (const [target, group] of Map.groupBy(rows, (row) => row.target_id)) {
    const concerned = group.map((row) => ({ account: row.account_id ?? undefined, key: row.name_key }))
    await markConcerned(trx, target, concerned, at)
  }
  return rows.length
}

async function markConcerned(
  trx: Trx,
  target: TargetId,
  concerned: readonly { readonly account: AccountId | undefined; readonly key: NameKey }[],
  at: Instant,
): Promise<void> {
  const cause = { reason: 'exceptionChanged', at } as const
  const accounts = concerned.flatMap(({ account }) => account ?? [])
  await markAccounts(trx, target, accounts, cause)
  await markWanting(
    trx,
    target,
    concerned.map(({ key }) => key),
    cause,
  )
}

/** Exceptions as people see them, oldest first. */
export const listExceptions = (db: Db, target: TargetId | undefined) =>
  select(db)
    .innerJoin('target', 'target.id', 'exception.target_id')
    .select(['target.slug as target_slug', 'target.name as target_name'])
    .$if(target !== undefined, (query) => query.where('exception.target_id', '=', target as TargetId))
    .orderBy('exception.id')
    .execute()
