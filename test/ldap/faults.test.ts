import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { findSlapd, type ServerCertificate } from '../../scripts/slapd.ts'
import { onlyLeg, planOf } from '../end-to-end/harness/administrator.ts'
import { tolerant } from '../end-to-end/harness/configuration.ts'
import { destructiveRequests, jiraReading, writes } from '../end-to-end/harness/jira-reading.ts'
import { type Group, generateCompany } from './company/company.ts'
import { ldifRecord } from './company/ldif.ts'
import type { Fault } from './fault-proxy/fault.ts'
import { type ConnectionChange, type LdapWorld, startSettledLdapWorld } from './harness/ldap-world.ts'
import { bindDn, passwordOf } from './servers/bind-accounts.ts'
import { createCertificateAuthority } from './servers/certificate-authority.ts'
import { startCompany } from './servers/start-company.ts'

/** Six pages of people and two of groups. */
const company = generateCompany({ seed: 11, people: 110, groups: 30, memberships: 300 })
const { suffix } = company
/** Pages of a reading are those of people and then those of groups. */
const groupPage = 7

interface FaultCase {
  readonly what: string
  readonly fault: Fault
}

interface Refusal {
  readonly what: string
  readonly code: string
  readonly change: ConnectionChange
}

const inPage3 = { page: 3, afterEntries: 7 }
const result = (code: number, page = 3): Fault => ({ kind: 'result', page, code })

/** Everything that a reading must not outlive: it ends with a problem that has a name, and nothing is concluded from it. */
const faults: readonly FaultCase[] = [
  { what: 'the connection is closed before a byte', fault: { kind: 'cut', how: 'end', at: { bytes: 0 } } },
  ...[1, 10, 200, 1000, 5000, 12_000].map((bytes) => ({
    what: `the connection is reset after ${bytes} bytes`,
    fault: { kind: 'cut', how: 'reset', at: { bytes } } as const,
  })),
  ...[300, 3000].map((bytes) => ({
    what: `nothing comes after ${bytes} bytes`,
    fault: { kind: 'silence', at: { bytes } } as const,
  })),
  {
    what: 'the connection is reset within page 1',
    fault: { kind: 'cut', how: 'reset', at: { page: 1, afterEntries: 1 } },
  },
  { what: 'the connection is reset within page 3', fault: { kind: 'cut', how: 'reset', at: inPage3 } },
  { what: 'the server closes its half within page 3', fault: { kind: 'cut', how: 'end', at: inPage3 } },
  { what: 'the server closes its half between pages', fault: { kind: 'cut', how: 'end', at: { page: 3 } } },
  {
    what: 'the connection is reset within groups',
    fault: { kind: 'cut', how: 'reset', at: { page: groupPage, afterEntries: 3 } },
  },
  { what: 'the server closes its half within groups', fault: { kind: 'cut', how: 'end', at: { page: groupPage } } },
  { what: 'nothing comes after the middle of page 3', fault: { kind: 'silence', at: inPage3 } },
  { what: 'a page of groups never ends', fault: { kind: 'silence', at: { page: groupPage } } },
  { what: 'something else than LDAP comes', fault: { kind: 'garbage', at: inPage3 } },
  { what: 'the server says that it shuts down', fault: { kind: 'inject', what: 'notice', at: inPage3 } },
  { what: 'an answer comes that nobody asked for', fault: { kind: 'inject', what: 'intermediate', at: inPage3 } },
  { what: 'a part of the directory is elsewhere', fault: { kind: 'inject', what: 'reference', at: inPage3 } },
  { what: 'the pages go round in circles', fault: { kind: 'loop', page: 3 } },
  { what: 'an operations error', fault: result(1) },
  { what: 'the time limit', fault: result(3) },
  { what: 'the size limit', fault: result(4) },
  { what: 'the size limit at the groups', fault: result(4, groupPage) },
  { what: 'a referral instead of the rest', fault: result(10) },
  { what: 'the administrative limit', fault: result(11) },
  { what: 'no such object of a sudden', fault: result(32) },
  { what: 'rights are gone of a sudden', fault: result(50) },
  { what: 'the server is busy', fault: result(51) },
  { what: 'the server is unavailable', fault: result(52) },
  { what: 'the server is unwilling', fault: result(53) },
  { what: 'another error of the server', fault: result(80, groupPage) },
  { what: 'a result code that nobody knows', fault: result(120) },
]

