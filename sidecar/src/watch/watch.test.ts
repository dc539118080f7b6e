import type { NoticesEntry } from '@rollcall/contract/notices'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { storeNotices } from '../connections/configuration/stored-notices.ts'
import type { TargetId } from '../identity/ids.ts'
import { seedConnection, seedTarget } from '../state/testing/seeds.ts'
import type { Store } from '../store/open-database.ts'
import { openTestStore } from '../store/testing/databases.ts'
import { transaction } from '../store/transaction.ts'
import { type HookServer, startHookServer } from './testing/hook-server.ts'
import { type MailServer, startMailServer } from './testing/mail-server.ts'
import { createWatch, type Watch } from './watch.ts'

const noon = Date.UTC(2026, 0, 5, 12)
const hour = 3_600_000

describe('the watch', () => {
  let store: Store
  let target: TargetId
  let now = noon
  let watch: Watch
  let mail: MailServer
  let hook: HookServer
  const reported: unknown[] = []

  beforeEach(async () => {
    store = await openTestStore()
    target = await seedTarget(store.db, 'jira')
    await seedConnection(store.db, 'entra', [target])
    now = noon
    reported.length = 0
    mail = await startMailServer({ login: { user: 'rollcall', password: 'right' } })
    hook = await startHookServer(() => now, 'key')
    watch = newWatch()
  })
  afterEach(async () => {
    await watch.stop()
    await mail.close()
    await hook.close()
    await store.close()
  })

  const newWatch = (environment: Record<string, string> = {}) =>
    createWatch({
      db: store.db,
      now: () => now,
      random: () => 1,
      environment: { MAIL: 'right', HOOK: 'key', ...environment },
      adminUrl: 'https://rollcall.example.com/',
      report: (error) => reported.push(error),
      wait: () => () => {},
    })
  const smtp = (more: object = {}) => ({
    host: '127.0.0.1',
    port: mail.port,
    tls: 'none' as const,
    user: 'rollcall',
    password: '${MAIL}',
    from: 'rollcall@example.com',
    to: ['it@example.com'],
    ...more,
  })
  const webhook = (more: object = {}) => ({
    name: 'chat',
    url: hook.url,
    format: 'generic' as const,
    secret: '${HOOK}',
    allowPrivateAddresses: true,
    ...more,
  })
  const tell = (entry: NoticesEntry) =>
    transaction(store.db, (trx) => storeNotices(trx, { entry, managedBy: 'file:a.yaml' }))
  const fail = (failures: number) => store.db.updateTable('policy').set({ failures }).execute()

  test('tells by mail and webhook what began and what ended, each once, with a link and a proof of who sent it', async () => {
    await tell({ smtp: smtp(), webhooks: [webhook()] })
    await fail(1)
    await watch.look()
    await watch.look()
    expect(mail.mails).toHaveLength(1)
    expect(mail.mails[0]).toMatchObject({ to: ['it@example.com'], subject: 'Rollcall: Failed: entra to jira' })
    expect(mail.mails[0]?.text).toContain('https://rollcall.example.com/#/')
    expect(mail.mails[0]?.headers).toContain('Auto-Submitted: auto-generated')
    expect(hook.bodies).toMatchObject([
      { version: 1, events: [{ event: 'opened', kind: 'legFailing', connection: 'entra', target: 'jira' }] },
    ])
    await fail(5)
    await watch.look()
    expect(hook.bodies[1]).toMatchObject({
      events: [{ event: 'changed', kind: 'legQuarantined', severity: 'critical' }],
    })
    await fail(6)
    await watch.look()
    await fail(0)
    await watch.look()
    await watch.look()
    expect(hook.bodies.slice(2)).toMatchObject([{ events: [{ event: 'ended', kind: 'legQuarantined' }] }])
    expect(mail.mails.map(({ subject }) => subject)).toEqual([
      'Rollcall: Failed: entra to jira',
      'Rollcall: Still: Keeps failing: entra to jira',
      'Rollcall: Over: Keeps failing: entra to jira',
    ])
    expect(reported).toEqual([])
  })

  test('a channel that is down delays no other, is tried again later, and then gets everything in one message', async () => {
    await tell({ smtp: smtp(), webhooks: [webhook()] })
    mail.refuse = true
    await fail(1)
    await watch.look()
    expect(hook.bodies).toHaveLength(1)
    await fail(0)
    mail.refuse = false
    now += 30_000
    await watch.look()
    expect(mail.mails).toEqual([])
    now += 30_000
    await watch.look()
    expect(mail.mails.map(({ subject }) => subject)).toEqual(['Rollcall: 2 notices (1 new, 1 over)'])
    expect(reported).toEqual([])
  })

  test('a channel that keeps refusing is itself something that needs somebody', async () => {
    await tell({ smtp: smtp(), webhooks: [webhook()] })
    mail.refuse = true
    await fail(1)
    for (let look = 0; look < 4; look += 1) {
      await watch.look()
      now += hour
    }
    expect((await watch.list()).map(({ kind }) => kind)).toEqual(['legFailing', 'noticesUndelivered'])
    expect(hook.bodies.at(-1)).toMatchObject({ events: [{ event: 'opened', kind: 'noticesUndelivered' }] })
    expect(JSON.stringify(hook.bodies)).toContain('It answered 451.')
  })

  test('many at once are one message that names some and counts the rest', async () => {
    await tell({ smtp: smtp(), webhooks: [] })
    for (let n = 0; n < 40; n += 1) await seedConnection(store.db, `c${n}`, [target])
    await fail(1)
    await watch.look()
    expect(mail.mails.map(({ subject }) => subject)).toEqual(['Rollcall: 41 notices (41 new)'])
    expect(mail.mails[0]?.text).toContain('and 11 more')
  })

  test('a webhook gets only the kinds that it asks for', async () => {
    await tell({ webhooks: [webhook({ events: ['planHeld'] })] })
    await fail(1)
    await watch.look()
    expect(hook.bodies).toEqual([])
  })

  test('Slack and Teams get what their webhooks take, with names that are no markup', async () => {
    const open = await startHookServer(() => now)
    await store.db.updateTable('connection').set({ name: '<b>*_Entra' }).execute()
    const chat = (name: string, format: 'slack' | 'teams') =>
      webhook({ name, format, url: '${CHAT}', secret: undefined })
    await tell({ webhooks: [chat('a', 'slack'), chat('b', 'teams')] })
    watch = newWatch({ CHAT: open.url })
    await fail(1)
    await watch.look()
    const bodies = JSON.stringify(open.bodies)
    expect(bodies).toContain('&lt;b&gt;*_Entra to jira')
    expect(bodies).toContain('<https://rollcall.example.com/#/|Open Rollcall>')
    expect(open.bodies).toHaveLength(2)
    expect(bodies).toContain('"contentType":"application/vnd.microsoft.card.adaptive"')
    expect(bodies).toContain('<b>\\\\*\\\\_Entra to jira')
    await open.close()
  })

  test('any sequence of states tells each beginning and each end exactly once, whatever is restarted or down', async () => {
    const step = fc.record({ failures: fc.constantFrom(0, 1, 5), down: fc.boolean(), restart: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        await tell({ webhooks: [webhook()] })
        const expected: string[] = []
        let before = 0
        hook.bodies.length = 0
        for (const { failures, down, restart } of [...steps, { failures: 0, down: false, restart: false }]) {
          if (restart) {
            await watch.stop()
            watch = newWatch()
          }
          hook.status = down ? 503 : 200
          await fail(failures)
          await watch.look()
          if (before === 0 && failures > 0) expected.push('opened')
          if (before > 0 && failures > 0 && before !== failures) expected.push('changed')
          if (before > 0 && failures === 0) expected.push('ended')
          before = failures
          now += 2 * hour
        }
        await watch.look()
        const events = hook.bodies.flatMap(
          (body) => (body as { events: { event: string; id: string; key: string }[] }).events,
        )
        const told = events.filter(({ key }) => key === 'leg/entra/jira')
        expect(told.map(({ event }) => event)).toEqual(expected)
        expect(new Set(told.map(({ id }) => id)).size).toBe(told.length)
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  describe('a test', () => {
    const outcome = async (entry: NoticesEntry, environment?: Record<string, string>) => {
      await tell(entry)
      const { ok, channels } = await newWatch(environment).test()
      return [ok, ...channels.flatMap(({ steps }) => steps.map((each) => each.problem?.code ?? each.step))]
    }

    test('goes through every step', async () => {
      const steps = await outcome({ smtp: smtp(), webhooks: [webhook()] })
      expect(steps).toEqual([true, 'Find the mail server', 'Connect and sign in', 'Send a mail', 'Post a notice'])
      expect(mail.mails).toMatchObject([{ subject: 'Rollcall: Test notice' }])
      expect(hook.bodies).toMatchObject([{ events: [{ event: 'test' }] }])
    })

    test('says which step failed, each fault with a code of its own', async () => {
      const only = { webhooks: [] }
      const find = 'Find the mail server'
      expect(await outcome({ smtp: smtp(), ...only }, { MAIL: 'wrong' })).toEqual([
        false,
        find,
        'notice_mail_sign_in_refused',
      ])
      expect(await outcome({ smtp: smtp(), ...only }, { MAIL: '' })).toEqual([false, 'secret_unresolved'])
      expect(await outcome({ smtp: smtp({ port: 1 }), ...only })).toEqual([false, find, 'notice_mail_unreachable'])
      expect(await outcome({ smtp: smtp({ tls: 'startTls' }), ...only })).toEqual([
        false,
        find,
        'notice_mail_tls_failed',
      ])
      expect(await outcome({ smtp: smtp({ to: ['nobody@example.com'] }), ...only })).toEqual([
        false,
        find,
        'Connect and sign in',
        'notice_mail_refused',
      ])
      expect(await outcome({ smtp: smtp({ host: '169.254.169.254' }), ...only })).toEqual([
        false,
        'notice_mail_address_refused',
      ])
      expect(await outcome({ smtp: smtp({ host: 'mail.invalid' }), ...only })).toEqual([
        false,
        'notice_mail_host_unknown',
      ])
      expect(await outcome({ webhooks: [webhook()] }, { HOOK: 'other' })).toEqual([false, 'notice_webhook_refused'])
      expect(await outcome({ webhooks: [webhook({ url: '${BAD}' })] }, { BAD: 'nonsense' })).toEqual([
        false,
        'notice_webhook_address_invalid',
      ])
      expect(await outcome({ webhooks: [webhook({ allowPrivateAddresses: false })] })).toEqual([
        false,
        'outgoing_address_refused',
      ])
    })

    test('a certificate that nobody trusts is no mail server that is down', async () => {
      const secured = await startMailServer({ tls: true })
      const entry = {
        smtp: smtp({ port: secured.port, tls: 'startTls', user: undefined, password: undefined }),
        webhooks: [],
      }
      expect(await outcome(entry)).toEqual([false, 'Find the mail server', 'notice_mail_tls_failed'])
      await secured.close()
    })
  })

  test('lists what holds now, before anybody has looked', async () => {
    await fail(1)
    expect(await watch.list()).toMatchObject([
      { key: 'leg/entra/jira', connection: { slug: 'entra' }, since: now, title: 'Failed: entra to jira' },
    ])
    await watch.look()
    now += hour
    expect(await watch.list()).toMatchObject([{ since: noon }])
  })
})
