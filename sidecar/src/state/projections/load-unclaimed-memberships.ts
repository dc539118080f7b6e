import { sql } from 'kysely'
import type { AccountId, AccountKey, NameKey, TargetGroupId, TargetId } from '../../identity/ids.ts'
import type { UnclaimedMembership } from '../../planning/plan-unclaimed-members.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'

export interface UnclaimedQuestion {
  readonly target: TargetId
  readonly groups: readonly TargetGroupId[]
  /** Accounts that are about to be somebody's. */
  readonly adopted: readonly AccountId[]
}

interface Row {
  readonly group: TargetGroupId
  readonly account: AccountId
  readonly key: AccountKey
  readonly name: string
  readonly name_key: NameKey
  readonly wanted: number
}

const pageSize = 1000

/** Memberships in these groups of accounts that no connection claims, a thousand accounts at a time, by name. */
export async function* loadUnclaimedMemberships(
  db: Db,
  question: UnclaimedQuestion,
): AsyncGenerator<readonly UnclaimedMembership[]> {
  if (question.groups.length === 0) return
  for (let after = 0; ; ) {
    const accounts = await unclaimedAccounts(db, question, after)
    const last = accounts.at(-1)
    if (last === undefined) return
    yield await membershipsOf(db, question, accounts)
    after = last
  }
}

async function unclaimedAccounts(db: Db, { target, adopted }: UnclaimedQuestion, after: number): Promise<AccountId[]> {
  const rows = await db
    .selectFrom('account')
    .leftJoin('claim', 'claim.account_id', 'account.id')
    .select('account.id')
    .where('account.target_id', '=', target)
    .where('account.missing_at', 'is', null)
    .where('claim.account_id', 'is', null)
    .where('account.id', 'not in', dialectOf(db).integers(adopted))
    .where('account.id', '>', after as AccountId)
    .orderBy('account.id')
    .limit(pageSize)
    .execute()
  return rows.map(({ id }) => id)
}

async function membershipsOf(
  db: Db,
  { target, groups }: UnclaimedQuestion,
  accounts: readonly AccountId[],
): Promise<readonly UnclaimedMembership[]> {
  const { integers } = dialectOf(db)
  const { rows } = await sql<Row>`
    select member.target_group_id as "group", account.id as account, account.account_key as "key", account.name,
      account.name_key, case when ${wantedByName(target)} or ${wantedByAddress(target)} then 1 else 0 end as wanted
    from account join account_membership member on member.account_id = account.id
    where account.id in ${integers(accounts)} and member.target_group_id + 0 in ${integers(groups)}
    order by account.id, member.target_group_id`.execute(db)
  return rows.map(({ name_key: nameKey, wanted, ...row }) => ({ ...row, nameKey, isContended: wanted === 1 }))
}

const wantedByName = (target: TargetId) => sql`exists (select 1 from wanted_account wanted
  where wanted.target_id = ${target} and wanted.name_key = account.name_key and wanted.state = 'wanted')`

/** Whoever has an account may have a second one with the same address; to whoever has none it may belong. */
const wantedByAddress = (target: TargetId) => sql`exists (select 1 from wanted_account wanted
  where wanted.target_id = ${target} and wanted.email_key = account.email_key and wanted.state = 'wanted'
    and not exists (select 1 from claim where claim.target_id = wanted.target_id
      and claim.identity_id = wanted.identity_id))`
