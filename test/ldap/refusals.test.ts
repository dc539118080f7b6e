import { readAll } from '@rollcall/sidecar/sources/conformance'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findSlapd, startSlapd, type ThrowAwaySlapd } from '../../scripts/slapd.ts'
import { generateCompany } from './company/company.ts'
import { expectedReading, saidReading } from './harness/expected-reading.ts'
import { ldapSettings } from './harness/ldap-settings.ts'
import { openDirectory, problemOfReading } from './harness/open-directory.ts'
import { createCertificateAuthority } from './servers/certificate-authority.ts'
import { startCompany } from './servers/start-company.ts'

const company = generateCompany({ seed: 2, people: 70, groups: 26, memberships: 70 })
const { suffix } = company
const never = new AbortController().signal

describe.skipIf(findSlapd() === undefined)('OpenLDAP with certificates', () => {
  const authority = createCertificateAuthority()
  const stranger = createCertificateAuthority('Somebody else')
  const servers: ThrowAwaySlapd[] = []
  const start = async (...certificate: Parameters<typeof authority.issue>) => {
    const server = await startCompany(company, { tls: authority.issue(...certificate) })
    servers.push(server)
    return server
  }
  let good: ThrowAwaySlapd
  let expired: ThrowAwaySlapd
  let elsewhere: ThrowAwaySlapd
  beforeAll(async () => {
    good = await start({ hosts: ['localhost', '127.0.0.1'] })
    expired = await start({ hosts: ['localhost', '127.0.0.1'], days: -1 })
    elsewhere = await start({ hosts: ['elsewhere.example'] })
  })
  afterAll(() => Promise.all(servers.map((server) => server.stop())))

  const ldaps = ({ tlsPort }: ThrowAwaySlapd, host = '127.0.0.1') => `ldaps://${host}:${tlsPort}`
  const trusting = { tls: { ca: authority.certificate } }
  const read = (url: string, more: object) => readAll(openDirectory(ldapSettings(url, suffix, { ...more })), undefined)
  const problem = (url: string, more: object) => problemOfReading(openDirectory(ldapSettings(url, suffix, { ...more })))

  test.each(['127.0.0.1', 'localhost'])('is read over LDAPS at %s with the CA of its own', async (host) => {
    expect(saidReading((await read(ldaps(good, host), trusting)).state)).toEqual(expectedReading(company))
  })

  test('is read with StartTLS', async () => {
    const { state } = await read(good.url, { ...trusting, startTls: true })
    expect(saidReading(state)).toEqual(expectedReading(company))
  })

  test('is read where the name in the certificate is given', async () => {
    const settings = { tls: { ca: authority.certificate, servername: 'elsewhere.example' } }
    const { state } = await read(ldaps(elsewhere), settings)
    expect(state.identities.size).toBe(70)
  })

  test('each refusal of a certificate has a name of its own, by LDAPS and by StartTLS alike', async () => {
    const cases = [
      ['nobody it trusts', good, {}],
      ['another CA', good, { tls: { ca: stranger.certificate } }],
      ['expired', expired, trusting],
      ['another host', elsewhere, trusting],
    ] as const
    const codes: unknown[] = []
    for (const [what, server, settings] of cases) {
      const code = await problem(ldaps(server), settings)
      expect([what, await problem(server.url, { ...settings, startTls: true })]).toEqual([what, code])
      codes.push(code)
    }
    expect(codes).toEqual([
      'ldap_tls_unknown_authority',
      'ldap_tls_unknown_authority',
      'ldap_tls_certificate_expired',
      'ldap_tls_wrong_name',
    ])
  })

  test('StartTLS at a server without it, and LDAPS at a port that speaks plain LDAP, are told', async () => {
    const plain = await startSlapd({ suffix })
    servers.push(plain)
    const codes = [
      await problem(plain.url, { ...trusting, startTls: true }),
      await problem(`ldaps://127.0.0.1:${plain.port}`, trusting),
    ]
    expect(codes).toEqual([expect.stringMatching(/^ldap_/), expect.stringMatching(/^ldap_/)])
    expect(codes).not.toContain(undefined)
  })
})

describe.skipIf(findSlapd() === undefined)('what OpenLDAP refuses', () => {
  let slapd: ThrowAwaySlapd
  beforeAll(async () => {
    slapd = await startCompany(company)
  })
  afterAll(() => slapd.stop())

  /** What a reading with this account ends with. */
  const of = (account: Parameters<typeof ldapSettings>[3], more = {}) =>
    problemOfReading(openDirectory(ldapSettings(slapd.url, suffix, more, account)))

  test('each has a name of its own, as far as the server tells them apart', async () => {
    const said = {
      wrongPassword: await of('reader', { bindPassword: 'wrong' }),
      unknownAccount: await of('reader', { bindDn: `cn=nobody,${suffix}` }),
      noRightsAtAll: await of('stranger'),
      noRightsBelow: await of('shallow'),
      sizeLimit: await of('limited'),
      wrongBase: await of('reader', { users: { base: `ou=nowhere,${suffix}` } }),
      emptyBase: await of('reader', { users: { base: `cn=reader,ou=service,${suffix}` } }),
      wrongFilter: await of('reader', { users: { filter: '(uid=nobody)' } }),
      brokenFilter: await of('reader', { users: { filter: '(&(uid=x)' } }),
      wrongId: await of('reader', { users: { id: 'employeeNumber' } }),
      wrongLogin: await of('reader', { users: { login: 'employeeNumber' } }),
      wrongCanary: await of('reader', { canaryDn: `cn=canary,${suffix}` }),
      noServer: await problemOfReading(openDirectory(ldapSettings('ldap://127.0.0.1:9', suffix))),
    }
    expect(said).toEqual({
      wrongPassword: 'ldap_credentials_wrong',
      unknownAccount: 'ldap_credentials_wrong',
      // OpenLDAP hides which of the two it is (RFC 4511 appendix A.1, noSuchObject).
      noRightsAtAll: 'ldap_base_not_found',
      wrongBase: 'ldap_base_not_found',
      noRightsBelow: 'ldap_base_shows_nothing',
      emptyBase: 'ldap_base_shows_nothing',
      sizeLimit: 'ldap_size_limit',
      wrongFilter: 'ldap_filter_fits_nobody',
      brokenFilter: 'ldap_filter_invalid',
      wrongId: 'ldap_id_missing',
      wrongLogin: 'ldap_login_missing',
      wrongCanary: 'ldap_canary_missing',
      noServer: 'ldap_connection_refused',
    })
  })

  test('a page that the account may not ask for is told, too', async () => {
    expect(await of('unpaged')).toMatch(/^ldap_/)
  })

  test('a check names the step that fails and goes no further', async () => {
    const steps = await openDirectory(ldapSettings(slapd.url, suffix, {}, 'stranger')).check(never)
    expect(steps.filter(({ ok }) => !ok)).toHaveLength(1)
    expect(steps.at(-1)).toMatchObject({ ok: false, problem: { code: expect.any(String), remedy: expect.any(String) } })
  })

  test('when the first host is down, the second is read', async () => {
    const urls = ['ldap://127.0.0.1:9', slapd.url]
    const { state } = await readAll(openDirectory(ldapSettings(slapd.url, suffix, { urls })), undefined)
    expect(saidReading(state)).toEqual(expectedReading(company))
  })
})
