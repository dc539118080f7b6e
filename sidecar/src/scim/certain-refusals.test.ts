import { Policy } from '@rollcall/contract/policy'
import { Value } from 'typebox/value'
import { afterEach, expect, test } from 'vitest'
import type { TargetId } from '../identity/ids.ts'
import { abilityNames, type Capability } from '../planning/capabilities.ts'
import { openScimWorld, type ScimWorld } from './testing/scim-world.ts'

let world: ScimWorld
afterEach(() => world.close())

interface Wanted {
  readonly users?: object
  readonly createUser?: Capability
  readonly protectedAccounts?: readonly string[]
  readonly kind?: string
  readonly remaining?: number
}

async function openWith({
  users = {},
  createUser = { able: true },
  protectedAccounts = [],
  kind = 'jira',
  remaining,
}: Wanted): Promise<TargetId> {
  world = await openScimWorld()
  const { db } = world.store
  const names = { maxLength: 20, forbiddenInUserName: '<>,', userNameCase: 'lower', forbiddenInGroupName: '' }
  const able = Object.fromEntries(abilityNames.map((ability) => [ability, { able: true }]))
  const description = {
    capabilities: { abilities: { ...able, createUser }, names },
    seats: [{ application: 'it', remaining }],
  }
  const { id } = await db
    .insertInto('target')
    .values({
      slug: 'jira',
      name: 'Jira',
      name_key: 'jira' as never,
      kind,
      entry: JSON.stringify({ protected: { accounts: protectedAccounts, groups: [] } }) as never,
      managed_by: 'test',
      description: JSON.stringify(description) as never,
      created_at: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const policy = Value.Default(Policy, { target: 'Jira', users, groups: { mode: 'onTheFly' } })
  await db
    .insertInto('policy')
    .values({
      connection_id: world.connection,
      target_id: id,
      policy: JSON.stringify(policy) as never,
      basis: '{}' as never,
      version: 1,
    })
    .execute()
  await world.scim.refresh()
  return id
}

const stored = () => world.store.raw.prepare('select count(*) as users from scim_user').get()
const push = (userName: string, more: object = {}) => world.send('POST', '/Users', { userName, ...more })

test('a name that the target cannot have is refused with the reason, and nothing is stored', async () => {
  await openWith({})
  const refused = await push('a<b')
  expect(refused).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
  expect(refused.body.detail).toContain('cannot be one in Jira: it contains the character <')
  expect((await push('a'.repeat(21))).status).toBe(400)
  expect(stored()).toEqual({ users: 0 })
  expect((await push('ada')).status).toBe(201)
})

test('the name that counts is the one that the policy makes', async () => {
  await openWith({ users: { userName: { expression: 'user.userName', pattern: '(.*)@.*', replacement: '$1' } } })
  expect((await push('ada@a-long-domain-of-a-company.example')).status).toBe(201)
  expect((await push('a,b@example.com')).status).toBe(400)
})

test('a change to such a name is refused too, and leaves the person as it was', async () => {
  await openWith({})
  const { body } = await push('ada')
  const patch = { Operations: [{ op: 'replace', path: 'userName', value: 'a<b' }] }
  expect((await world.send('PATCH', `/Users/${body.id}`, patch)).status).toBe(400)
  expect((await world.send('GET', `/Users/${body.id}`)).body).toEqual(body)
})

test('whoever the policy leaves out may have any name', async () => {
  await openWith({ users: { filter: 'user.userName != "a<b"' } })
  expect((await push('a<b')).status).toBe(201)
})

test('a protected account is not taken over by its name', async () => {
  await openWith({ protectedAccounts: ['Admin'] })
  expect(await push('ADMIN')).toMatchObject({ status: 400, body: { detail: expect.stringContaining('protected') } })
})

test('a directory that takes nobody new refuses who is not there, and leaves who can be adopted to the plan', async () => {
  const target = await openWith({ createUser: { able: false, reason: 'The directory is read-only.' } })
  await world.store.db
    .insertInto('account')
    .values({
      target_id: target,
      account_key: 'k' as never,
      name: 'bela',
      name_key: 'bela' as never,
      display_name: 'Bela',
      active: 1,
    })
    .execute()
  expect(await push('ada')).toMatchObject({ status: 400, body: { detail: expect.stringContaining('read-only') } })
  expect((await push('Bela')).status).toBe(201)
  expect((await push('cai', { active: false })).status).toBe(201)
})

interface Planned {
  readonly target: TargetId
  readonly counts?: object
  readonly markSeq?: number
}

/** The plan of a run that has just asked the product how many seats it has. */
async function insertPlan({ target, counts = {}, markSeq = 0 }: Planned): Promise<void> {
  const { db } = world.store
  const { connection, clock } = world
  const run = await db
    .insertInto('run')
    .values({ connection_id: connection, run_trigger: 'push', mode: 'synchronize', state: 'finished', queued_at: 0 })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('plan')
    .values({
      run_id: run.id,
      connection_id: connection,
      target_id: target,
      as_of: clock.now,
      mark_seq: markSeq,
      policy_version: 1,
      status: 'applied',
      counts: JSON.stringify(counts) as never,
      verdict: '{}' as never,
    })
    .execute()
  await world.scim.refresh()
}

test('a product without a seat refuses who would take one, and leaves who has an account there to the plan', async () => {
  const target = await openWith({ kind: 'confluence', remaining: 0 })
  await world.store.db
    .insertInto('account')
    .values({
      target_id: target,
      account_key: 'k' as never,
      name: 'bela',
      name_key: 'bela' as never,
      display_name: 'Bela',
      active: 1,
    })
    .execute()
  await insertPlan({ target })
  expect(await push('ada')).toMatchObject({ status: 400, body: { detail: expect.stringContaining('no seat left') } })
  expect((await push('cai', { active: false })).status).toBe(201)
  await insertPlan({ target, markSeq: 1_000 })
  expect((await push('Bela')).status).toBe(201)
})

test('seats are certain only until something may have given one back', async () => {
  const target = await openWith({ kind: 'confluence', remaining: 0 })
  expect((await push('never-asked')).status).toBe(201)
  await insertPlan({ target, counts: { deactivateUser: { applied: 1 } }, markSeq: 1_000 })
  expect((await push('somebody-left')).status).toBe(201)
  await insertPlan({ target, markSeq: 1_000 })
  expect((await push('ada')).status).toBe(400)
  await insertPlan({ target })
  expect((await push('pushed-meanwhile')).status).toBe(201)
  await insertPlan({ target, markSeq: 1_000 })
  world.clock.now += 301_000
  expect((await push('long-ago')).status).toBe(201)
})

test('where a new account takes no seat nobody is refused for it', async () => {
  const target = await openWith({ kind: 'jira', remaining: 0 })
  await insertPlan({ target })
  expect((await push('ada')).status).toBe(201)
  await world.close()
  const confluence = await openWith({ kind: 'confluence', remaining: 1 })
  await insertPlan({ target: confluence })
  expect((await push('ada')).status).toBe(201)
})