/** The directory, or what is asked of it, has changed: nothing is concluded from that either. */
const refusals: readonly Refusal[] = [
  { what: 'the account has a size limit', code: 'ldap_size_limit', change: { account: 'limited' } },
  { what: 'the account may see nothing', code: 'ldap_base_not_found', change: { account: 'stranger' } },
  { what: 'the account may see the base only', code: 'ldap_base_shows_nothing', change: { account: 'shallow' } },
  { what: 'the account may not ask for pages', code: 'ldap_admin_limit', change: { account: 'unpaged' } },
  {
    what: 'the base does not exist',
    code: 'ldap_base_not_found',
    change: { settings: { users: { base: `ou=nowhere,${suffix}` } } },
  },
  {
    what: 'the base of the groups does not exist',
    code: 'ldap_base_not_found',
    change: { settings: { groups: { base: `ou=nowhere,${suffix}` } } },
  },
  {
    what: 'the filter fits nobody',
    code: 'ldap_filter_fits_nobody',
    change: { settings: { users: { filter: '(uid=nobody)' } } },
  },
  {
    what: 'the canary is not there',
    code: 'ldap_canary_missing',
    change: { settings: { canaryDn: `cn=canary,${suffix}` } },
  },
  {
    what: 'the attribute of the id is not there',
    code: 'ldap_id_missing',
    change: { settings: { users: { id: 'employeeNumber' } } },
  },
  {
    what: 'the server is asked for StartTLS that it has not',
    code: 'ldap_starttls_refused',
    change: { settings: { startTls: true } },
  },
  {
    what: 'nobody listens',
    code: 'ldap_connection_refused',
    change: { settings: { urls: ['ldap://127.0.0.1:9', 'ldap://127.0.0.1:19'] } },
  },
]

/** Somebody leaves and somebody joins while the fault strikes: what is seen of it must not be half of it. */
async function leaveAndJoin({ slapd }: LdapWorld): Promise<void> {
  await slapd.modify(
    [
      ldifRecord(company.people[0]?.dn ?? '', [['changetype', 'delete']]),
      ldifRecord(`uid=newcomer,ou=people,${suffix}`, [
        ['changetype', 'add'],
        ['objectClass', 'inetOrgPerson'],
        ['uid', 'newcomer'],
        ['cn', 'Newcomer'],
        ['sn', 'Comer'],
        ['mail', 'newcomer@example.com'],
      ]),
    ].join(''),
  )
}

