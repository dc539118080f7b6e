import type { AccountId, NameKey, PlanId, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { GroupRef, OperationKind } from '../../planning/operation.ts'
import type { SeatStep, SeatSubject } from '../../planning/seats.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'

/** Of accounts that exist the id, of those that the plan creates the negative id of the person. */
type SeatKey = number

const seatKinds: readonly OperationKind[] = [
  'createUser',
  'activateUser',
  'deactivateUser',
  'deleteUser',
  'revokeAccess',
  'restoreAccess',
]
const joiningKinds: ReadonlySet<string> = new Set<OperationKind>(['addMember', 'returnUnclaimed'])
const membershipKinds: readonly OperationKind[] = ['addMember', 'returnUnclaimed', 'removeMember', 'removeUnclaimed']
const pageSize = 1000

/** What a plan does about whoever could take or free a seat by it; what a veto holds does not happen. */
export async function readSeatSteps(
  db: Db,
  plan: PlanId,
  groups: readonly NameKey[],
): Promise<Map<SeatKey, SeatStep[]>> {
  const steps = new Map<SeatKey, SeatStep[]>()
  for (let after = -1; ; ) {
    const rows = await pageOf(db, plan, groups, after)
    for (const row of rows) {
      const key = row.account_id ?? -row.subject_id
      const own = steps.get(key)
      if (own) own.push(stepOf(row))
      else steps.set(key, [stepOf(row)])
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return steps
    after = last.position
  }
}

const pageOf = (db: Db, plan: PlanId, groups: readonly NameKey[], after: number) =>
  db
    .selectFrom('operation')
    .select(['position', 'kind', 'subject_id', 'account_id', 'group_name_key', 'detail', 'status', 'held_by'])
    .where('plan_id', '=', plan)
    .where('position', '>', after)
    .where(({ and, eb, or }) =>
      or([
        eb('kind', 'in', seatKinds),
        and([eb('kind', 'in', membershipKinds), eb('group_name_key', 'in', dialectOf(db).texts(groups))]),
      ]),
    )
    .where(({ eb, or }) => or([eb('held_by', 'is', null), eb('held_by', '<>', 'veto')]))
    .orderBy('position')
    .limit(pageSize)
    .execute()

type Row = Awaited<ReturnType<typeof pageOf>>[number]

function stepOf({ kind, group_name_key, detail, status, held_by }: Row): SeatStep {
  // A first plan is approved as a whole.
  const clear = status === 'planned' || held_by === 'firstPlan'
  switch (kind as OperationKind) {
    case 'createUser':
    case 'activateUser':
      return { kind: 'active', to: true, clear }
    case 'deactivateUser':
    case 'deleteUser':
      return { kind: 'active', to: false, clear }
    case 'addMember':
    case 'returnUnclaimed':
    case 'removeMember':
    case 'removeUnclaimed':
      return {
        kind: joiningKinds.has(kind) ? 'joins' : 'leaves',
        groups: group_name_key ? [group_name_key] : [],
        clear,
      }
    default:
      return { kind: kind === 'restoreAccess' ? 'joins' : 'leaves', groups: groupsOf(detail), clear }
  }
}

const groupsOf = (detail: string): NameKey[] =>
  (JSON.parse(detail) as { groups: GroupRef[] }).groups.map(({ name }) => nameKey(name))

/** Accounts as they stand before the plan, with those of their groups that matter; `undefined` for new ones. */
export async function readSeatStandings(
  db: Db,
  target: TargetId,
  keys: readonly SeatKey[],
  groups: readonly NameKey[],
): Promise<Map<SeatKey, Pick<SeatSubject, 'active' | 'groups'>>> {
  const ids = keys.filter((key): key is AccountId => key > 0)
  const { integers, texts } = dialectOf(db)
  const accounts = await db
    .selectFrom('account')
    .select(['id', 'active'])
    .where('id', 'in', integers(ids))
    .where('missing_at', 'is', null)
    .execute()
  const members = await db
    .selectFrom('target_group')
    .innerJoin('account_membership', 'account_membership.target_group_id', 'target_group.id')
    .select(['account_membership.account_id', 'target_group.name_key'])
    .where('target_group.target_id', '=', target)
    .where('target_group.name_key', 'in', texts(groups))
    .where('account_membership.account_id', 'in', integers(ids))
    .execute()
  const groupsOfAccount = Map.groupBy(members, (row) => row.account_id)
  return new Map(
    accounts.map(({ id, active }) => {
      const of = new Set((groupsOfAccount.get(id) ?? []).map(({ name_key }) => name_key))
      return [id, { active: active === 1, groups: of }]
    }),
  )
}
