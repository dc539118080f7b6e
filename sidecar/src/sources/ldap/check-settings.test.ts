import { expect, test } from 'vitest'
import { Problem } from '../../problem/problem.ts'
import { openSource, parseSourceSettings } from '../registry.ts'

const usual = { urls: ['ldaps://dc.example'], bindDn: 'cn=r,dc=x', bindPassword: 'secret', baseDn: 'dc=x' }
const problemOf = (changes: object) => {
  try {
    openSource('openldap', 'ldap', { ...usual, ...changes })
    return undefined
  } catch (error) {
    return error instanceof Problem ? error.code : error
  }
}

test.each<[string, object, string | undefined]>([
  ['LDAPS', {}, undefined],
  ['StartTLS', { urls: ['ldap://dc.example'], startTls: true }, undefined],
  ['clear text on this machine', { urls: ['ldap://127.0.0.1:1389', 'ldap://localhost', 'ldap://[::1]'] }, undefined],
  ['clear text over a network', { urls: ['ldaps://a.example', 'ldap://dc.example'] }, 'ldap_unencrypted'],
  ['a host that only begins like loopback', { urls: ['ldap://127.0.0.1.example'] }, 'ldap_unencrypted'],
  ['clear text by choice', { urls: ['ldap://dc.example'], allowUnencrypted: true }, undefined],
  ['no password', { bindPassword: undefined }, 'ldap_credential_incomplete'],
  ['no account', { bindDn: undefined }, 'ldap_credential_incomplete'],
  ['neither', { bindDn: undefined, bindPassword: undefined }, 'ldap_credential_incomplete'],
  ['an empty password, which servers take for anonymous', { bindPassword: '' }, 'source_settings_invalid'],
  ['an account that is the name of a SASL mechanism', { bindDn: 'EXTERNAL' }, 'source_settings_invalid'],
  ['a CA that is no PEM', { tls: { ca: 'not PEM' } }, 'ldap_certificate_unreadable'],
  [
    'a client certificate that is no PEM',
    { tls: { clientCertificate: { certificate: 'x', privateKey: 'y' } } },
    'ldap_certificate_unreadable',
  ],
  ['a URL with a path', { urls: ['ldap://dc.example/dc=x'] }, 'source_settings_invalid'],
  ['another protocol', { urls: ['https://dc.example'] }, 'source_settings_invalid'],
  ['a misspelt setting', { bindDN: 'cn=x' }, 'source_settings_invalid'],
])('%s', (_, changes, problem) => {
  expect(problemOf(changes)).toBe(problem)
})

test('what is not said is as the kind of server has it, and secrets are marked', () => {
  const settings = parseSourceSettings('activeDirectory', 'ldap', usual)
  expect(settings).toMatchObject({
    pageSize: 1000,
    incremental: true,
    users: { enabled: 'server' },
    scope: { groups: [] },
  })
})
