import { sql } from 'kysely'
import type { IdentityId, Instant, PlanId, TargetGroupId } from '../../identity/ids.ts'
import type { GroupLoss, Totals } from '../../planning/guard.ts'
import { destructiveKinds } from '../../planning/operation.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import type { PlanCounts } from './plan-counts.ts'
import { totalOf } from './plan-counts.ts'

const dayMs = 86_400_000

export const toTotals = (counts: PlanCounts): Totals => ({
  accounts: totalOf(counts, ['deactivateUser', 'revokeAccess', 'deleteUser', 'releaseAccount']),
  memberships: totalOf(counts, ['removeMember']),
  creates: totalOf(counts, ['createUser']),
  activations: totalOf(counts, ['activateUser', 'restoreAccess']),
})

const counted = [
  'deactivateUser',
  'revokeAccess',
  'deleteUser',
  'releaseAccount',
  'removeMember',
  'createUser',
  'activateUser',
  'restoreAccess',
]

/**
 * What plans of the leg did by themselves in the 24 hours before: only plans that a run had in hand in that time are
 * looked into. What was held and then approved is left out: a first run's thousand accounts must not make every newcomer
 * of that day wait. So is what an undo did, which somebody always reviewed.
 */
export async function windowTotals(db: Db, leg: Leg, asOf: Instant): Promise<Totals> {
  const plans = await plansInHandSince(db, leg, asOf - dayMs)
  const rows = await db
    .selectFrom('operation')
    .select(['kind', ({ fn }) => fn.countAll<number>().as('applied')])
    .where('plan_id', 'in', dialectOf(db).integers(plans))
    .where('status', '=', 'applied')
    .where('held_by', 'is', null)
    .where('undoes', 'is', null)
    .where('kind', 'in', counted)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('announced_leaver as leaver')
            .select('leaver.identity_id')
            .whereRef('leaver.plan_id', '=', 'operation.plan_id')
            .whereRef('leaver.identity_id', '=', 'operation.subject_id')
            .where('operation.subject_kind', '=', 'identity'),
        ),
      ),
    )
    .where('settled_at', '>', asOf - dayMs)
    .groupBy('kind')
    .execute()
  return toTotals(Object.fromEntries(rows.map(({ kind, applied }) => [kind, { applied }])))
}

/** A plan is executed by the run that made it, or by a later one that an administrator asked for. */
async function plansInHandSince(db: Db, { connection, target }: Leg, since: Instant): Promise<PlanId[]> {
  const recent = db
    .selectFrom('run')
    .select('run.id')
    .where('run.connection_id', '=', connection)
    .where(({ or, eb }) => or([eb('run.finished_at', 'is', null), eb('run.finished_at', '>', since)]))
  const own = await db
    .selectFrom('plan')
    .select('id')
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('run_id', 'in', recent)
    .execute()
  const applied = await db
    .selectFrom('leg')
    .select('plan_id as id')
    .where('target_id', '=', target)
    .where('plan_id', 'is not', null)
    .where('run_id', 'in', recent)
    .execute()
  return [...new Set([...own, ...applied].flatMap(({ id }) => (id === null ? [] : [id])))]
}

/** What the limits are shares of. */
export interface LegSize {
  readonly claimed: number
  readonly granted: number
  /** Claimed accounts that the last full observation did not list. */
  readonly missingClaims: number
}

export async function legSize(db: Db, { connection, target }: Leg): Promise<LegSize> {
  const claims = await db
    .selectFrom('claim')
    .innerJoin('account', 'account.id', 'claim.account_id')
    .select(({ fn }) => [
      fn.countAll<number>().as('claimed'),
      // `count` leaves nulls out: it counts the accounts that are missing.
      fn.count<number>('account.missing_at').as('missing'),
    ])
    .where('claim.connection_id', '=', connection)
    .where('claim.target_id', '=', target)
    .executeTakeFirstOrThrow()
  return {
    claimed: claims.claimed,
    granted: await countGrants(db, { connection, target }),
    missingClaims: claims.missing,
  }
}

/**
 * Where nothing but this leg was ever provisioned all grants are its own, and SQLite counts a whole table without looking at
 * its rows: 6 ms for 1,500,000, against 45 ms for those of one leg (an index made for that is no faster).
 */
async function countGrants(db: Db, { connection, target }: Leg): Promise<number> {
  const counted = db.selectFrom('granted_membership').select(({ fn }) => fn.countAll<number>().as('granted'))
  const ofLeg = counted
    .innerJoin('target_group', 'target_group.id', 'granted_membership.target_group_id')
    .where('target_group.target_id', '=', target)
    .where('granted_membership.connection_id', '=', connection)
  const legs = await db.selectFrom('policy').select('connection_id').limit(2).execute()
  const { granted } = await (legs.length === 1 ? counted : ofLeg).executeTakeFirstOrThrow()
  return granted
}

