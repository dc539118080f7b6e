import Fastify from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerProblems } from '../../http/answer-problems.ts'
import type { AccountKey, TargetId } from '../../identity/ids.ts'
import { storeAccounts } from '../../state/observed/observed-accounts.ts'
import { storeDescription } from '../../state/runs/target-identity.ts'
import { seedTarget } from '../../state/testing/seeds.ts'
import type { Store } from '../../store/open-database.ts'
import { openTestFile } from '../../store/testing/databases.ts'
import { transaction } from '../../store/transaction.ts'
import { ableToAll } from '../planning/testing/planning-world.ts'
import { targetRoutes } from './target-routes.ts'

let store: Store
let jira: TargetId
let app: ReturnType<typeof openApp>

const openApp = (of: Store) => {
  const fastify = Fastify({ ajv: { customOptions: { removeAdditional: false } } })
  answerProblems(fastify)
  fastify.register(targetRoutes, { store: of })
  return fastify
}

beforeEach(async () => {
  store = await openTestFile()
  jira = await seedTarget(store.db, 'jira')
  app = openApp(store)
})
afterEach(async () => {
  await app.close()
  await store.close()
})

const describeAs = (serverId: string) =>
  storeDescription(store.db, jira, {
    product: 'Jira Data Center',
    version: '10.3.1',
    capabilities: {
      ...ableToAll,
      abilities: { ...ableToAll.abilities, renameUser: { able: false, reason: 'Not in this release.' } },
    },
    fingerprint: { serverId, baseUrl: 'https://jira.example.com', ownAccount: 'key-rollcall' },
    ownAccount: { key: 'key-rollcall' },
    seats: [{ application: 'jira-software', remaining: 30 }],
    directory: { name: 'Internal', why: 'It is the first that is writable.' },
  } as never)
const get = async (url: string) => (await app.inject({ method: 'GET', url })).json()
const confirm = (code: string) => app.inject({ method: 'POST', url: '/targets/jira/confirm', payload: { code } })
const theTarget = async () => (await get('/targets')).targets[0]

test('A-091: a target says its product, release, and which directory receives accounts and why', async () => {
  expect(await theTarget()).toMatchObject({ slug: 'jira', fingerprint: { state: 'unknown' }, seats: [], abilities: [] })
  await describeAs('one')
  expect(await theTarget()).toMatchObject({
    product: 'Jira Data Center',
    version: '10.3.1',
    directory: { name: 'Internal', why: 'It is the first that is writable.' },
    seats: [{ application: 'jira-software', remaining: 30 }],
    abilities: [{ kind: 'renameUser', able: false, note: 'Not in this release.' }],
    fingerprint: { state: 'known', changes: [] },
    accounts: 0,
    unclaimed: 0,
  })
})

test('a changed target says what changed, and only what was shown can be confirmed', async () => {
  await describeAs('one')
  expect((await confirm('anything')).json()).toMatchObject({ code: 'target_not_changed' })
  await describeAs('two')
  const shown = (await theTarget()).fingerprint
  expect(shown).toMatchObject({ state: 'changed', changes: [expect.stringContaining('two')] })
  await describeAs('three')
  expect((await confirm(shown.code)).json()).toMatchObject({ code: 'target_not_as_shown' })
  expect((await confirm((await theTarget()).fingerprint.code)).statusCode).toBe(204)
  expect((await theTarget()).fingerprint).toEqual({ state: 'known', changes: [] })
  expect((await describeAs('three')).changed).toBe(false)
  expect((await describeAs('one')).changed).toBe(true)
})

test('accounts that nobody manages come in pages, and the one that we sign in with is told', async () => {
  await describeAs('one')
  await transaction(store.db, (trx) =>
    storeAccounts(
      trx,
      jira,
      ['ada', 'rollcall'].map((name) => ({
        key: `key-${name}` as AccountKey,
        name,
        email: undefined,
        displayName: name,
        active: true,
      })),
      1,
    ),
  )
  const first = await get('/targets/jira/unclaimed?limit=1')
  expect(first).toMatchObject({ accounts: [{ name: 'ada', own: false }], total: 2 })
  const second = await get(`/targets/jira/unclaimed?limit=1&after=${first.nextAfter}`)
  expect(second).toEqual({
    accounts: [expect.objectContaining({ name: 'rollcall', own: true })],
    total: 2,
  })
  expect(await get('/targets/jira/unbound-groups')).toEqual({ groups: [], total: 0 })
  expect(await get('/targets/wiki/unclaimed')).toMatchObject({ code: 'target_unknown' })
})
