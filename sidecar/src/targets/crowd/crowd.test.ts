import { randomUUID } from 'node:crypto'
import type { CrowdOptions } from '@rollcall/simulators/crowd/create-crowd'
import { application } from '@rollcall/simulators/crowd/crowd'
import { afterEach, describe, expect, test } from 'vitest'
import type { AccountKey } from '../../identity/ids.ts'
import { abilityNames } from '../../planning/capabilities.ts'
import { collect } from '../conformance/collect.ts'
import { failureOf } from '../conformance/failure-of.ts'
import { crowdCapabilities } from './crowd-capabilities.ts'
import { type CrowdUnderTest, startCrowd } from './testing/testing-crowd.ts'

const signal = new AbortController().signal
const ada = { name: 'ada', email: 'ada@example.com', displayName: 'Ada Lovelace' }

const opened: CrowdUnderTest[] = []
afterEach(async () => {
  for (const crowd of opened.splice(0)) await crowd.close()
})

async function start(options: CrowdOptions = {}, settings: Readonly<Record<string, unknown>> = {}) {
  const crowd = await startCrowd(options, settings)
  opened.push(crowd)
  return crowd
}

const keyOf = ({ simulator }: CrowdUnderTest, name: string) => simulator.crowd.change.account(name).key as AccountKey

describe('signing in', () => {
  test('a wrong password and an address that is not allowed are different faults of every call', async () => {
    const wrong = await start({}, { password: randomUUID() })
    expect(await failureOf(wrong.target.describe(signal))).toMatchObject({
      code: 'crowd_password_refused',
      reach: 'unavailable',
    })
    const elsewhere = await start({ applications: [{ ...application, allowedAddresses: ['192.0.2.1'] }] })
    expect(await failureOf(elsewhere.target.findAccount({ name: 'ada' }, signal))).toMatchObject({
      code: 'crowd_address_refused',
      reach: 'unavailable',
    })
    const steps = await elsewhere.target.check(signal)
    expect(steps.at(-1)).toMatchObject({ step: 'credentials', problem: { code: 'crowd_address_refused' } })
  })
})

describe('a change of a user', () => {
  test('sends back every field that it does not change', async () => {
    const crowd = await start({
      users: [{ ...ada, firstName: 'Augusta', lastName: 'King', attributes: { floor: ['3'] } }],
    })
    const { target, simulator } = crowd
    const key = keyOf(crowd, 'ada')
    await target.deactivateAccount(key, signal)
    await target.updateAccount(key, { email: 'new@example.com' }, signal)
    expect(simulator.crowd.change.account('ada')).toMatchObject({
      firstName: 'Augusta',
      lastName: 'King',
      displayName: 'Ada Lovelace',
      email: 'new@example.com',
      active: false,
    })
    expect([...simulator.crowd.change.account('ada').attributes]).toEqual([['floor', ['3']]])
  })

  test('is found under its new name when a rename got lost on the way', async () => {
    const crowd = await start({ users: [ada] })
    crowd.simulator.faults.add({ fault: { kind: 'drop', when: 'inBody' }, match: /^POST .*rename/ })
    await crowd.target.renameAccount(keyOf(crowd, 'ada'), 'countess', signal)
    expect(crowd.simulator.crowd.change.account('countess').key).toBeDefined()
  })

  test('a new account has no password unless the directory demands one, which nobody learns', async () => {
    const { target, simulator } = await start()
    await target.createAccount(ada, signal)
    expect(simulator.crowd.change.account('ada').password).toBeUndefined()
    const body = JSON.stringify({ reason: 'INVALID_CREDENTIAL', message: 'Password cannot be blank' })
    simulator.faults.add({ fault: { kind: 'status', status: 400, body }, match: /^POST .*\/user$/ })
    await target.createAccount({ ...ada, name: 'bob' }, signal)
    expect(simulator.crowd.change.account('bob').password).toHaveLength(43)
  })
})

describe('permissions of the application', () => {
  test('that lack say what to grant, and the description says so from then on', async () => {
    const directories = [{ name: 'Crowd Internal Directory', permissions: ['modifyUser'] as const }]
    const crowd = await start({ users: [ada], applications: [{ ...application, directories }] })
    const { target } = crowd
    const failure = await failureOf(target.createGroup('Makers', signal))
    expect(failure).toMatchObject({ code: 'crowd_permission_missing', reach: 'denied' })
    expect(failure.remedy).toContain('"Add group"')
    await target.updateAccount(keyOf(crowd, 'ada'), { displayName: 'A' }, signal)
    const { abilities } = (await target.describe(signal)).capabilities
    expect(abilities.createGroup).toMatchObject({ able: false, reason: expect.stringContaining('"Add group"') })
    expect(abilities.updateUser.able).toBe(true)
  })

  test('that lack for one directory do not stand for the others at once', async () => {
    const crowd = await start({
      directories: [{ name: 'Own' }, { name: 'LDAP', permissions: [] }],
      users: [{ ...ada, directory: 'LDAP' }, { name: 'bob' }],
    })
    const refusal = await failureOf(crowd.target.deactivateAccount(keyOf(crowd, 'ada'), signal))
    expect(refusal.reach).toBe('refused')
    await crowd.target.deactivateAccount(keyOf(crowd, 'bob'), signal)
    expect((await crowd.target.describe(signal)).capabilities.abilities.deactivateUser.able).toBe(true)
  })
})

