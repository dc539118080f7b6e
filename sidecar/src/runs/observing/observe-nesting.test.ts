import { describe, expect, test } from 'vitest'
import type { ConnectionId, TargetGroupId } from '../../identity/ids.ts'
import { storeNestedGroup } from '../../state/claims/nested-groups.ts'
import { seedTarget } from '../../state/testing/seeds.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { transaction } from '../../store/transaction.ts'
import type { ObservationPage } from '../../targets/target.ts'
import { observeTarget } from './observe-target.ts'
import { createObservingWriter } from './observing-writer.ts'

describe.each(testDatabases)('groups in groups on $name', ({ open }) => {
  test('the difference of an observation is stored, and what is gone is no longer ours', async () => {
    const { db, close } = await open()
    const target = await seedTarget(db, 'crowd')
    const observe = (children: Readonly<Record<string, readonly string[]>>) =>
      observeTarget({
        target,
        db,
        at: 1000,
        write: createObservingWriter(db),
        signal: new AbortController().signal,
        progress: () => {},
        opened: {
          findAccount: async () => undefined,
          async *observe(): AsyncGenerator<ObservationPage> {
            yield { kind: 'groups', names: ['A', 'B', 'C'] }
            for (const [group, groups] of Object.entries(children)) yield { kind: 'children', group, groups }
            yield { kind: 'complete' }
          },
        },
      })
    const idOf = async (name: string): Promise<TargetGroupId> =>
      (await db.selectFrom('target_group').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id
    const stored = async () => {
      const rows = await db
        .selectFrom('target_group_nesting')
        .innerJoin('target_group as parent', 'parent.id', 'parent_id')
        .innerJoin('target_group as child', 'child.id', 'child_id')
        .select(['parent.name as parent', 'child.name as child'])
        .orderBy('parent.name')
        .orderBy('child.name')
        .execute()
      return rows.map(({ parent, child }) => `${parent} > ${child}`)
    }

    await observe({ A: ['b', 'C'], B: ['C', 'unknown'] })
    expect(await stored()).toEqual(['A > B', 'A > C', 'B > C'])
    const edge = { parent: await idOf('A'), child: await idOf('B') }
    await transaction(db, (trx) => storeNestedGroup(trx, 1 as ConnectionId, edge, 1000))
    await observe({ A: ['B'], C: ['B'] })
    expect(await stored()).toEqual(['A > B', 'C > B'])
    expect(await db.selectFrom('granted_nesting').selectAll().execute()).toHaveLength(1)
    await observe({})
    expect(await stored()).toEqual([])
    expect(await db.selectFrom('granted_nesting').selectAll().execute()).toEqual([])
    await close()
  })
})
