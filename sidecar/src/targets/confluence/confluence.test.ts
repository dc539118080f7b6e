import { admin, type ConfluenceOptions } from '@rollcall/simulators/confluence/create-confluence'
import { afterEach, describe, expect, test } from 'vitest'
import type { AccountKey } from '../../identity/ids.ts'
import { collect } from '../conformance/collect.ts'
import { failureOf } from '../conformance/failure-of.ts'
import { type ConfluenceUnderTest, startConfluence } from './testing/testing-confluence.ts'

const signal = new AbortController().signal
const ada = { name: 'ada', email: 'ada@example.com', displayName: 'Ada Lovelace' }
const always = { times: Number.POSITIVE_INFINITY }

const opened: ConfluenceUnderTest[] = []
afterEach(async () => {
  for (const confluence of opened.splice(0)) await confluence.close()
})

async function start(options: ConfluenceOptions = {}, settings: Readonly<Record<string, unknown>> = {}) {
  const under = await startConfluence(options, settings)
  opened.push(under)
  const { confluence, faults, requests } = under.simulator
  const key = (name: string) => confluence.change.user(name).key as AccountKey
  return { ...under, confluence, faults, requests, key, member: (name: string) => ({ key: key(name), name }) }
}

const basic = (password: string) => ({ credentials: { method: 'basic', username: admin.name, password } })

describe('signing in', () => {
  test('each reason to be refused has a code of its own and concerns every call', async () => {
    const codes: string[] = []
    for (const [options, settings] of [
      [{}, { credentials: { method: 'pat', token: 'wrong' } }],
      [{}, basic('wrong')],
      [{ settings: { failuresUntilCaptcha: 0 } }, basic(admin.password)],
      [{ settings: { basicAllowed: false } }, basic(admin.password)],
    ] as const) {
      const { target } = await start(options, settings)
      const failure = await failureOf(target.describe(signal))
      expect(failure.reach).toBe('unavailable')
      expect(failure.message).not.toContain('wrong')
      codes.push(failure.code)
    }
    expect(codes).toEqual([
      'confluence_token_refused',
      'confluence_password_refused',
      'confluence_captcha',
      'confluence_basic_disabled',
    ])
  })

  test.each(['9.2', '10.0', '10'] as const)(
    'as no administrator is denied before anything is tried (%s)',
    async (version) => {
      const { target } = await start(
        { version, users: [{ name: 'eve', groups: ['confluence-users'] }], tokens: [{ token: 'eve', user: 'eve' }] },
        { credentials: { method: 'pat', token: 'eve' } },
      )
      expect(await failureOf(target.describe(signal))).toMatchObject({
        code: 'confluence_not_administrator',
        reach: 'denied',
      })
    },
  )

  test('is told apart from a Confluence that cannot be used now', async () => {
    const { target, faults } = await start()
    for (const [fault, code] of [
      [{ kind: 'html' }, 'outgoing_html_instead_of_json'],
      [{ kind: 'html', status: 404 }, 'confluence_not_found_here'],
      [{ kind: 'status', status: 503 }, 'confluence_unavailable'],
      [{ kind: 'status', status: 502 }, 'confluence_gateway_error'],
      [{ kind: 'status', status: 403, body: '<h1>XSRF check failed</h1>' }, 'confluence_xsrf_refused'],
      [{ kind: 'rewrite', rewrite: () => '{"type":"known"}' }, 'confluence_unexpected_answer'],
    ] as const) {
      faults.add({ fault, ...always })
      expect((await failureOf(target.findAccount({ name: 'admin' }, signal))).code).toBe(code)
      faults.clear()
    }
  })

  test('while Confluence is in maintenance or in read-only mode is waited for, not counted against anybody', async () => {
    const { target, faults, confluence, key } = await start({ users: [{ name: 'ada' }] })
    const body = JSON.stringify({ statusCode: 405, data: null, message: 'Confluence is in read-only mode.' })
    faults.add({ fault: { kind: 'status', status: 405, body }, match: /^PUT/, ...always })
    const failure = await failureOf(target.deactivateAccount(key('ada'), signal))
    expect(failure).toMatchObject({ code: 'confluence_read_only_mode', reach: 'unavailable' })
    faults.clear()
    confluence.settings.state = 'MAINTENANCE'
    expect((await failureOf(target.deactivateAccount(key('ada'), signal))).code).toBe('confluence_unavailable')
    expect((await target.check(signal)).at(-1)?.problem?.code).toBe('confluence_unavailable')
    confluence.settings.state = 'RUNNING'
  })
})

describe('creating', () => {
  test('sends a password that nobody knows, tells nobody, and leaves the default group', async () => {
    const { target, confluence } = await start()
    await target.createAccount(ada, signal)
    const { password, groups } = confluence.change.user('ada')
    expect(password).toMatch(/^[\w-]{43}aA1!$/)
    expect([...groups]).toEqual([])
  })

  test('is done once although the connection is lost', async () => {
    const { target, faults, confluence } = await start()
    faults.add({ fault: { kind: 'drop', when: 'inBody' }, match: /^POST/ })
    expect(await target.createAccount(ada, signal)).toMatchObject({ name: 'ada', email: ada.email })
    expect(confluence.people.everyone()).toHaveLength(2)
  })

  test.each([
    [{ ...ada, displayName: 'a <b>' }, 'confluence_full_name_illegal'],
    [{ ...ada, email: 'nobody' }, 'confluence_email_illegal'],
    [{ ...ada, name: 'Ada Lovelace' }, 'confluence_name_illegal'],
  ])('says which value Confluence does not take', async (account, code) => {
    const { target } = await start()
    expect(await failureOf(target.createAccount(account, signal))).toMatchObject({ code, reach: 'refused' })
  })
})

