import type { Selectable } from 'kysely'
import type { AccountId, IdentityId, OperationId, TargetGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { OperationKind } from '../../planning/operation.ts'
import type { ClaimBefore, GrantBefore, UndoRecord } from '../../planning/undo/undo-record.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import type { ExecutedPlan } from '../journal/journaled-operation.ts'
import type { Settlement } from '../journal/settlement.ts'
import { readUndoRecords } from './undo-records.ts'

interface Undone {
  readonly kind: OperationKind
  /** Absent where the operation is older than the saving. */
  readonly saved: UndoRecord | undefined
}

/**
 * What is between us and the target becomes what it was before the operations that were taken back: claims, grants and
 * ties of groups, which the inverse of an operation alone would leave as its own doing.
 */
export async function restoreProvenance(
  trx: Trx,
  plan: ExecutedPlan,
  settlements: readonly Settlement[],
): Promise<void> {
  const inverses = settlements.filter(({ operation, status }) => status === 'applied' && operation.undoes !== undefined)
  if (inverses.length === 0) return
  const undone = await readUndone(
    trx,
    inverses.flatMap(({ operation }) => operation.undoes ?? []),
  )
  for (const inverse of inverses) {
    const { undoes } = inverse.operation
    const before = undoes === undefined ? undefined : undone.get(undoes)
    if (before) await restore(trx, plan, inverse, before)
  }
}

async function readUndone(db: Db, ids: readonly OperationId[]): Promise<ReadonlyMap<OperationId, Undone>> {
  const records = await readUndoRecords(db, ids)
  const rows = await db
    .selectFrom('operation')
    .select(['id', 'kind'])
    .where('id', 'in', dialectOf(db).integers(ids))
    .execute()
  return new Map(rows.map(({ id, kind }) => [id, { kind: kind as OperationKind, saved: records.get(id) }]))
}

async function restore(trx: Trx, plan: ExecutedPlan, { operation: journaled }: Settlement, undone: Undone) {
  const { operation } = journaled
  const { saved } = undone
  switch (operation.kind) {
    case 'activateUser':
    case 'deactivateUser':
      return restoreActivity(trx, plan, operation.identity, undone)
    case 'setAttributes':
      return restoreAttributes(trx, plan, operation.identity, saved)
    case 'createUser':
    case 'adoptAccount':
      if (saved) await restoreClaim(trx, plan, operation.identity, saved)
      if (saved && operation.kind === 'adoptAccount') await insertGrants(trx, saved.grants ?? [])
      return
    case 'releaseAccount':
      return saved && restoreFormerOwner(trx, saved)
    case 'addMember':
      return restoreGrant(trx, plan, operation, undone)
    case 'adoptMemberships':
      return saved && replaceGrants(trx, saved.grants ?? [])
    case 'createGroup':
    case 'deleteGroup':
    case 'bindGroup':
    case 'unbindGroup':
      return saved && restoreBindings(trx, plan, operation, saved)
    default:
      return
  }
}

const claimOf = (trx: Trx, { target, connection }: ExecutedPlan, identity: IdentityId) =>
  trx
    .updateTable('claim')
    .where('target_id', '=', target)
    .where('connection_id', '=', connection)
    .where('identity_id', '=', identity)

const savedClaim = (saved: UndoRecord | undefined, identity: IdentityId): ClaimBefore | undefined =>
  saved?.claims?.find(({ identity_id }) => identity_id === identity)

/** An account that we created and that was deactivated for it gets the groups for new people if it comes back. */
async function restoreActivity(trx: Trx, plan: ExecutedPlan, identity: IdentityId, { kind, saved }: Undone) {
  if (kind === 'createUser') {
    await claimOf(trx, plan, identity).set({ initial_groups_due: 1 }).execute()
    return
  }
  const before = savedClaim(saved, identity)
  if (before === undefined) return
  await claimOf(trx, plan, identity)
    .set({ deactivated_by_us: before.deactivated_by_us === 1 ? 1 : 0 })
    .execute()
}

async function restoreAttributes(trx: Trx, plan: ExecutedPlan, identity: IdentityId, saved: UndoRecord | undefined) {
  const written = savedClaim(saved, identity)?.attributes_written ?? null
  await claimOf(trx, plan, identity).set({ attributes_written: written }).execute()
}

/** But for when it began, by which an undo of this undo knows it, and the account, which may be another by now. */
async function restoreClaim(trx: Trx, plan: ExecutedPlan, identity: IdentityId, saved: UndoRecord) {
  const before = savedClaim(saved, identity)
  if (before === undefined) return
  const { account_id: _, since: __, ...rest } = before
  await claimOf(trx, plan, identity)
    .set(rest as Partial<Selectable<Tables['claim']>>)
    .execute()
}

/** Whose account it was before we adopted it, unless it belongs to somebody again. */
async function restoreFormerOwner(trx: Trx, saved: UndoRecord): Promise<void> {
  for (const before of saved.claims ?? []) {
    await trx
      .insertInto('claim')
      .values(before as unknown as Selectable<Tables['claim']>)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await insertGrants(trx, saved.grants ?? [])
}

interface Pair {
  readonly account: AccountId
  readonly group: TargetGroupId
}

/** As granted as it was, or by nobody. What was saved of one person is theirs also when their account is another now. */
async function restoreGrant(
  trx: Trx,
  plan: ExecutedPlan,
  operation: Extract<Settlement['operation']['operation'], { kind: 'addMember' }>,
  { kind, saved }: Undone,
): Promise<void> {
  const pair = await readPair(trx, plan, operation.identity, operation.group.name)
  if (saved?.grants === undefined || pair === undefined) return
  await dropGrant(trx, plan.connection, pair)
  const before = saved.grants.filter(
    ({ group_name, account_id }) =>
      nameKey(group_name) === nameKey(operation.group.name) && (kind !== 'deleteGroup' || account_id === pair.account),
  )
  await insertGrants(
    trx,
    before.map((grant) => ({ ...grant, account_id: pair.account, target_group_id: pair.group })),
  )
}

async function readPair(
  db: Db,
  { target }: ExecutedPlan,
  identity: IdentityId,
  group: string,
): Promise<Pair | undefined> {
  const row = await db
    .selectFrom('claim')
    .innerJoin('target_group', 'target_group.target_id', 'claim.target_id')
    .select(['claim.account_id as account', 'target_group.id as group'])
    .where('claim.target_id', '=', target)
    .where('claim.identity_id', '=', identity)
    .where('target_group.name_key', '=', nameKey(group))
    .executeTakeFirst()
  return row
}

async function dropGrant(trx: Trx, connection: ExecutedPlan['connection'], { account, group }: Pair): Promise<void> {
  await trx
    .deleteFrom('granted_membership')
    .where('account_id', '=', account)
    .where('target_group_id', '=', group)
    .where('connection_id', '=', connection)
    .execute()
}

async function replaceGrants(trx: Trx, grants: readonly GrantBefore[]): Promise<void> {
  for (const { account_id: account, target_group_id: group, connection_id } of grants) {
    await dropGrant(trx, connection_id, { account, group })
  }
  await insertGrants(trx, grants)
}

/** Only where the account is in the group: a grant of nothing would count for ever. */
async function insertGrants(trx: Trx, grants: readonly GrantBefore[]): Promise<void> {
  for (const { group_name: _, ...grant } of grants) {
    const member = await trx
      .selectFrom('account_membership')
      .select('account_id')
      .where('account_id', '=', grant.account_id)
      .where('target_group_id', '=', grant.target_group_id)
      .executeTakeFirst()
    if (member === undefined) continue
    await trx
      .insertInto('granted_membership')
      .values(grant)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

type GroupOperation = Extract<Settlement['operation']['operation'], { group: unknown; sourceGroup: unknown }>

/** A tie to a group that was deleted leads to the one of that name that was created again. */
async function restoreBindings(
  trx: Trx,
  { target }: ExecutedPlan,
  { kind, group: { name } }: GroupOperation,
  saved: UndoRecord,
): Promise<void> {
  for (const before of saved.bindings ?? []) {
    const row = before as unknown as Tables['group_binding']
    const groups = trx.selectFrom('target_group').select('id').where('target_id', '=', target)
    const same = await groups.where('id', '=', row.target_group_id).executeTakeFirst()
    const again =
      kind === 'createGroup' ? await groups.where('name_key', '=', nameKey(name)).executeTakeFirst() : undefined
    const group = same ?? again
    if (group === undefined) continue
    const { created_by_us, since, unbound_at } = row
    const values = { target_group_id: group.id, created_by_us, since, unbound_at }
    await trx
      .insertInto('group_binding')
      .values({ ...row, ...values })
      .onConflict((conflict) => conflict.columns(['target_id', 'connection_id', 'source_group_id']).doUpdateSet(values))
      .execute()
  }
}