describe.skipIf(findSlapd() === undefined)('with any fault of network or directory nothing is concluded', () => {
  const stops: (() => unknown)[] = []
  let world: LdapWorld
  let certified: Readonly<Record<Certified, string>>
  beforeAll(async () => {
    world = await startSettledLdapWorld(company, { guard: tolerant }, (stop) => stops.push(stop))
    certified = await startCertified((stop) => stops.push(stop))
    await leaveAndJoin(world)
  })
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop()
  })

  afterEach(async () => {
    world.proxy.clear()
    await world.configure({ guard: tolerant })
    world.jira.requests.clear()
  })

  /** A run that fails with a name, plans nothing and sends nothing. */
  async function expectNothing(code: unknown = expect.stringMatching(/^ldap_/)): Promise<void> {
    const run = await world.administrator.synchronize('directory', { full: true })
    expect([run.outcome, run.problem?.code]).toEqual(['failed', code])
    expect(run.problem?.remedy).toMatch(/\w/)
    expect(run.legs).toEqual([])
    expect(writes(world.jira)).toEqual([])
  }

  test.each(faults)('$what', async ({ fault }) => {
    world.proxy.strike(fault)
    await expectNothing()
    expect(world.proxy.seen.struck).toBeGreaterThan(0)
  })

  test.each(refusals)('$what', async ({ change, code }) => {
    await world.configure({ guard: tolerant, ...change })
    await expectNothing(code)
  })

  test('the password of the account was changed', async () => {
    const setPassword = (password: string) =>
      world.slapd.modify(
        ldifRecord(bindDn('reader', suffix), [
          ['changetype', 'modify'],
          ['replace', 'userPassword'],
          ['userPassword', password],
        ]),
      )
    await setPassword('another')
    await expectNothing('ldap_credentials_wrong')
    await setPassword(passwordOf('reader'))
  })

  test.each<[string, Certified, string]>([
    ['the certificate is of an unknown CA', 'unknown', 'ldap_tls_unknown_authority'],
    ['the certificate has expired', 'expired', 'ldap_tls_certificate_expired'],
    ['the certificate is for another host', 'elsewhere', 'ldap_tls_wrong_name'],
  ])('%s', async (_what, which, code) => {
    const tls = { ca: authority.certificate }
    await world.configure({ guard: tolerant, settings: { urls: [certified[which]], tls } })
    await expectNothing(code)
  })

  test('and the next reading makes everything as it would have been', async () => {
    const { administrator, jira } = world
    const run = await administrator.synchronize('directory', { full: true })
    expect([run.outcome, run.reading?.identities]).toEqual([
      'succeeded',
      expect.objectContaining({ added: 1, gone: 1 }),
    ])
    expect(jiraReading(jira).userNames()).toContain('newcomer')
    expect(onlyLeg(await administrator.synchronize('directory')).outcome).toBe('empty')
  })
})

type Certified = 'unknown' | 'expired' | 'elsewhere'

const authority = createCertificateAuthority()

/** Servers with the same people and a certificate that is no good; their addresses. */
async function startCertified(atEnd: (stop: () => unknown) => void): Promise<Record<Certified, string>> {
  const hosts = ['127.0.0.1']
  const start = async (tls: ServerCertificate) => {
    const server = await startCompany(company, { tls })
    atEnd(server.stop)
    return `ldaps://127.0.0.1:${server.tlsPort}`
  }
  return {
    unknown: await start(createCertificateAuthority('Somebody else').issue({ hosts })),
    expired: await start(authority.issue({ hosts, days: -1 })),
    elsewhere: await start(authority.issue({ hosts: ['elsewhere.example'] })),
  }
}

test.skipIf(findSlapd() === undefined)('a server that dies in the middle of page 3 takes nobody with it', async () => {
  const world = await startSettledLdapWorld(company, { guard: tolerant })
  const { administrator, proxy, jira, slapd } = world
  proxy.strike({ kind: 'meanwhile', at: inPage3, act: () => slapd.kill() })
  for (const full of [true, true, false]) {
    const run = await administrator.synchronize('directory', { full })
    expect([run.outcome, run.problem?.code]).toEqual(['failed', expect.stringMatching(/^ldap_/)])
    expect(run.legs).toEqual([])
    expect(writes(jira)).toEqual([])
  }
})

/** Faults that a reading outlives, because servers and networks do so on ordinary days. */
const harmless: readonly (readonly [what: string, fault: Fault])[] = [
  ['answers are late', { kind: 'delay', ms: 20 }],
  ['an empty page with a cookie comes first', { kind: 'emptyPage', page: 1 }],
  ['an empty page with a cookie comes in between', { kind: 'emptyPage', page: 3 }],
  ['an empty page with a cookie comes before the last groups', { kind: 'emptyPage', page: groupPage + 1 }],
]