describe('deleting', () => {
  test('is followed to its end', async () => {
    const { target, confluence, requests, key } = await start({
      users: [{ name: 'ada' }],
      settings: { deletionTakes: 3 },
    })
    await target.deleteAccount(key('ada'), signal)
    expect(confluence.people.find('ada')).toBeUndefined()
    expect(requests.count(/longtask/)).toBe(4)
  })

  test('that Confluence cannot finish is not taken for done', async () => {
    const { target, key } = await start({ users: [{ name: 'ada' }], settings: { deletionFailsFor: ['ada'] } })
    const failure = await failureOf(target.deleteAccount(key('ada'), signal))
    expect(failure).toMatchObject({ code: 'confluence_deletion_failed', reach: 'refused' })
    expect(failure.message).toContain('could not be deleted')
  })

  test('stops being followed when it is told to', async () => {
    const { target, key } = await start({ users: [{ name: 'ada' }], settings: { deletionTakes: 1000 } })
    await expect(target.deleteAccount(key('ada'), AbortSignal.timeout(300))).rejects.toThrow()
  })
})

describe('what the release can do', () => {
  test.each([
    ['8.5', false, false],
    ['9.2', false, false],
    ['10.0', true, false],
    ['10', true, true],
  ] as const)('%s: is found out by asking', async (version, updates, emails) => {
    const { target, faults } = await start({ version, users: [{ name: 'ada', groups: ['confluence-users'] }] })
    const lie = (body: string) => body.replaceAll(/"version":"[^"]*"/g, '"version":"99.9"')
    faults.add({ fault: { kind: 'rewrite', rewrite: lie }, match: /manifest|server-information/, ...always })
    const { capabilities, version: told } = await target.describe(signal)
    expect(told).toBe('99.9')
    expect(capabilities.abilities.updateUser.able).toBe(updates)
    const seen = (await collect(target)).accounts.find(({ name }) => name === 'ada')
    expect(seen?.email).toBe(emails ? 'ada@example.com' : undefined)
  })

  test('e-mails of those whom the index leaves out are unknown, and they are seen all the same', async () => {
    const { target } = await start({
      version: '10',
      users: [
        { name: 'idle', active: false, groups: ['confluence-users'] },
        { name: 'ada', groups: ['confluence-users'] },
      ],
    })
    const emails = new Map((await collect(target)).accounts.map(({ name, email }) => [name, email]))
    expect([emails.get('ada'), emails.get('idle'), emails.has('idle')]).toEqual(['ada@example.com', undefined, true])
  })

  test.each([
    ['9.2', true],
    ['10.0', false],
  ] as const)('%s: groups whose names fit no path are read by query, or left alone', async (version, seen) => {
    const { target } = await start({ version, users: [{ name: 'ada' }], groups: [{ name: 'a/b', members: ['ada'] }] })
    const { groups, members } = await collect(target)
    expect(groups.includes('a/b')).toBe(seen)
    expect(members.get('a/b')?.length).toBe(seen ? 1 : undefined)
    const step = (await target.check(signal)).find((each) => each.step === 'groups')
    expect(step?.detail.includes('left alone')).toBe(!seen)
  })
})

describe('observing', () => {
  const people = Array.from({ length: 450 }, (_, index) => ({
    name: `p${String(index).padStart(3, '0')}`,
    groups: ['g'],
  }))

  test('sees everybody in the middle of whose listing somebody was deleted', async () => {
    const { target, faults, confluence } = await start({ users: people })
    let pages = 0
    const rewrite = (body: string) => {
      pages += 1
      if (pages === 1) confluence.change.removeUser('p000')
      return body
    }
    faults.add({ fault: { kind: 'rewrite', rewrite }, match: /user\/list/, ...always })
    const names = new Set((await collect(target)).accounts.map(({ name }) => name))
    expect(people.filter(({ name }) => name !== 'p000' && !names.has(name))).toEqual([])
  })

  test('does not believe a listing that leaves a member out', async () => {
    const { target, faults } = await start({ users: people })
    const rewrite = (body: string) => {
      const page = JSON.parse(body) as { results: { username: string }[] }
      return JSON.stringify({ ...page, results: page.results.filter(({ username }) => username !== 'p007') })
    }
    faults.add({ fault: { kind: 'rewrite', rewrite }, match: /user\/list/, ...always })
    const failure = await failureOf(collect(target))
    expect(failure).toMatchObject({ code: 'confluence_users_incomplete', reach: 'unavailable' })
  })
})

test('a membership through a nested group cannot be removed and is told as inherited', async () => {
  const { target, member } = await start({
    users: [{ name: 'ada', groups: ['inner'] }],
    groups: [{ name: 'outer', subgroups: ['inner'] }],
  })
  const failure = await failureOf(target.removeMember('outer', member('ada'), signal))
  expect(failure).toMatchObject({ code: 'inherited_member', reach: 'refused' })
  await target.removeMember('inner', member('ada'), signal)
})

test('the seats say which groups take one', async () => {
  const { target } = await start({ settings: { seats: 10 } })
  const [seats] = (await target.describe(signal)).seats
  expect(seats?.remaining).toBe(9)
  expect([...(seats?.groups ?? [])].sort()).toEqual(['confluence-administrators', 'confluence-users'])
})
