import type { AccountId, IdentityId, NameKey } from '../../identity/ids.ts'
import { createUndoWorld, type UndoAccount, type UndoWorld } from '../../planning/undo/undo-world.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'

/** What an undo has to know of, by whom and what the run touched. */
export interface UndoScope {
  readonly identities: ReadonlySet<IdentityId>
  readonly accounts: ReadonlySet<AccountId>
  readonly names: ReadonlySet<NameKey>
  readonly groups: ReadonlySet<NameKey>
}

const pieceSize = 1000

/** The world of an undo as it is stored: what the target says of it was stored just before. */
export async function loadUndoWorld(db: Db, leg: Leg, scope: UndoScope): Promise<UndoWorld> {
  const world = createUndoWorld(leg.connection)
  const accounts = new Set([...scope.accounts, ...(await accountsOf(db, leg, scope))])
  for (const piece of pieces([...accounts])) await loadAccounts(db, leg, world, piece)
  await loadGroups(db, leg, world, [...scope.groups])
  await loadBindings(db, leg, world)
  return world
}

function* pieces<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += pieceSize) yield items.slice(at, at + pieceSize)
}

/** Whatever the people claim, and whoever has one of the names. */
async function accountsOf(db: Db, { target }: Leg, { identities, names }: UndoScope): Promise<readonly AccountId[]> {
  const found: AccountId[] = []
  for (const piece of pieces([...identities])) {
    const rows = await db
      .selectFrom('claim')
      .select('account_id as id')
      .where('target_id', '=', target)
      .where('identity_id', 'in', dialectOf(db).integers(piece))
      .execute()
    found.push(...rows.map(({ id }) => id))
  }
  for (const piece of pieces([...names])) {
    const rows = await db
      .selectFrom('account')
      .select('id')
      .where('target_id', '=', target)
      .where('name_key', 'in', dialectOf(db).texts(piece))
      .where('missing_at', 'is', null)
      .execute()
    found.push(...rows.map(({ id }) => id))
  }
  return found
}

async function loadAccounts(db: Db, leg: Leg, world: UndoWorld, ids: readonly AccountId[]): Promise<void> {
  const rows = await db
    .selectFrom('account')
    .leftJoin('claim', 'claim.account_id', 'account.id')
    .selectAll('account')
    .select(['claim.connection_id', 'claim.identity_id', 'claim.since', 'claim.attributes_written'])
    .where('account.target_id', '=', leg.target)
    .where('account.id', 'in', dialectOf(db).integers(ids))
    .execute()
  for (const row of rows) {
    const { connection_id: connection, identity_id: identity, since } = row
    const account: UndoAccount = {
      id: row.id,
      key: row.account_key,
      name: row.name,
      email: row.email ?? undefined,
      displayName: row.display_name,
      active: row.active === 1,
      gone: row.missing_at !== null,
      attributesWritten: row.attributes_written === null ? undefined : JSON.parse(row.attributes_written),
      groups: new Set(),
      granted: new Set(),
      claimedBy:
        connection === null || identity === null || since === null ? undefined : { connection, identity, since },
    }
    world.accounts.set(row.id, account)
    if (!account.gone) world.names.set(row.name_key, account)
    if (connection === leg.connection && identity !== null) world.claimed.set(identity, account)
  }
  await loadMemberships(db, leg, world, ids)
}

async function loadMemberships(db: Db, leg: Leg, world: UndoWorld, ids: readonly AccountId[]): Promise<void> {
  const rows = await db
    .selectFrom('account_membership as member')
    .innerJoin('target_group', 'target_group.id', 'member.target_group_id')
    .leftJoin('granted_membership as granted', (join) =>
      join
        .onRef('granted.account_id', '=', 'member.account_id')
        .onRef('granted.target_group_id', '=', 'member.target_group_id')
        .on('granted.connection_id', '=', leg.connection),
    )
    .select(['member.account_id', 'target_group.name_key', 'granted.how'])
    .where('member.account_id', 'in', dialectOf(db).integers(ids))
    .execute()
  for (const { account_id, name_key, how } of rows) {
    const account = world.accounts.get(account_id)
    account?.groups.add(name_key)
    if (how !== null) account?.granted.add(name_key)
  }
}

async function loadGroups(db: Db, { target }: Leg, world: UndoWorld, keys: readonly NameKey[]): Promise<void> {
  for (const piece of pieces(keys)) {
    const rows = await db
      .selectFrom('target_group')
      .select(['id', 'name', 'name_key'])
      .where('target_id', '=', target)
      .where('name_key', 'in', dialectOf(db).texts(piece))
      .where('missing_at', 'is', null)
      .execute()
    for (const { id, name, name_key } of rows)
      world.groups.set(name_key, { id, name, exists: true, members: undefined })
  }
  const nested = await db
    .selectFrom('target_group_nesting as nesting')
    .innerJoin('target_group as parent', 'parent.id', 'nesting.parent_id')
    .innerJoin('target_group as child', 'child.id', 'nesting.child_id')
    .select(['parent.name_key as parent', 'child.name_key as child'])
    .where('parent.target_id', '=', target)
    .where('parent.name_key', 'in', dialectOf(db).texts(keys))
    .execute()
  for (const { parent, child } of nested) {
    world.children.set(parent, (world.children.get(parent) ?? new Set()).add(child))
  }
}

/** All of the leg: another source group may be tied to a group that is to go. */
async function loadBindings(db: Db, { connection, target }: Leg, world: UndoWorld): Promise<void> {
  const rows = await db
    .selectFrom('group_binding')
    .innerJoin('target_group', 'target_group.id', 'group_binding.target_group_id')
    .select(['group_binding.source_group_id', 'target_group.name_key'])
    .where('group_binding.target_id', '=', target)
    .where('group_binding.connection_id', '=', connection)
    .execute()
  for (const { source_group_id, name_key } of rows) world.bindings.set(source_group_id, name_key)
}
