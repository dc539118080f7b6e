import type { AccountId, TargetGroupId } from '../../identity/ids.ts'
import type { ClaimBefore, GrantBefore, UndoRecord } from '../../planning/undo/undo-record.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import type { ExecutedPlan } from '../journal/journaled-operation.ts'
import type { Saving } from './saving.ts'

/** What is on record about the subjects of some operations, asked for once for all of them. */
export interface StateBefore {
  claims(saving: Saving): readonly ClaimBefore[]
  grants(saving: Saving): readonly GrantBefore[]
  groupsOf(saving: Saving): readonly string[]
  members(saving: Saving): readonly AccountId[]
  bindings(saving: Saving): NonNullable<UndoRecord['bindings']>
  active(saving: Saving): boolean
}

export async function readBefore(trx: Trx, plan: ExecutedPlan, savings: readonly Saving[]): Promise<StateBefore> {
  const claims = await readClaims(trx, plan, saving(savings, 'claims'))
  const grants = await readGrants(trx, saving(savings, 'grants'))
  const memberships = await readMemberships(trx, saving(savings, 'groups'))
  const members = await readMembers(trx, saving(savings, 'members'))
  const bindings = await readBindings(trx, plan, saving(savings, 'bindings'))
  const active = await readActive(trx, saving(savings, 'active'))
  return {
    claims: ({ account, identity }) =>
      claims.filter((row) => row.account_id === account || row.identity_id === identity),
    grants: ({ account, groups }) =>
      grants.filter(
        (row) =>
          (account === undefined || row.account_id === account) &&
          (groups.length === 0 || groups.includes(row.target_group_id)),
      ),
    groupsOf: ({ account }) => memberships.filter((row) => row.account_id === account).map(({ name }) => name),
    members: ({ groups }) =>
      members.filter((row) => groups.includes(row.target_group_id)).map(({ account_id }) => account_id),
    bindings: ({ sourceGroup, groups }) =>
      bindings.filter(
        (row) =>
          groups.includes(row.target_group_id) ||
          (row.source_group_id === sourceGroup && row.connection_id === plan.connection),
      ),
    active: ({ account }) => active.get(account) === 1,
  }
}

const saving = (savings: readonly Saving[], what: Saving['saves'][number]): readonly Saving[] =>
  savings.filter(({ saves }) => saves.includes(what))

const accountsOf = (savings: readonly Saving[]): readonly AccountId[] => [
  ...new Set(savings.flatMap(({ account }) => account ?? [])),
]
const groupsOf = (savings: readonly Saving[]): readonly TargetGroupId[] => [
  ...new Set(savings.flatMap(({ groups }) => groups)),
]

async function readClaims(db: Db, { target }: ExecutedPlan, savings: readonly Saving[]) {
  if (savings.length === 0) return []
  const { integers } = dialectOf(db)
  const identities = savings.flatMap(({ identity }) => identity ?? [])
  return db
    .selectFrom('claim')
    .selectAll()
    .where('target_id', '=', target)
    .where(({ or, eb }) =>
      or([eb('account_id', 'in', integers(accountsOf(savings))), eb('identity_id', 'in', integers(identities))]),
    )
    .execute()
}

/** Of an account, or where the operation is about no account, of whole groups. */
async function readGrants(db: Db, savings: readonly Saving[]): Promise<readonly GrantBefore[]> {
  if (savings.length === 0) return []
  const { integers } = dialectOf(db)
  const whole = savings.filter(({ account }) => account === undefined)
  return db
    .selectFrom('granted_membership')
    .innerJoin('target_group', 'target_group.id', 'granted_membership.target_group_id')
    .selectAll('granted_membership')
    .select('target_group.name as group_name')
    .where(({ or, eb }) =>
      or([
        eb('granted_membership.account_id', 'in', integers(accountsOf(savings))),
        eb('granted_membership.target_group_id', 'in', integers(groupsOf(whole))),
      ]),
    )
    .execute()
}

async function readMemberships(db: Db, savings: readonly Saving[]) {
  if (savings.length === 0) return []
  return db
    .selectFrom('account_membership')
    .innerJoin('target_group', 'target_group.id', 'account_membership.target_group_id')
    .select(['account_membership.account_id', 'target_group.name'])
    .where('account_membership.account_id', 'in', dialectOf(db).integers(accountsOf(savings)))
    .execute()
}

async function readMembers(db: Db, savings: readonly Saving[]) {
  if (savings.length === 0) return []
  return db
    .selectFrom('account_membership')
    .selectAll()
    .where('target_group_id', 'in', dialectOf(db).integers(groupsOf(savings)))
    .execute()
}

async function readBindings(db: Db, { target, connection }: ExecutedPlan, savings: readonly Saving[]) {
  if (savings.length === 0) return []
  const { integers } = dialectOf(db)
  const sourceGroups = savings.flatMap(({ sourceGroup }) => sourceGroup ?? [])
  return db
    .selectFrom('group_binding')
    .selectAll()
    .where('target_id', '=', target)
    .where(({ or, and, eb }) =>
      or([
        eb('target_group_id', 'in', integers(groupsOf(savings))),
        and([eb('connection_id', '=', connection), eb('source_group_id', 'in', integers(sourceGroups))]),
      ]),
    )
    .execute()
}

async function readActive(db: Db, savings: readonly Saving[]): Promise<ReadonlyMap<AccountId | undefined, number>> {
  if (savings.length === 0) return new Map()
  const rows = await db
    .selectFrom('account')
    .select(['id', 'active'])
    .where('id', 'in', dialectOf(db).integers(accountsOf(savings)))
    .execute()
  return new Map(rows.map(({ id, active }) => [id, active]))
}
