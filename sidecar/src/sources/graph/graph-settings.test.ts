import { expect, test } from 'vitest'
import { parseSourceSettings } from '../registry.ts'
import { type GraphSettings, hostsOf } from './graph-settings.ts'

const least = {
  tenantId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  clientId: '3f2504e0-4f89-41d3-9a0c-0305e82c3302',
  clientSecret: 'secret',
}
const parse = (settings: object) => parseSourceSettings('entra', 'rest', settings) as GraphSettings

test('A-050, A-051, A-052, A-058: tenant, client and secret are enough', () => {
  expect(parse(least)).toEqual({
    ...least,
    cloud: 'global',
    allowPrivateAddresses: false,
    scope: { groups: [], applications: [] },
    guests: 'include',
    attributes: [],
  })
})

test.each([
  ['/tenantId', { tenantId: 'contoso/..' }],
  ['/clientId', { clientId: 'Rollcall' }],
  ['/loginUrl', { loginUrl: 'http://login.example.com' }],
  ['/graphUrl', { graphUrl: 'https://graph.example.com/v1.0' }],
  ['/cloud', { cloud: 'germany' }],
  ['/attributes/0', { attributes: ['a,b'] }],
  ['/secretExpiresOn', { secretExpiresOn: 'next year' }],
])('the setting %s is refused by its path when wrong', (path, changes) => {
  expect(() => parse({ ...least, ...changes })).toThrow(
    expect.objectContaining({ code: 'source_settings_invalid', message: expect.stringContaining(`settings${path}`) }),
  )
})

test('an unknown setting, a missing credential and two credentials are refused without quoting a value', () => {
  const certificate = { thumbprintSha256: 'ab'.repeat(32), privateKey: 'very private' }
  const { clientSecret: _, ...without } = least
  for (const settings of [{ ...least, colour: 'very private' }, without, { ...least, certificate }]) {
    const refused = expect(() => parse(settings))
    refused.toThrow(expect.objectContaining({ code: 'source_settings_invalid' }))
    refused.not.toThrow(/very private/)
  }
  expect(parse({ ...without, certificate }).certificate).toEqual(certificate)
})

test('an unknown provider is refused with those that exist', () => {
  expect(() => parseSourceSettings('okta', 'rest', {})).toThrow(/entra/)
})

test.each([
  ['global', 'https://login.microsoftonline.com', 'https://graph.microsoft.com'],
  ['usGov', 'https://login.microsoftonline.us', 'https://graph.microsoft.us'],
  ['usGovDod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
  ['china', 'https://login.chinacloudapi.cn', 'https://microsoftgraph.chinacloudapi.cn'],
])('the cloud %s has hosts of its own', (cloud, loginUrl, graphUrl) => {
  expect(hostsOf(parse({ ...least, cloud }))).toEqual({ loginUrl, graphUrl })
})

test('hosts can be overridden, in clear on loopback only', () => {
  const hosts = { loginUrl: 'http://127.0.0.1:8080', graphUrl: 'http://[::1]:8080' }
  expect(hostsOf(parse({ ...least, ...hosts }))).toEqual(hosts)
})
