import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountId, AccountKey, SourceGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Operation } from '../../planning/operation.ts'
import { claimAccount } from '../../state/claims/claims.ts'
import { storeMemberships } from '../../state/claims/memberships.ts'
import { markOnLeg } from '../../state/marks/mark-subjects.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { transaction } from '../../store/transaction.ts'
import { createExecutionBench, type ExecutionBench } from './testing/execution-bench.ts'
import { createFakeTarget, targetError } from './testing/fake-target.ts'

describe.each(testDatabases)('removing a member whom nobody claims on $name', ({ open }) => {
  let bench: ExecutionBench
  let close: () => Promise<void>
  let losing: boolean
  let group: Awaited<ReturnType<ExecutionBench['addGroup']>>
  beforeEach(async () => {
    const database = await open()
    close = database.close
    losing = false
    const fake = createFakeTarget({
      after: ({ method }) => {
        if (losing && method.endsWith('Member')) throw targetError('unavailable')
      },
    })
    bench = await createExecutionBench({ db: database.db, fake })
    group = await bench.addGroup('staff')
  })
  afterEach(() => close())

  /** In the product, in the group, and as stored. */
  async function stranger(name = 'zoe') {
    const { key } = bench.fake.addAccount(name)
    bench.fake.groups.get('staff')?.add(key)
    const account = await storeStranger(name, key)
    await transaction(bench.db, (trx) => storeMemberships(trx, [{ account, group: group.id as never }]))
    return { key, account, name }
  }
  async function storeStranger(name: string, key: AccountKey): Promise<AccountId> {
    const { id } = await bench.db
      .insertInto('account')
      .values({
        target_id: bench.target,
        account_key: key,
        name,
        name_key: nameKey(name),
        display_name: name,
        active: 1,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }
  type Stranger = Awaited<ReturnType<typeof stranger>>

  const operation = (kind: 'removeUnclaimed' | 'returnUnclaimed', { account, name }: Stranger): Operation => ({
    kind,
    sourceGroup: undefined,
    account: { id: account, name },
    group,
    reasons: [],
  })
  const run = async (kind: 'removeUnclaimed' | 'returnUnclaimed', zoe: Stranger) => {
    const plan = await bench.addPlan([{ operation: operation(kind, zoe) }])
    await bench.execute(plan)
    return { plan, statuses: await bench.statuses(plan), codes: await bench.codes(plan) }
  }
  const isIn = ({ key }: Stranger) => bench.fake.groups.get('staff')?.has(key)
  const stored = () => bench.db.selectFrom('account_membership').select('account_id').execute()

  test('takes them out and puts them back, granted by nobody', async () => {
    const zoe = await stranger()
    expect((await run('removeUnclaimed', zoe)).statuses).toEqual(['applied'])
    expect([isIn(zoe), await stored()]).toEqual([false, []])
    expect((await run('removeUnclaimed', zoe)).codes).toEqual(['no_member'])
    expect((await run('returnUnclaimed', zoe)).statuses).toEqual(['applied'])
    expect([isIn(zoe), await stored()]).toEqual([true, [{ account_id: zoe.account }]])
    expect(await bench.grants()).toEqual([])
    expect((await run('returnUnclaimed', zoe)).codes).toEqual(['member_already'])
  })

  test('is refused once somebody claims them, and for what is protected, renamed or gone', async () => {
    const claimed = await stranger('claimed')
    const identity = await bench.addPerson('claimed')
    const claim = { account: claimed.account, target: bench.target, connection: bench.connection, identity, at: 1 }
    await transaction(bench.db, (trx) => claimAccount(trx, { ...claim, how: 'adopted' }))
    expect((await run('removeUnclaimed', claimed)).codes).toEqual(['claimed_by_now'])
    expect((await run('removeUnclaimed', await stranger('admin'))).codes).toEqual(['protected_account'])
    const renamed = await stranger('renamed')
    expect((await run('removeUnclaimed', { ...renamed, name: 'before' })).codes).toEqual(['changed_before'])
    const gone = await stranger('gone')
    await bench.db.updateTable('account').set({ missing_at: 1 }).where('id', '=', gone.account).execute()
    expect((await run('removeUnclaimed', gone)).codes).toEqual(['account_gone'])
    expect(bench.fake.calls.filter(({ method }) => method === 'removeMember')).toEqual([])
  })

  test('waits for the next plan once a group of the source changed: theirs may be mapped no more', async () => {
    const zoe = await stranger()
    const plan = await bench.addPlan([{ operation: operation('removeUnclaimed', zoe) }])
    const leg = { connection: bench.connection, target: bench.target }
    await transaction(bench.db, (trx) =>
      markOnLeg(trx, leg, 'sourceGroup', [7 as SourceGroupId], { reason: 'groupChanged', at: bench.clock.now() }),
    )
    await bench.execute(plan)
    expect([await bench.statuses(plan), await bench.codes(plan)]).toEqual([['superseded'], ['marked_since']])
    expect(isIn(zoe)).toBe(true)
  })

  test.each(['removeUnclaimed', 'returnUnclaimed'] as const)('%s is read back after a crash', async (kind) => {
    const zoe = await stranger()
    if (kind === 'returnUnclaimed') await run('removeUnclaimed', zoe)
    losing = true
    const { plan, statuses } = await run(kind, zoe)
    expect(statuses).toEqual(['sent'])
    await bench.executor.settleInDoubt(bench.fake.target, new AbortController().signal)
    expect(await bench.statuses(plan)).toEqual(['applied'])
    expect(await stored()).toEqual(kind === 'removeUnclaimed' ? [] : [{ account_id: zoe.account }])
  })
})