test.skipIf(findSlapd() === undefined)(
  'a reading outlives what servers may do: slow answers, empty pages',
  async () => {
    const { administrator, proxy, jira } = await startSettledLdapWorld(company, { guard: tolerant })
    for (const [what, fault] of harmless) {
      proxy.strike(fault)
      const run = await administrator.synchronize('directory', { full: true })
      expect([what, run.outcome, run.problem, onlyLeg(run).outcome]).toEqual([what, 'succeeded', undefined, 'empty'])
      expect([what, writes(jira)]).toEqual([what, []])
      proxy.clear()
    }
  },
)

/** What no reading can tell from the truth: the plan is held, and nothing is taken away. */
const deceiving: readonly FaultCase[] = [
  { what: 'page 3 says that it is the last', fault: { kind: 'falseEnd', page: 3 } },
  { what: 'the first page of groups says that it is the last', fault: { kind: 'falseEnd', page: groupPage } },
]

test.skipIf(findSlapd() === undefined)(
  'a server that leaves out what it has is held, and recovery ends the hold',
  async () => {
    const { administrator, proxy, jira } = await startSettledLdapWorld(company)
    const before = jiraReading(jira).state()
    for (const { what, fault } of deceiving) {
      proxy.strike(fault)
      const run = await administrator.synchronize('directory', { full: true })
      expect([what, run.outcome, proxy.seen.struck]).toEqual([what, 'held', 1])
      expect([what, (await administrator.plan(planOf(run))).causes.length > 0]).toEqual([what, true])
      expect([what, destructiveRequests(jira)]).toEqual([what, []])
      proxy.clear()
      const next = await administrator.synchronize('directory', { full: true })
      expect([what, next.outcome, onlyLeg(next).outcome]).toEqual([what, 'succeeded', 'empty'])
    }
    expect(jiraReading(jira).state()).toEqual(before)
  },
)

test.skipIf(findSlapd() === undefined)('a replica that has half of it, or nothing, takes nobody away', async () => {
  const { administrator, proxy, jira } = await startSettledLdapWorld(company)
  const before = jiraReading(jira).state()
  const half = { ...company, people: company.people.slice(0, 60), groups: company.groups.map(firstSixty) }
  for (const [replica, outcome] of [
    [half, 'held'],
    [{ ...company, people: [], groups: [] }, 'failed'],
  ] as const) {
    const server = await startCompany(replica)
    onTestFinished(() => server.stop())
    proxy.forwardTo(server)
    expect((await administrator.synchronize('directory', { full: true })).outcome).toBe(outcome)
    expect(destructiveRequests(jira)).toEqual([])
  }
  expect(jiraReading(jira).state()).toEqual(before)
})

const firstSixty = (group: Group): Group => ({ ...group, people: group.people.filter((index) => index < 60) })

test.skipIf(findSlapd() === undefined)('groups whose members the account may no longer see keep them', async () => {
  const { administrator, jira, configure } = await startSettledLdapWorld(company, { guard: tolerant })
  await configure({ guard: tolerant, account: 'blind' })
  const run = await administrator.synchronize('directory', { full: true })
  expect([run.outcome, onlyLeg(run).outcome]).toEqual(['succeeded', 'empty'])
  expect(writes(jira)).toEqual([])
})

test.skipIf(findSlapd() === undefined)(
  'when the first host is gone, the second is read, and the plan is empty',
  async () => {
    const { administrator, proxy, slapd, configure } = await startSettledLdapWorld(company)
    await configure({ settings: { urls: [proxy.url, slapd.url] } })
    expect((await administrator.synchronize('directory', { full: true })).outcome).toBe('succeeded')
    await proxy.close()
    const run = await administrator.synchronize('directory', { full: true })
    expect([run.outcome, onlyLeg(run).outcome]).toEqual(['succeeded', 'empty'])
  },
)
