import { Policy } from '@rollcall/contract/policy'
import { Value } from 'typebox/value'
import type {
  AccountId,
  AccountKey,
  ConnectionId,
  ExternalId,
  IdentityId,
  PlanId,
  RunId,
  SourceGroupId,
  TargetGroupId,
  TargetId,
} from '../../../identity/ids.ts'
import { nameKey } from '../../../identity/name-key.ts'
import { abilityNames, type Capabilities } from '../../../planning/capabilities.ts'
import type { Operation } from '../../../planning/operation.ts'
import { claimAccount } from '../../../state/claims/claims.ts'
import type { Leg } from '../../../state/marks/mark.ts'
import { markSubjects } from '../../../state/marks/mark-subjects.ts'
import { fromOperationRow } from '../../../state/plans/operation-row.ts'
import { seedConnection, seedTarget } from '../../../state/testing/seeds.ts'
import { type Db, transaction } from '../../../store/transaction.ts'
import { type PlannedLeg, planLeg } from '../plan-leg.ts'
import type { PlanLegInput, PlanLegTools } from '../plan-leg-input.ts'
import { createPlanningWriter } from '../planning-writer.ts'

export const ableToAll: Capabilities = {
  abilities: Object.fromEntries(abilityNames.map((ability) => [ability, { able: true }])) as Capabilities['abilities'],
  names: { maxLength: 255, forbiddenInUserName: '', userNameCase: 'lower', forbiddenInGroupName: '' },
}

type DeepPartial<T> = { [K in keyof T]?: T[K] extends object ? DeepPartial<T[K]> : T[K] }

export const policyWith = (change: DeepPartial<Policy> = {}): Policy =>
  Value.Parse(Policy, Value.Default(Policy, change))

export type PlanningWorld = Awaited<ReturnType<typeof createPlanningWorld>>

