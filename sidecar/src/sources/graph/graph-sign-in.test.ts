import { createPrivateKey } from 'node:crypto'
import { createSelfSignedCertificate } from '@rollcall/simulators/entra/testing/self-signed-certificate'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Problem } from '../../problem/problem.ts'
import type { Source } from '../source.ts'
import { openGraphSource } from './graph-connector.ts'
import type { GraphSettings } from './graph-settings.ts'
import { type SimulatedTenant, startSimulatedTenant } from './testing/simulated-tenant.ts'

const never = new AbortController().signal
const always = Number.POSITIVE_INFINITY
let world: SimulatedTenant

beforeAll(async () => {
  world = await startSimulatedTenant({ users: 3, groups: 2, memberships: 3, nested: 0 })
})
afterAll(() => world.close())
beforeEach(() => {
  world.simulator.faults.clear()
  world.pace.waits.length = 0
})

/** The Problem that a reading ends with. */
async function problemOf(source: Source): Promise<Problem> {
  try {
    for await (const page of source.read(undefined, never)) expect(page.kind).not.toBe('complete')
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('the reading succeeded')
}

const registered = (
  permissions: Parameters<typeof world.simulator.tenant.registerApplication>[1],
  expiresAt = '2199-01-01T00:00:00Z',
) => {
  const { clientId, secrets } = world.simulator.tenant.registerApplication('Another', permissions, expiresAt)
  return { clientId, clientSecret: secrets[0]?.value ?? '' }
}

const withCertificate = (certificate: NonNullable<GraphSettings['certificate']>): Source => {
  const { clientSecret: _, ...settings } = world.settings()
  return openGraphSource({ ...settings, certificate }, { pace: world.pace })
}

test('every way in which a sign-in fails has its own code and remedy', async () => {
  const other = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
  const { graphUrl } = world.simulator
  const faults: Record<string, () => Promise<Problem>> = {
    graph_tenant_unknown: () => problemOf(world.open({ tenantId: other })),
    graph_client_unknown: () => problemOf(world.open({ clientId: other })),
    graph_secret_wrong: () => problemOf(world.open({ clientSecret: 'guessed' })),
    graph_secret_expired: () => problemOf(world.open(registered([], '2020-01-01T00:00:00Z'))),
    graph_certificate_refused: async () => {
      const { key, cert } = createSelfSignedCertificate()
      return problemOf(withCertificate({ privateKey: key, certificate: cert }))
    },
    graph_consent_missing: () => problemOf(world.open(registered([]))),
    graph_permission_missing: () => problemOf(world.open(registered(['User.Read.All']))),
    graph_wrong_cloud: () => problemOf(world.open({ graphUrl: 'https://graph.microsoft.us' })),
    outgoing_connection_refused: () => problemOf(world.open({ loginUrl: 'http://127.0.0.1:1' })),
    outgoing_host_unknown: () => problemOf(world.open({ loginUrl: 'https://no-such-host.invalid' })),
    outgoing_tls_failed: () => problemOf(world.open({ loginUrl: graphUrl.replace('http:', 'https:') })),
    outgoing_address_refused: () => problemOf(world.open({ loginUrl: 'https://169.254.169.254' })),
    outgoing_html_instead_of_json: async () => {
      world.simulator.faults.add({ fault: { kind: 'html' }, match: /oauth2/, times: always })
      return problemOf(world.open())
    },
    graph_sign_in_unavailable: async () => {
      world.simulator.faults.clear()
      world.simulator.faults.add({ fault: { kind: 'status', status: 503 }, match: /oauth2/, times: always })
      return problemOf(world.open())
    },
  }
  const remedies = new Map<string, string>()
  for (const [code, provoke] of Object.entries(faults)) {
    const problem = await provoke()
    expect(problem.code).toBe(code)
    expect(problem.message).not.toMatch(/guessed|sim~/)
    remedies.set(problem.remedy, code)
  }
  expect([...remedies.values()]).toEqual(Object.keys(faults))
})

test('a certificate that nobody trusts is told from a host that is down', async () => {
  const { key, cert } = createSelfSignedCertificate()
  const secure = await startSimulatedTenant({ users: 1, groups: 1, memberships: 0, nested: 0 }, { tls: { key, cert } })
  expect((await problemOf(secure.open())).code).toBe('outgoing_tls_untrusted')
  await secure.close()
})

test('A-057: User.Read.All and Directory.Read.All are enough, scoped applications included', async () => {
  const source = world.open({
    ...registered(['User.Read.All', 'Directory.Read.All']),
    scope: { groups: [], applications: ['Jira'] },
  })
  const kinds = new Set<string>()
  for await (const page of source.read(undefined, never)) kinds.add(page.kind)
  expect(kinds).toContain('assignments')
  expect(kinds).toContain('complete')
  expect((await source.check(never)).filter(({ ok }) => !ok)).toEqual([])
})

test.each([
  ['User.Read.All', ['GroupMember.Read.All', 'Application.Read.All']],
  ['GroupMember.Read.All', ['User.Read.All', 'Application.Read.All']],
  ['Application.Read.All', ['User.Read.All', 'GroupMember.Read.All']],
] as const)('A-057: a missing %s is named with what to do', async (missing, granted) => {
  const source = world.open({ ...registered(granted), scope: { groups: [], applications: ['Jira'] } })
  const problem = await problemOf(source)
  expect(problem.code).toBe('graph_permission_missing')
  expect(problem.message).toContain(missing)
  expect(problem.remedy).toContain(missing)
  expect(problem.remedy).toContain('Grant admin consent')
  const failed = (await source.check(never)).filter(({ ok }) => !ok)
  expect(failed.length).toBeGreaterThan(0)
  for (const step of failed) expect(step.problem?.remedy).toContain(missing)
})

test('A-060: the day on which the secret expires is warned of in time', async () => {
  const day = (days: number) => new Date(world.pace.now() + days * 86_400_000).toISOString().slice(0, 10)
  const stepOf = async (secretExpiresOn: string) =>
    (await world.open({ secretExpiresOn }).check(never)).find(({ step }) => step === 'Secret expiry')
  expect(await stepOf(day(200))).toMatchObject({ ok: true })
  expect(await stepOf(day(20))).toMatchObject({ ok: false, problem: { code: 'graph_secret_expires' } })
  expect((await stepOf(day(-20)))?.detail).toContain('expired')
})

test('signs in with a certificate, by itself or by thumbprint, also with an encrypted key', async () => {
  const { key, cert, thumbprintSha256 } = createSelfSignedCertificate()
  world.simulator.tenant.application.certificates.push(cert)
  const encrypted = createPrivateKey(key)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
    .toString()
  for (const certificate of [
    { certificate: cert, privateKey: key },
    { thumbprintSha256, privateKey: key },
    { certificate: cert, privateKey: encrypted, passphrase: 'open sesame' },
  ]) {
    const source = withCertificate(certificate)
    expect((await source.check(never))[0]).toMatchObject({ step: 'Sign-in', ok: true })
    await source.close()
  }
  const wrong = [
    { certificate: cert, privateKey: encrypted, passphrase: 'close sesame' },
    { certificate: cert, privateKey: createSelfSignedCertificate().key },
    { certificate: 'no certificate', privateKey: key },
  ]
  for (const certificate of wrong) {
    expect(() => withCertificate(certificate)).toThrow(
      expect.objectContaining({ code: 'graph_certificate_unreadable' }),
    )
  }
})

test('takes exactly one credential', () => {
  const { clientSecret: _, ...without } = world.settings()
  const certificate = { thumbprintSha256: '00'.repeat(32), privateKey: createSelfSignedCertificate().key }
  for (const settings of [without, { ...world.settings(), certificate }]) {
    expect(() => openGraphSource(settings)).toThrow(expect.objectContaining({ code: 'graph_credential_missing' }))
  }
})

test('one token serves a whole reading, and is renewed when Graph refuses it', async () => {
  const source = world.open()
  const before = world.simulator.countRequests(/oauth2/)
  for await (const _ of source.read(undefined, never)) {
    // To the end.
  }
  expect(world.simulator.countRequests(/oauth2/) - before).toBe(1)
  world.simulator.faults.add({ fault: { kind: 'status', status: 401 }, match: /users\/delta/ })
  for await (const _ of source.read(undefined, never)) {
    // To the end.
  }
  expect(world.simulator.countRequests(/oauth2/) - before).toBe(2)
})

test('a sign-in that is busy for a moment is tried again', async () => {
  world.simulator.faults.add({
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
    match: /oauth2/,
  })
  const steps = await world.open().check(never)
  expect(steps[0]).toMatchObject({ step: 'Sign-in', ok: true })
  expect(world.pace.waits).toEqual([7000])
})

test('a check names each step, and what the scope found', async () => {
  const [group] = world.simulator.tenant.groups()
  const source = world.open({
    scope: { groups: [group?.id ?? '', 'No such group'], applications: ['Jira', 'No such app'] },
  })
  const steps = await source.check(never)
  expect(steps.map(({ step, ok }) => `${step} ${ok}`)).toEqual([
    'Sign-in true',
    'Users true',
    'Groups true',
    'Group members true',
    `Group ${group?.id} true`,
    'Group No such group false',
    'Application Jira true',
    'Application No such app false',
    'Deleted users true',
  ])
  expect(steps[5]?.problem?.code).toBe('scope_entry_unmatched')
})
