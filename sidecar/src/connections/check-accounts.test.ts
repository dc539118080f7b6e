import { Policy } from '@rollcall/contract/policy'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { seedConnection, seedTarget } from '../state/testing/seeds.ts'
import { testDatabases } from '../store/testing/databases.ts'
import { checkAccounts } from './check-accounts.ts'

test.each(testDatabases)('a directory that takes no accounts is told with the ways out, on $name', async ({ open }) => {
  const { db, close } = await open()
  const target = await seedTarget(db, 'jira')
  await seedConnection(db, 'entra', [target])
  const describe = (createUser: object) =>
    db
      .updateTable('target')
      .set({ description: JSON.stringify({ capabilities: { abilities: { createUser } } }) })
      .execute()
  const accounts = (said: 'provision' | 'leaveAlone') =>
    db
      .updateTable('policy')
      .set({ policy: JSON.stringify(Value.Parse(Policy, Value.Default(Policy, { users: { accounts: said } }))) })
      .execute()
  await accounts('provision')
  expect(await checkAccounts(db, target)).toEqual([])
  await describe({ able: true })
  expect(await checkAccounts(db, target)).toEqual([])
  await describe({ able: false, reason: 'The directory is read-only.' })
  const [step] = await checkAccounts(db, target)
  expect(step).toMatchObject({ ok: false, detail: 'Accounts cannot be created. The directory is read-only.' })
  for (const way of [/internal directory/, /Crowd/, /leaveAlone/]) expect(step?.problem?.remedy).toMatch(way)
  await accounts('leaveAlone')
  expect(await checkAccounts(db, target)).toMatchObject([{ ok: true }])
  await close()
})