describe('attributes', () => {
  test('that are too long or that Crowd keeps for itself are refused before anything is sent', async () => {
    const crowd = await start({ users: [ada] })
    const key = keyOf(crowd, 'ada')
    const set = (attributes: Record<string, string | readonly string[]>) =>
      failureOf(crowd.target.setAttributes(key, attributes, signal))
    expect((await set({ Ok: 'fine', About: ['x', 'y'.repeat(256)] })).code).toBe('crowd_attribute_too_long')
    expect((await set({ RequiresPasswordChange: 'true' })).code).toBe('crowd_attribute_reserved')
    expect([...crowd.simulator.crowd.change.account('ada').attributes]).toEqual([])
  })

  test('of others are never touched, and ours leave nothing behind', async () => {
    const crowd = await start({ users: [{ ...ada, attributes: { lastAuthenticated: ['1'], floor: ['3'] } }] })
    const key = keyOf(crowd, 'ada')
    await crowd.target.setAttributes(key, { Department: 'R&D', Empty: [] }, signal)
    await crowd.target.setAttributes(key, {}, signal)
    expect(Object.fromEntries(crowd.simulator.crowd.change.account('ada').attributes)).toEqual({
      lastAuthenticated: ['1'],
      floor: ['3'],
    })
  })
})

describe('nested groups', () => {
  test('that the directory refuses are learnt from the first refusal', async () => {
    const { target } = await start({
      directories: [{ name: 'Flat', nestedGroups: false }],
      groups: [{ name: 'A' }, { name: 'B' }],
    })
    expect((await target.describe(signal)).capabilities.abilities.addChildGroup.able).toBe(true)
    const failure = await failureOf(target.nesting?.addChild('A', 'B', signal) ?? Promise.resolve())
    expect(failure).toMatchObject({ code: 'crowd_nesting_unsupported', reach: 'denied' })
    const { abilities } = (await target.describe(signal)).capabilities
    expect([abilities.addChildGroup.able, abilities.removeChildGroup.able, abilities.addMember.able]).toEqual([
      false,
      false,
      true,
    ])
  })
})

describe('a server whose users have no key', () => {
  const withoutKeys = (text: string) => text.replaceAll(/"key":"[^"]*",?/g, '')

  test('knows accounts by their name in any case, and renames nobody', async () => {
    const { target, simulator } = await start({ users: [{ ...ada, name: 'Ada' }] })
    simulator.faults.add({ fault: { kind: 'rewrite', rewrite: withoutKeys }, times: Number.POSITIVE_INFINITY })
    const { accounts } = await collect(target)
    expect(accounts.map(({ key, name }) => [key, name])).toEqual([['ada', 'Ada']])
    expect(await target.findAccount({ key: 'ada' as AccountKey }, signal)).toEqual(accounts[0])
    expect(await failureOf(target.renameAccount('ada' as AccountKey, 'x', signal))).toMatchObject({
      code: 'crowd_rename_needs_key',
    })
    const { renameUser } = (await target.describe(signal)).capabilities.abilities
    expect(renameUser).toMatchObject({ able: false, reason: expect.stringContaining('key') })
  })
})

describe('a listing that changes while it is read', () => {
  test('loses nobody', async () => {
    const users = Array.from({ length: 120 }, (_, index) => ({ name: `p${String(index).padStart(3, '0')}` }))
    const { target, simulator } = await start({ users, settings: { largestPage: 50 } })
    let pages = 0
    simulator.faults.add({
      fault: {
        kind: 'rewrite',
        rewrite: (text) => {
          pages += 1
          if (pages === 1) simulator.crowd.change.removeUser('p000')
          return text
        },
      },
      match: /search\?entity-type=user/,
      times: Number.POSITIVE_INFINITY,
    })
    const names = new Set((await collect(target)).accounts.map(({ name }) => name))
    expect(users.slice(1).filter(({ name }) => !names.has(name))).toEqual([])
  })
})

describe('what can be done', () => {
  test('names every ability with its way or the reason against it, on both servers', () => {
    for (const product of ['crowd', 'jira'] as const) {
      const { abilities } = crowdCapabilities({ product, keyless: false })
      expect(Object.keys(abilities).sort()).toEqual([...abilityNames].sort())
      for (const ability of Object.values(abilities)) expect(ability.able ? ability.way : ability.reason).toBeTruthy()
    }
    expect(crowdCapabilities({ product: 'jira', keyless: false }).abilities.deactivateUser).toMatchObject({
      note: expect.stringContaining('leads'),
    })
  })

  test('says which directory receives accounts, and why, though its name is not told', async () => {
    const { target } = await start()
    expect((await target.describe(signal)).directory).toEqual({
      name: undefined,
      why: expect.stringContaining('first directory mapped to the application'),
    })
  })
})
