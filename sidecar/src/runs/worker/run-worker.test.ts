import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConnectionId, ExternalId, TargetId } from '../../identity/ids.ts'
import { type SimulatedTenant, startSimulatedTenant } from '../../sources/graph/testing/simulated-tenant.ts'
import { seedConnection, seedTarget } from '../../state/testing/seeds.ts'
import type { Store } from '../../store/open-database.ts'
import { openTestFile } from '../../store/testing/databases.ts'
import { createRunWorker, type RunWorker } from './run-worker.ts'

let tenant: SimulatedTenant
let store: Store
let worker: RunWorker
let target: TargetId
let connection: ConnectionId
const quiet = { signal: new AbortController().signal, progress: () => {} }

beforeEach(async () => {
  tenant = await startSimulatedTenant()
  store = await openTestFile()
  target = await seedTarget(store.db, 'jira')
  connection = await seedConnection(store.db, 'entra', [target])
  const entry = JSON.stringify({ provider: 'entra', method: 'rest', settings: tenant.settings() })
  await store.db.updateTable('connection').set({ entry }).where('id', '=', connection).execute()
  worker = createRunWorker(store, () => {})
})
afterEach(async () => {
  await worker.close()
  await store.close()
  await tenant.close()
})

const dirty = () => store.db.selectFrom('dirty').selectAll().execute()

test('a tenant is read in the worker, stored by the main thread, and read by delta from then on', async () => {
  const first = await worker.run('read', { connection, at: 1000 }, quiet)
  expect(first).toMatchObject({ form: 'snapshot', identities: { added: 60 }, groups: { added: 8 } })
  expect(first.memberships.added).toBeGreaterThan(0)
  expect(await dirty()).toHaveLength(68)

  await store.db.deleteFrom('dirty').execute()
  const second = await worker.run('read', { connection, at: 2000 }, quiet)
  expect(second).toMatchObject({ form: 'delta', identities: { added: 0, changed: 0, gone: 0 } })
  expect(second.totals.after).toEqual(first.totals.after)
  expect(await dirty()).toEqual([])
})

test('a connection is checked, and a person looked up and stored, without a reading', async () => {
  const steps = await worker.run('check', { connection }, quiet)
  expect(steps.every((step) => step.ok)).toBe(true)
  await worker.run('read', { connection, at: 1000 }, quiet)
  await store.db.deleteFrom('dirty').execute()
  const known = await store.db
    .selectFrom('identity')
    .select(['id', 'external_id', 'user_name'])
    .executeTakeFirstOrThrow()
  const found = await worker.run('lookup', { connection, who: known.user_name, storeAt: 2000 }, quiet)
  expect(found).toMatchObject({ id: known.id, identity: { externalId: known.external_id } })
  expect(await dirty()).toEqual([])
  expect(await worker.run('lookup', { connection, who: 'nobody@example.com' }, quiet)).toBeUndefined()
})

test('a person who changed since the reading is marked by the lookup', async () => {
  await worker.run('read', { connection, at: 1000 }, quiet)
  await store.db.updateTable('identity').set({ content_hash: 'of other content' }).execute()
  await store.db.deleteFrom('dirty').execute()
  const { external_id } = await store.db.selectFrom('identity').select('external_id').executeTakeFirstOrThrow()
  const found = await worker.run('lookup', { connection, who: external_id satisfies ExternalId, storeAt: 2000 }, quiet)
  expect((await dirty()).map((mark) => mark.subject_id)).toEqual([found?.id])
})

test('a problem of the thread keeps its code', async () => {
  const reading = worker.run('read', { connection: 999 as ConnectionId, at: 1 }, quiet)
  await expect(reading).rejects.toMatchObject({ code: 'connection_unknown', name: 'Problem' })
})
