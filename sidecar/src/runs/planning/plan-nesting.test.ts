import { describe, expect, test } from 'vitest'
import type { ConnectionId } from '../../identity/ids.ts'
import { storeNestedGroup } from '../../state/claims/nested-groups.ts'
import { membersUnnested } from '../../state/plans/guard-numbers.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { transaction } from '../../store/transaction.ts'
import { carryOut, createPlanningWorld, operationsOf, policyWith } from './testing/planning-world.ts'

describe.each(testDatabases)('native nesting of stored state on $name', ({ open }) => {
  test('is planned once; when it ends, whoever had a group through it is counted and looked at in the same plan', async () => {
    const { db, close } = await open()
    const world = await createPlanningWorld(db, policyWith({ groups: { mode: 'onTheFly', nesting: 'native' } }))
    const parent = await world.sourceGroup('Engineering')
    const child = await world.sourceGroup('Platform')
    await db.insertInto('group_nesting').values({ parent_id: parent, child_id: child }).execute()
    for (const name of ['ada', 'bob']) await world.identity(name, { groups: [child] })
    const { plan } = await world.plan()
    expect(await operationsOf(db, plan)).toEqual([
      'createGroup Engineering',
      'createGroup Platform',
      'bindGroup Engineering',
      'bindGroup Platform',
      'createUser ada',
      'createUser bob',
      'addMember ada in Platform',
      'addMember bob in Platform',
      'addChildGroup Engineering in Platform',
    ])
    await carryOut(db, world.leg, plan)
    const ids = await db.selectFrom('target_group').select('id').orderBy('name').execute()
    const [above, below] = ids.map(({ id }) => id)
    if (above === undefined || below === undefined) throw new Error('two groups')
    await transaction(db, (trx) =>
      storeNestedGroup(trx, world.leg.connection as ConnectionId, { parent: above, child: below }, 1),
    )
    expect(await world.plan()).toMatchObject({ status: 'applied', counts: {} })

    await db.deleteFrom('group_nesting').execute()
    const ended = await world.plan()
    expect(await operationsOf(db, ended.plan)).toEqual(['removeChildGroup Engineering in Platform'])
    expect(await membersUnnested(db, world.leg, ended.plan)).toBe(2)
    // Everybody below was looked at: whoever needs the group in another way gets it in the same plan.
    expect(ended.subjects).toBe(2)
    await close()
  })
})
