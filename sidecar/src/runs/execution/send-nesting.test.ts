import { expect, test } from 'vitest'
import type { Operation } from '../../planning/operation.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { createExecutionBench } from './testing/execution-bench.ts'

test.each(testDatabases)(
  'groups are put into each other and taken out again, and what we nested is ours, on $name',
  async ({ open }) => {
    const { db, close } = await open()
    const bench = await createExecutionBench({ db })
    const sent: string[] = []
    Object.assign(bench.fake.target, {
      nesting: {
        addChild: async (group: string, child: string) => void sent.push(`${child} into ${group}`),
        removeChild: async (group: string, child: string) => void sent.push(`${child} out of ${group}`),
      },
    })
    const [group, child] = [await bench.addGroup('Engineering'), await bench.addGroup('Platform')]
    const operation = (kind: 'addChildGroup' | 'removeChildGroup'): Operation => ({
      kind,
      sourceGroup: undefined,
      group,
      child,
      reasons: [],
    })
    const edges = async () => [
      (await bench.db.selectFrom('target_group_nesting').selectAll().execute()).length,
      (await bench.db.selectFrom('granted_nesting').selectAll().execute()).length,
    ]
    const added = await bench.addPlan([{ operation: operation('addChildGroup') }])
    await bench.execute(added)
    expect(await bench.statuses(added)).toEqual(['applied'])
    expect(await edges()).toEqual([1, 1])
    const removed = await bench.addPlan([{ operation: operation('removeChildGroup') }])
    await bench.execute(removed)
    expect(await edges()).toEqual([0, 0])
    expect(sent).toEqual(['Platform into Engineering', 'Platform out of Engineering'])

    await bench.db.deleteFrom('target_group').where('name', '=', 'Platform').execute()
    const gone = await bench.addPlan([{ operation: operation('addChildGroup') }])
    await bench.execute(gone)
    expect(await bench.codes(gone)).toEqual(['group_gone'])
    await close()
  },
)
