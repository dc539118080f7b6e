import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Operation } from '../../planning/operation.ts'
import { grantMemberships, storeMemberships } from '../../state/claims/memberships.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { transaction } from '../../store/transaction.ts'
import { createExecutionBench, type ExecutionBench } from './testing/execution-bench.ts'
import { createFakeTarget, targetError } from './testing/fake-target.ts'

type Person = Awaited<ReturnType<ExecutionBench['addMember']>>
type Group = Awaited<ReturnType<ExecutionBench['addGroup']>>

describe.each(testDatabases)('taking access and giving it back on $name', ({ open }) => {
  let bench: ExecutionBench
  const opened: { close(): Promise<void> }[] = []
  let ada: Person
  let groups: readonly Group[]

  async function prepare(fake = createFakeTarget()): Promise<void> {
    const database = await open()
    opened.push(database)
    bench = await createExecutionBench({ fake, db: database.db })
    ada = await bench.addMember('ada')
    groups = [await bench.addGroup('stash-users'), await bench.addGroup('by-hand')]
    const memberships = groups.map(({ id }) => ({ account: ada.account.id as never, group: id }))
    for (const { name } of groups) fake.groups.get(name)?.add(ada.key)
    await transaction(bench.db, async (trx) => {
      await storeMemberships(trx, memberships)
      await grantMemberships(trx, bench.connection, [{ ...memberships[0], how: 'added' } as never], 1)
    })
  }

  beforeEach(() => prepare())
  afterEach(async () => {
    for (const { close } of opened.splice(0)) await close()
  })

  const operation = (kind: 'revokeAccess' | 'restoreAccess'): Operation => ({
    kind,
    identity: ada.identity,
    account: ada.account,
    groups,
    reasons: [],
  })
  const run = async (kind: 'revokeAccess' | 'restoreAccess') => {
    const plan = await bench.addPlan([{ operation: operation(kind) }])
    await bench.execute(plan)
    return { plan, statuses: await bench.statuses(plan) }
  }
  const remembered = () => bench.db.selectFrom('revoked_access').selectAll().orderBy('target_group_id').execute()
  const stored = async () =>
    (await bench.db.selectFrom('account_membership').select('target_group_id').execute()).map(
      (row) => row.target_group_id,
    )
  const isIn = () => groups.filter(({ name }) => bench.fake.groups.get(name)?.has(ada.key)).map(({ name }) => name)

  test('every group is left and remembered with its grant; giving back forgets and grants as before', async () => {
    expect((await run('revokeAccess')).statuses).toEqual(['applied'])
    expect(isIn()).toEqual([])
    expect(await stored()).toEqual([])
    expect(await bench.grants()).toEqual([])
    expect((await remembered()).map(({ granted }) => granted)).toEqual(['added', null])

    await bench.mark(ada.identity)
    expect((await run('restoreAccess')).statuses).toEqual(['applied'])
    expect(isIn()).toEqual(['stash-users', 'by-hand'])
    expect(await remembered()).toEqual([])
    expect(await bench.grants()).toMatchObject([{ target_group_id: groups[0]?.id, how: 'added' }])
  })

  test('a refusal halfway keeps what was done, and repeating it writes only the rest', async () => {
    let refusing = true
    const fake = createFakeTarget({
      before: ({ method }) => {
        const removed = fake.calls.filter((call) => call.method === 'removeMember').length
        if (refusing && method === 'removeMember' && removed === 2) throw targetError('refused')
      },
    })
    await prepare(fake)
    expect((await run('revokeAccess')).statuses).toEqual(['failed'])
    expect(isIn()).toEqual(['by-hand'])
    expect(await stored()).toEqual([groups[1]?.id])
    expect(await remembered()).toHaveLength(2)

    refusing = false
    await bench.db.deleteFrom('dirty').execute()
    expect((await run('revokeAccess')).statuses).toEqual(['applied'])
    expect(isIn()).toEqual([])
    expect((await remembered()).map(({ granted }) => granted)).toEqual(['added', null])
  })

  test('giving back stops at a refusal, and only what is back is forgotten', async () => {
    let refusing = true
    const fake = createFakeTarget({
      before: ({ method }) => {
        const added = fake.calls.filter((call) => call.method === 'addMember').length
        if (refusing && method === 'addMember' && added === 2) throw targetError('refused')
      },
    })
    await prepare(fake)
    await run('revokeAccess')
    await bench.mark(ada.identity)
    expect((await run('restoreAccess')).statuses).toEqual(['failed'])
    expect((await remembered()).map(({ target_group_id }) => target_group_id)).toEqual([groups[1]?.id])
    refusing = false
    await bench.db.deleteFrom('dirty').execute()
    expect((await run('restoreAccess')).statuses).toEqual(['applied'])
    expect(isIn()).toEqual(['stash-users', 'by-hand'])
    expect(await remembered()).toEqual([])
  })

  test('an answer that never came leaves everything remembered, and is read back', async () => {
    for (const lostAfter of [1, 2]) {
      const fake = createFakeTarget({
        after: ({ method }) => {
          const removed = fake.calls.filter((call) => call.method === 'removeMember').length
          if (method === 'removeMember' && removed === lostAfter) throw targetError('unavailable')
        },
      })
      await prepare(fake)
      const { plan, statuses } = await run('revokeAccess')
      expect(statuses).toEqual(['sent'])
      expect(await remembered()).toHaveLength(2)

      await bench.executor.settleInDoubt(bench.fake.target, new AbortController().signal)
      expect(await bench.statuses(plan)).toEqual([lostAfter === 2 ? 'applied' : 'dropped'])
      if (lostAfter === 1) {
        await bench.db.deleteFrom('dirty').execute()
        expect((await run('revokeAccess')).statuses).toEqual(['applied'])
      }
      expect(isIn()).toEqual([])
      expect(await stored()).toEqual([])
      expect((await remembered()).map(({ granted }) => granted)).toEqual(['added', null])
    }
  })

  test('who is in none of the groups any more has nothing to lose, and nothing is remembered', async () => {
    await bench.db.deleteFrom('account_membership').execute()
    const { plan, statuses } = await run('revokeAccess')
    expect(statuses).toEqual(['refused'])
    expect(await bench.codes(plan)).toEqual(['no_member'])
    expect(await remembered()).toEqual([])
  })
})