/** Every group that loses somebody by the plan, with what it has. */
export async function groupLosses(
  db: Db,
  { connection }: Leg,
  plan: PlanId,
  announced: AnnouncedLoss['byGroup'] = new Map(),
): Promise<GroupLoss[]> {
  const moved = await db
    .selectFrom('operation')
    .select(({ fn }) => [
      'target_group_id',
      fn.sum<number>(sql`case kind when 'removeMember' then 1 else 0 end`).as('removed'),
      fn.sum<number>(sql`case kind when 'addMember' then 1 else 0 end`).as('added'),
    ])
    .where('plan_id', '=', plan)
    .where('kind', 'in', ['addMember', 'removeMember'])
    // What a veto holds does not happen.
    .where(({ or, eb }) => or([eb('status', '=', 'planned'), eb('held_by', '=', 'firstPlan')]))
    .where('target_group_id', 'is not', null)
    .groupBy('target_group_id')
    .execute()
  const losing = moved.filter((row) => Number(row.removed) > 0)
  const sizes = await groupSizes(
    db,
    connection,
    losing.flatMap(({ target_group_id: id }) => (id === null ? [] : [id])),
  )
  const changes = new Map(losing.map((row) => [row.target_group_id, row]))
  return sizes.map(({ id, ...size }) => {
    const change = changes.get(id)
    const announcedToLeave = announced.get(id) ?? 0
    return {
      ...size,
      members: size.members - announcedToLeave,
      removed: Number(change?.removed) - announcedToLeave,
      added: Number(change?.added),
    }
  })
}

async function groupSizes(db: Db, connection: Leg['connection'], groups: readonly TargetGroupId[]) {
  const rows = await db
    .selectFrom('target_group')
    .select((eb) => [
      'target_group.id',
      'target_group.name',
      eb
        .selectFrom('granted_membership')
        .whereRef('granted_membership.target_group_id', '=', 'target_group.id')
        .where('granted_membership.connection_id', '=', connection)
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .as('granted'),
      eb
        .selectFrom('account_membership')
        .whereRef('account_membership.target_group_id', '=', 'target_group.id')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .as('members'),
    ])
    .where('target_group.id', 'in', dialectOf(db).integers(groups))
    .orderBy('target_group.name_key')
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.name, granted: row.granted ?? 0, members: row.members ?? 0 }))
}

/** Members of groups that a plan takes out of others, those of the groups in them included. */
export async function membersUnnested(db: Db, { target }: Leg, plan: PlanId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with recursive below(root, id) as (
      select operation.id, target_group.id from operation
      join target_group on target_group.target_id = ${target} and target_group.name_key = operation.group_name_key
      where operation.plan_id = ${plan} and operation.kind = 'removeChildGroup'
      union select below.root, nested.child_id from target_group_nesting nested join below on nested.parent_id = below.id)
    select count(*) as n from (
      select distinct below.root, member.account_id from below
      join account_membership member on member.target_group_id = below.id) lost`.execute(db)
  return Number(rows[0]?.n ?? 0)
}

/** What these people lose by a plan: what the limits do not count because it was announced. */
export interface AnnouncedLoss {
  readonly totals: Totals
  /** Memberships by group. */
  readonly byGroup: ReadonlyMap<TargetGroupId, number>
}

export async function announcedLoss(db: Db, plan: PlanId, people: readonly IdentityId[]): Promise<AnnouncedLoss> {
  if (people.length === 0) return { totals: toTotals({}), byGroup: new Map() }
  const rows = await db
    .selectFrom('operation')
    .select(['kind', 'target_group_id as group', ({ fn }) => fn.countAll<number>().as('n')])
    .where('plan_id', '=', plan)
    .where('subject_kind', '=', 'identity')
    .where('subject_id', 'in', dialectOf(db).integers(people))
    // What a veto holds does not happen, and is counted nowhere.
    .where(({ or, eb }) => or([eb('status', '=', 'planned'), eb('held_by', '=', 'firstPlan')]))
    .where('kind', 'in', [...destructiveKinds])
    .groupBy(['kind', 'target_group_id'])
    .execute()
  const kinds = Map.groupBy(rows, ({ kind }) => kind)
  const counts = [...kinds].map(([kind, group]) => [kind, { planned: group.reduce((sum, { n }) => sum + n, 0) }])
  const removed = rows.flatMap(({ kind, group, n }) =>
    kind === 'removeMember' && group !== null ? [[group, n] as const] : [],
  )
  return { totals: toTotals(Object.fromEntries(counts)), byGroup: new Map(removed) }
}