/** Stored state by the names that a test uses, and plans made from it. One target; the first leg is approved. */
export async function createPlanningWorld(db: Db, policy: Policy) {
  const target = await seedTarget(db, 'jira')
  await db.updateTable('target').set({ observed_at: 1 }).where('id', '=', target).execute()
  const connection = await seedConnection(db, 'entra', [target])
  const leg: Leg = { connection, target }
  const writer = createPlanningWriter(db)
  let asOf = 1_000_000_000_000

  const world = {
    db,
    leg,
    target,
    leads: [] as Awaited<ReturnType<PlanLegTools['readLeads']>>,
    leadsRead: 0,
    get asOf() {
      return asOf
    },
    pass(ms: number): void {
      asOf += ms
    },
    setPolicy,
    approve,
    connect,
    identity,
    mark,
    sourceGroup,
    targetGroup,
    account,
    plan,
  }
  await setPolicy(policy)
  await approve()
  return world

  async function setPolicy(next: Policy, of: Leg = leg): Promise<void> {
    const { version } = await db
      .selectFrom('policy')
      .select('version')
      .where('connection_id', '=', of.connection)
      .where('target_id', '=', of.target)
      .executeTakeFirstOrThrow()
    await db
      .updateTable('policy')
      .set({ policy: JSON.stringify(next), version: version + 1 })
      .where('connection_id', '=', of.connection)
      .where('target_id', '=', of.target)
      .execute()
  }

  async function approve(of: Leg = leg, at: number | null = 1): Promise<void> {
    await db
      .updateTable('policy')
      .set({ first_approved_at: at })
      .where('connection_id', '=', of.connection)
      .where('target_id', '=', of.target)
      .execute()
  }

  /** Another connection on the same target, behind those that exist. */
  async function connect(slug: string, of: Policy): Promise<Leg> {
    const other = { connection: await seedConnection(db, slug, [target]), target }
    await db.updateTable('connection').set({ position: other.connection }).where('id', '=', other.connection).execute()
    await setPolicy(of, other)
    await approve(other)
    return other
  }

  /** Creates or changes a person, and marks them as a reading would. */
  async function identity(
    name: string,
    change: {
      email?: string | null
      active?: boolean
      deletedAt?: number | null
      groups?: SourceGroupId[]
      userName?: string
      of?: ConnectionId
    } = {},
  ): Promise<IdentityId> {
    const of = change.of ?? connection
    const { id } = await db
      .insertInto('identity')
      .values({
        connection_id: of,
        external_id: name as ExternalId,
        user_name: change.userName ?? name,
        email: change.email === undefined ? `${name}@example.com` : change.email,
        display_name: name,
        active: change.active === false ? 0 : 1,
        attributes: '{}',
        deleted_at: change.deletedAt ?? null,
        content_hash: '',
      })
      .onConflict((conflict) =>
        conflict.columns(['connection_id', 'external_id']).doUpdateSet((eb) => ({
          user_name: eb.ref('excluded.user_name'),
          email: eb.ref('excluded.email'),
          active: eb.ref('excluded.active'),
          deleted_at: eb.ref('excluded.deleted_at'),
        })),
      )
      .returning('id')
      .executeTakeFirstOrThrow()
    if (change.groups) {
      await db.deleteFrom('identity_membership').where('identity_id', '=', id).execute()
      for (const source_group_id of change.groups) {
        await db.insertInto('identity_membership').values({ source_group_id, identity_id: id }).execute()
      }
    }
    await mark([id], of)
    return id
  }

  async function mark(ids: readonly IdentityId[], of = connection): Promise<void> {
    await transaction(db, (trx) => markSubjects(trx, of, 'identity', ids, { reason: 'identityChanged', at: asOf }))
  }

  async function sourceGroup(name: string, of = connection): Promise<SourceGroupId> {
    const { id } = await db
      .insertInto('source_group')
      .values({
        connection_id: of,
        external_id: `g-${name}` as ExternalId,
        display_name: name,
        name_key: nameKey(name),
        members_readable: 1,
        attributes: '{}',
        content_hash: '',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }

  async function targetGroup(name: string): Promise<TargetGroupId> {
    const { id } = await db
      .insertInto('target_group')
      .values({ target_id: target, name, name_key: nameKey(name) })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }

  async function account(name: string, groups: readonly TargetGroupId[] = []): Promise<AccountId> {
    const { id } = await db
      .insertInto('account')
      .values({
        target_id: target,
        account_key: `key-${name}` as AccountKey,
        name,
        name_key: nameKey(name),
        email: `${name}@example.com`,
        email_key: nameKey(`${name}@example.com`),
        display_name: name,
        active: 1,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const target_group_id of groups) {
      await db.insertInto('account_membership').values({ target_group_id, account_id: id }).execute()
    }
    return id
  }

  async function plan(change: Partial<PlanLegInput> = {}): Promise<PlannedLeg> {
    const { id: run } = await db
      .insertInto('run')
      .values({
        connection_id: (change.leg ?? leg).connection,
        run_trigger: 'manual',
        mode: 'plan',
        state: 'running',
        queued_at: asOf,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    asOf += 1000
    const input: PlanLegInput = {
      run: run as RunId,
      leg,
      asOf,
      scope: { groups: [], applications: [], guests: 'include' },
      description: { capabilities: ableToAll, ownAccount: 'key-rollcall' as AccountKey, ownGroups: [] },
      protection: { accounts: [], groups: [], administratorGroups: ['jira-administrators'] },
      subjects: undefined,
      source: undefined,
      fingerprintChanged: false,
      clockMovedMs: 0,
      ...change,
    }
    const readLeads = async () => {
      world.leadsRead += 1
      return world.leads
    }
    return planLeg(input, { db, writer, readLeads, progress: () => {}, signal: new AbortController().signal })
  }
}

/** `createUser ada`, `addMember ada in staff`: a plan as a test says it, in its order. */
export async function operationsOf(db: Db, plan: PlanId, status?: 'planned' | 'held'): Promise<string[]> {
  const rows = await db
    .selectFrom('operation')
    .selectAll()
    .where('plan_id', '=', plan)
    .where('status', 'in', status === undefined ? ['planned', 'held'] : [status])
    .orderBy('position')
    .execute()
  return rows.map((row) => `${row.kind} ${row.subject_name}${row.group_name === null ? '' : ` in ${row.group_name}`}`)
}

/** Does what the executor would: the target and what we know of it look as the plan says. */
export async function carryOut(db: Db, leg: Leg, plan: PlanId): Promise<void> {
  const rows = await db.selectFrom('operation').selectAll().where('plan_id', '=', plan).orderBy('position').execute()
  const { mark_seq } = await db.selectFrom('plan').select('mark_seq').where('id', '=', plan).executeTakeFirstOrThrow()
  for (const row of rows) await carryOutOne(db, leg, fromOperationRow(row).operation)
  await db.updateTable('operation').set({ status: 'applied', settled_at: 1 }).where('plan_id', '=', plan).execute()
  await db.updateTable('plan').set({ status: 'applied' }).where('id', '=', plan).execute()
  await db
    .deleteFrom('dirty')
    .where('connection_id', '=', leg.connection)
    .where('seq', '<=', mark_seq)
    .where('not_before', 'is', null)
    .execute()
}

async function carryOutOne(db: Db, leg: Leg, operation: Operation): Promise<void> {
  const accounts = { target_id: leg.target }
  const claimed = async (identity: IdentityId): Promise<AccountId> => {
    const claim = await db
      .selectFrom('claim')
      .select('account_id')
      .where('identity_id', '=', identity)
      .where('target_id', '=', leg.target)
      .executeTakeFirstOrThrow()
    return claim.account_id
  }
  const groupId = async (name: string): Promise<TargetGroupId> => {
    const group = await db
      .selectFrom('target_group')
      .select('id')
      .where('name_key', '=', nameKey(name))
      .where('target_id', '=', leg.target)
      .executeTakeFirstOrThrow()
    return group.id
  }
  const claim = (account: AccountId, identity: IdentityId, how: 'created' | 'adopted') =>
    transaction(db, (trx) => claimAccount(trx, { ...leg, account, identity, how, at: 1 }))
  const update = async (identity: IdentityId, values: Record<string, unknown>) =>
    db
      .updateTable('account')
      .set(values)
      .where('id', '=', await claimed(identity))
      .execute()

  switch (operation.kind) {
    case 'createUser': {
      const { name, email, displayName } = operation.after
      const { id } = await db
        .insertInto('account')
        .values({
          ...accounts,
          account_key: `key-${name}` as AccountKey,
          name,
          name_key: nameKey(name),
          email,
          email_key: nameKey(email),
          display_name: displayName,
          active: 1,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await claim(id, operation.identity, 'created')
      return
    }
    case 'adoptAccount':
      if (operation.account.id !== undefined) await claim(operation.account.id, operation.identity, 'adopted')
      return
    case 'releaseAccount':
      await db.deleteFrom('claim').where('identity_id', '=', operation.identity).execute()
      return
    case 'renameUser':
      await update(operation.identity, { name: operation.after.name, name_key: nameKey(operation.after.name) })
      return
    case 'updateUser': {
      const { email, displayName } = operation.after
      if (email !== undefined) await update(operation.identity, { email, email_key: nameKey(email) })
      if (displayName !== undefined) await update(operation.identity, { display_name: displayName })
      return
    }
    case 'activateUser':
    case 'deactivateUser':
      await update(operation.identity, { active: operation.kind === 'activateUser' ? 1 : 0 })
      return
    case 'deleteUser': {
      const id = await claimed(operation.identity)
      await db.deleteFrom('claim').where('account_id', '=', id).execute()
      await db.deleteFrom('account').where('id', '=', id).execute()
      return
    }
    case 'addMember': {
      const pair = {
        target_group_id: await groupId(operation.group.name),
        account_id: await claimed(operation.identity),
      }
      await db.insertInto('account_membership').values(pair).execute()
      const grant = { ...pair, connection_id: leg.connection, how: operation.how, since: 1 }
      await db.insertInto('granted_membership').values(grant).execute()
      return
    }
    case 'adoptMemberships':
      for (const { name } of operation.groups) {
        const pair = { target_group_id: await groupId(name), account_id: await claimed(operation.identity) }
        const grant = { ...pair, connection_id: leg.connection, how: 'adopted' as const, since: 1 }
        await db.insertInto('granted_membership').values(grant).execute()
      }
      return
    case 'removeMember': {
      const group = await groupId(operation.group.name)
      const account = await claimed(operation.identity)
      for (const table of ['account_membership', 'granted_membership'] as const) {
        await db.deleteFrom(table).where('target_group_id', '=', group).where('account_id', '=', account).execute()
      }
      return
    }
    case 'removeUnclaimed':
      await db
        .deleteFrom('account_membership')
        .where('target_group_id', '=', await groupId(operation.group.name))
        .where('account_id', '=', operation.account.id)
        .execute()
      return
    case 'createGroup':
      await db
        .insertInto('target_group')
        .values({ ...accounts, name: operation.group.name, name_key: nameKey(operation.group.name) })
        .execute()
      return
    case 'bindGroup':
      if (operation.sourceGroup !== undefined) {
        await db
          .insertInto('group_binding')
          .values({
            target_id: leg.target as TargetId,
            connection_id: leg.connection,
            source_group_id: operation.sourceGroup,
            target_group_id: await groupId(operation.group.name),
            created_by_us: 1,
            since: 1,
          })
          .execute()
      }
      return
    default:
      return
  }
}
