import type { AccountId, AccountKey, Instant, TargetGroupId, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'
import { unindexed } from '../../store/unindexed.ts'

export interface UnclaimedFilter {
  /** Part of a name or e-mail address. */
  readonly search: string | undefined
  readonly active?: boolean | undefined
  /** Number to continue behind; from the start: 0. */
  readonly after: number
  readonly limit: number
}

/** An account of a product that no connection claims. */
export interface Unclaimed {
  readonly id: AccountId
  readonly key: AccountKey
  readonly name: string
  readonly displayName: string
  readonly email: string | undefined
  readonly active: boolean
  readonly lastSignInAt: Instant | undefined
}

export interface Found<Item> {
  readonly items: readonly Item[]
  /** Of everything that matches. */
  readonly total: number
  readonly nextAfter: number | undefined
}

/** Who is in a product that nobody here manages, as last observed; a page at a time. */
export async function findUnclaimed(db: Db, target: TargetId, filter: UnclaimedFilter): Promise<Found<Unclaimed>> {
  const matching = unclaimedOf(db, target, filter)
  const { total } = await matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .select(['account.id', 'account_key', 'name', 'display_name', 'email', 'active', 'last_sign_in_at'])
    .where('account.id', '>', filter.after as AccountId)
    .orderBy('account.id')
    .limit(filter.limit + 1)
    .execute()
  const items = rows.slice(0, filter.limit).map((row) => ({
    id: row.id,
    key: row.account_key,
    name: row.name,
    displayName: row.display_name,
    email: row.email ?? undefined,
    active: row.active === 1,
    lastSignInAt: row.last_sign_in_at ?? undefined,
  }))
  return { items, total, nextAfter: rows.length > items.length ? items.at(-1)?.id : undefined }
}

function unclaimedOf(db: Db, target: TargetId, { search, active }: UnclaimedFilter) {
  const { contains } = dialectOf(db)
  let query = db
    .selectFrom('account')
    .leftJoin('claim', 'claim.account_id', 'account.id')
    .where(unindexed('account.target_id'), '=', target)
    .where('account.missing_at', 'is', null)
    .where('claim.account_id', 'is', null)
  if (active !== undefined) query = query.where('account.active', '=', active ? 1 : 0)
  if (search === undefined) return query
  const part = nameKey(search)
  return query.where(({ or, ref }) =>
    or([contains(ref('account.name_key'), part), contains(ref('account.email_key'), part)]),
  )
}

/** A group of a product that no connection is tied to. */
export interface Unbound {
  readonly id: TargetGroupId
  readonly name: string
  readonly members: number
}

/** Groups of a product that no binding names, as last observed; a page at a time. */
export async function findUnbound(
  db: Db,
  target: TargetId,
  filter: Omit<UnclaimedFilter, 'active'>,
): Promise<Found<Unbound>> {
  const matching = unboundOf(db, target, filter.search)
  const { total } = await matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .select((eb) => [
      'target_group.id',
      'target_group.name',
      eb
        .selectFrom('account_membership')
        .whereRef('account_membership.target_group_id', '=', 'target_group.id')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .as('members'),
    ])
    .where('target_group.id', '>', filter.after as TargetGroupId)
    .orderBy('target_group.id')
    .limit(filter.limit + 1)
    .execute()
  const items = rows.slice(0, filter.limit).map(({ id, name, members }) => ({ id, name, members: members ?? 0 }))
  return { items, total, nextAfter: rows.length > items.length ? items.at(-1)?.id : undefined }
}

function unboundOf(db: Db, target: TargetId, search: string | undefined) {
  const query = db
    .selectFrom('target_group')
    .where(unindexed('target_group.target_id'), '=', target)
    .where('target_group.missing_at', 'is', null)
    .where('target_group.id', 'not in', ({ selectFrom }) =>
      selectFrom('group_binding').select('group_binding.target_group_id').where('group_binding.target_id', '=', target),
    )
  if (search === undefined) return query
  return query.where(({ ref }) => dialectOf(db).contains(ref('target_group.name_key'), nameKey(search)))
}
