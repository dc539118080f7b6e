import { expect, test } from 'vitest'
import { findPlan } from '../../state/plans/find-plans.ts'
import { openTestStore } from '../../store/testing/databases.ts'
import { ableToAll, createPlanningWorld, policyWith } from '../planning/testing/planning-world.ts'
import { viewOperations, viewPlan } from './plan-view.ts'

test('a plan says which way its operations go, as the target was able when it was planned', async () => {
  const { db } = await openTestStore()
  const world = await createPlanningWorld(db, policyWith())
  await world.identity('ada')
  const capabilities = {
    ...ableToAll,
    abilities: { ...ableToAll.abilities, createUser: { able: true, way: 'crowd', note: 'Seen within an hour.' } },
  } as const
  const description = { capabilities, ownAccount: 'key-rollcall' as never, ownGroups: [] }
  const { plan } = await world.plan({ description })
  const header = await findPlan(db, plan)
  if (header === undefined) throw new Error('no plan')
  const way = { way: 'crowd', note: 'Seen within an hour.' }
  expect((await viewPlan(db, header, world.asOf, world.asOf)).ways).toEqual([{ kind: 'createUser', ...way }])
  const { operations } = await viewOperations(db, plan, { limit: 10 })
  expect(operations).toMatchObject([{ kind: 'createUser', ...way }])

  await world.identity('bob')
  const plain = await world.plan()
  expect((await viewOperations(db, plain.plan, { limit: 10 })).operations[0]).not.toHaveProperty('way')
})
