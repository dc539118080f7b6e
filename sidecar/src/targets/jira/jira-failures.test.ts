import { createServer } from 'node:net'
import { admin, type JiraOptions } from '@rollcall/simulators/jira/create-jira'
import { afterEach, describe, expect, test } from 'vitest'
import type { AccountKey } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import { collect } from '../conformance/collect.ts'
import { failureOf } from '../conformance/failure-of.ts'
import { openTarget } from '../registry.ts'
import { type JiraUnderTest, startJira } from './testing/testing-jira.ts'

const signal = new AbortController().signal
const ada = { name: 'ada', email: 'ada@example.com', displayName: 'Ada Lovelace' }

const opened: JiraUnderTest[] = []
afterEach(async () => {
  for (const jira of opened.splice(0)) await jira.close()
})

async function start(options: JiraOptions = {}, settings: Readonly<Record<string, unknown>> = {}) {
  const jira = await startJira(options, settings)
  opened.push(jira)
  return jira
}

const basic = (password: string) => ({ credentials: { method: 'basic', username: admin.name, password } })
const wrongToken = { credentials: { method: 'pat', token: 'wrong' } }
const everyCall = { times: Number.POSITIVE_INFINITY }

describe('signing in', () => {
  test('works with user name and password as well', async () => {
    const { target } = await start({}, basic(admin.password))
    expect((await target.describe(signal)).ownAccount.name).toBe('admin')
  })

  test('each reason to be refused has a code of its own and concerns every call', async () => {
    const codes: string[] = []
    for (const [options, settings] of [
      [{}, wrongToken],
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
    expect(codes).toEqual(['jira_token_refused', 'jira_password_refused', 'jira_captcha', 'jira_basic_disabled'])
  })

  test('as somebody who is no administrator is denied, whatever is tried', async () => {
    const { target } = await start(
      { users: [{ name: 'eve', groups: ['jira-software-users'] }], tokens: [{ token: 'eve', user: 'eve' }] },
      { credentials: { method: 'pat', token: 'eve' } },
    )
    const calls = [
      () => target.describe(signal),
      () => collect(target),
      () => target.createAccount(ada, signal),
      () => target.createGroup('x', signal),
    ]
    for (const call of calls) {
      expect(await failureOf(call())).toMatchObject({ code: 'jira_not_administrator', reach: 'denied' })
    }
  })

  test('as an administrator, what only system administrators may do is refused for that subject alone', async () => {
    const { target, simulator } = await start({ groups: [{ name: 'g' }] })
    const account = await target.createAccount(ada, signal)
    simulator.faults.add({ fault: { kind: 'status', status: 403 }, match: /^POST .*group\/user/ })
    const failure = await failureOf(target.addMember('g', account, signal))
    expect(failure).toMatchObject({ code: 'jira_needs_system_administrator', reach: 'refused' })
  })
})

describe('a Jira that cannot be used now', () => {
  test('is told apart by what is wrong, and stops every call', async () => {
    const { target, simulator } = await start()
    const page = { kind: 'html' } as const
    const faults = [
      [page, 'outgoing_html_instead_of_json'],
      [{ kind: 'status', status: 503 }, 'jira_unavailable'],
      [{ kind: 'status', status: 502 }, 'jira_gateway_error'],
      [{ kind: 'status', status: 302, headers: { location: '/login.jsp' } }, 'jira_redirects'],
      [{ kind: 'status', status: 404, body: 'no such page' }, 'jira_not_found_here'],
      [{ kind: 'status', status: 403, body: '<h1>XSRF check failed</h1>' }, 'jira_xsrf_refused'],
      [{ kind: 'rewrite', rewrite: () => '{"name":7}' }, 'jira_unexpected_answer'],
      [{ kind: 'drop', when: 'before' }, 'outgoing_connection_lost'],
      [{ kind: 'cutShort' }, 'outgoing_answer_cut_short'],
    ] as const
    for (const [fault, code] of faults) {
      simulator.faults.add({ fault, ...everyCall })
      const failure = await failureOf(target.findAccount({ name: 'admin' }, signal))
      expect([failure.code, failure.reach]).toEqual([code, code === 'jira_xsrf_refused' ? 'denied' : 'unavailable'])
      simulator.faults.clear()
    }
  })

  test('is waited for by nobody: a maintenance is reported as such', async () => {
    const { target, simulator } = await start({ settings: { state: 'MAINTENANCE' } })
    expect(await failureOf(target.createAccount(ada, signal))).toMatchObject({ code: 'jira_unavailable' })
    expect((await target.check(signal)).at(-1)).toMatchObject({
      step: 'reachable',
      ok: false,
      detail: expect.stringContaining('MAINTENANCE'),
      problem: { code: 'jira_unavailable' },
    })
    simulator.jira.settings.state = 'RUNNING'
    expect((await target.createAccount(ada, signal)).name).toBe('ada')
  })

  test('does not listen at all', async () => {
    const unused = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => unused.once('listening', resolve))
    const { port } = unused.address() as { port: number }
    await new Promise((resolve) => unused.close(resolve))
    const settings = { url: `http://127.0.0.1:${port}`, credentials: { method: 'pat', token: 'x' } }
    const target = openTarget('jira', settings)
    const failure = await failureOf(target.describe(signal))
    expect(failure).toMatchObject({ code: 'outgoing_connection_refused', reach: 'unavailable' })
    expect((await target.check(signal)).map(({ step, ok }) => [step, ok])).toEqual([['reachable', false]])
    await target.close()
  })

  test('takes longer than the settings allow', async () => {
    const { target, simulator } = await start({}, { requestTimeoutSeconds: 1 })
    simulator.faults.add({ fault: { kind: 'latency', ms: 4000 }, ...everyCall })
    const failure = await failureOf(target.createAccount(ada, signal))
    expect(failure).toMatchObject({ code: 'outgoing_answer_timeout', reach: 'unavailable' })
  })

  test('is never taken for a Jira without that person', async () => {
    const { target, simulator } = await start()
    simulator.faults.add({ fault: { kind: 'html', status: 404 }, ...everyCall })
    const failure = await failureOf(target.findAccount({ name: 'admin' }, signal))
    expect(failure).toMatchObject({ code: 'jira_not_found_here', reach: 'unavailable' })
  })
})

describe('a connection that is lost once', () => {
  test.each(['before', 'inBody'] as const)('%s: every call is done all the same, and once', async (when) => {
    const { target, simulator } = await start({ groups: [{ name: 'g' }] })
    const lose = () => simulator.faults.add({ fault: { kind: 'drop', when } })
    lose()
    const account = await target.createAccount(ada, signal)
    lose()
    await target.updateAccount(account.key, { displayName: 'x' }, signal)
    lose()
    await target.addMember('g', account, signal)
    lose()
    await target.removeMember('g', account, signal)
    lose()
    await target.setAttributes(account.key, { a: 'b' }, signal)
    lose()
    await target.deactivateAccount(account.key, signal)
    lose()
    expect((await target.findAccount({ name: 'ada' }, signal))?.active).toBe(false)
    lose()
    await target.deleteAccount(account.key, signal)
    expect(simulator.jira.people.find('ada')).toBeUndefined()
  })

  test('an account that turns up and is not the one that was sent is not taken for ours', async () => {
    const { target, simulator } = await start()
    simulator.faults.add({ fault: { kind: 'drop', when: 'before' }, match: /^POST/ })
    simulator.jira.change.addUser({ name: 'ada', displayName: 'Another Ada' })
    expect((await failureOf(target.createAccount(ada, signal))).code).toBe('jira_user_exists')
  })

  test('a reading goes on after an answer of a balancer', async () => {
    const { target, simulator } = await start({ users: 20, groups: 3, memberships: 30 })
    simulator.faults.add({ fault: { kind: 'status', status: 502 }, match: /group\/member/ })
    expect((await collect(target)).complete).toBe(true)
  })
})

describe('an error inside Jira', () => {
  test('concerns that subject alone', async () => {
    const { target, simulator } = await start()
    simulator.faults.add({ fault: { kind: 'status', status: 500 }, match: /^POST/ })
    const failure = await failureOf(target.createAccount(ada, signal))
    expect(failure).toMatchObject({ code: 'jira_server_error', reach: 'refused' })
    expect((await target.createAccount(ada, signal)).name).toBe('ada')
  })

  test('of a kind that nobody knows quotes Jira, but no address', async () => {
    const { target, simulator } = await start()
    const body = JSON.stringify({ errorMessages: ['Plugin says no to\n ada@example.com today'], errors: {} })
    simulator.faults.add({ fault: { kind: 'status', status: 400, body }, match: /^PUT/ })
    const failure = await failureOf(target.activateAccount('JIRAUSER1' as AccountKey, signal))
    expect(failure.code).toBe('jira_refused')
    expect(failure.message).toContain('Plugin says no to [e-mail] today')
  })
})

describe('settings', () => {
  const credentials = { method: 'pat', token: 'secret-token' }
  const problemOf = (settings: unknown, kind = 'jira'): Problem => {
    try {
      openTarget(kind, settings)
    } catch (error) {
      if (error instanceof Problem) return error
    }
    throw new Error('it was opened')
  }

  test.each([
    ['jira_url_invalid', { url: 'jira.example.com', credentials }],
    ['jira_url_invalid', { url: 'https://user:pass@jira.example.com', credentials }],
    ['jira_url_unencrypted', { url: 'http://jira.example.com', credentials }],
    ['target_settings_invalid', { url: 'https://jira.example.com', credentials: { method: 'pat' } }],
    ['target_settings_invalid', { url: 'https://jira.example.com', credentials, tokn: 1 }],
  ])('are refused as %s', (code, settings) => {
    const problem = problemOf(settings)
    expect(problem.code).toBe(code)
    expect(JSON.stringify([problem.message, problem.context])).not.toMatch(/secret-token|user:pass/)
  })

  test('of an unknown kind are refused', () => {
    expect(problemOf({}, 'constructor').code).toBe('target_kind_unknown')
  })

  test('accept http in a network that is trusted', async () => {
    await openTarget('jira', { url: 'http://jira.example.com', credentials, allowPlainHttp: true }).close()
  })

  test('never let a metadata address be asked, and private ones only where they allow it', async () => {
    const metadata = openTarget('jira', { url: 'http://169.254.169.254', credentials, allowPlainHttp: true })
    expect((await failureOf(metadata.describe(signal))).code).toBe('outgoing_address_refused')
    await metadata.close()
    const { target } = await start({}, { allowPrivateAddresses: false })
    expect((await failureOf(target.describe(signal))).code).toBe('outgoing_address_refused')
  })
})
