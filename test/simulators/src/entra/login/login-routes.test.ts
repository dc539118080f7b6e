import { ConfidentialClientApplication, type Configuration } from '@azure/msal-node'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EntraSimulator, startEntraSimulator } from '../entra-simulator.ts'
import { createTenant } from '../tenant/tenant.ts'
import { requestToken } from '../testing/graph-client.ts'
import { createSelfSignedCertificate } from '../testing/self-signed-certificate.ts'

let simulator: EntraSimulator
let time = new Date()

beforeEach(async () => {
  time = new Date()
  simulator = await startEntraSimulator({
    tenant: createTenant({ users: 3, groups: 1 }),
    now: () => time,
    tokenLifetimeSeconds: 60,
  })
})
afterEach(() => simulator.close())

/** How MSAL reaches a token endpoint without TLS; see login-routes.ts. */
function msal(credential: Partial<Configuration['auth']>, tenant = simulator.tenant.tenantId) {
  const { host } = new URL(simulator.loginUrl)
  const endpoint = `${simulator.loginUrl}/${tenant}/oauth2/v2.0`
  const authorityMetadata = JSON.stringify({
    authorization_endpoint: `${endpoint}/authorize`,
    token_endpoint: `${endpoint}/token`,
    issuer: `${simulator.loginUrl}/${tenant}/v2.0`,
    jwks_uri: `${endpoint}/keys`,
  })
  const { clientId } = simulator.tenant.application
  const auth = {
    clientId,
    authority: `https://${host}/${tenant}`,
    knownAuthorities: [host],
    authorityMetadata,
    ...credential,
  }
  return new ConfidentialClientApplication({ auth }).acquireTokenByClientCredential({
    scopes: [`${simulator.graphUrl}/.default`],
  })
}

const users = async (token: string | undefined) =>
  fetch(`${simulator.graphUrl}/v1.0/users`, { headers: { authorization: `Bearer ${token}` } })

describe('MSAL', () => {
  test('gets a token with a secret, and Graph takes it until it expires', async () => {
    const result = await msal({ clientSecret: simulator.tenant.application.secrets[0]?.value ?? '' })
    expect((await users(result?.accessToken)).status).toBe(200)
    time = new Date(time.getTime() + 61_000)
    const late = await users(result?.accessToken)
    expect(late.status).toBe(401)
    expect(await late.json()).toMatchObject({
      error: { code: 'InvalidAuthenticationToken', innerError: { 'request-id': expect.any(String) } },
    })
  })

  test.each(['thumbprintSha256', 'thumbprintSha1'] as const)(
    'gets a token with a registered certificate named by %s',
    async (name) => {
      const certificate = createSelfSignedCertificate()
      simulator.tenant.application.certificates.push(certificate.cert)
      const thumbprint =
        name === 'thumbprintSha256' ? { thumbprintSha256: certificate[name] } : { thumbprint: certificate[name] }
      const result = await msal({ clientCertificate: { ...thumbprint, privateKey: certificate.key } })
      expect((await users(result?.accessToken)).status).toBe(200)
    },
  )

  test('is refused with a certificate that nobody registered', async () => {
    const { key, thumbprintSha256 } = createSelfSignedCertificate()
    await expect(msal({ clientCertificate: { thumbprintSha256, privateKey: key } })).rejects.toThrow('AADSTS700027')
  })

  test('is refused when another key signed for a registered certificate', async () => {
    const [registered, other] = [createSelfSignedCertificate(), createSelfSignedCertificate()]
    simulator.tenant.application.certificates.push(registered.cert)
    const clientCertificate = { thumbprintSha256: registered.thumbprintSha256, privateKey: other.key }
    await expect(msal({ clientCertificate })).rejects.toThrow('failed signature validation')
  })

  test('hears of a wrong tenant from the token endpoint', async () => {
    await expect(msal({ clientSecret: 'any' }, '11111111-1111-4111-8111-111111111111')).rejects.toThrow('AADSTS90002')
  })
})

describe('the token endpoint', () => {
  test.each([
    [
      'an unknown application',
      { client_id: 'af8e8f70-0000-4000-8000-000000000000' },
      400,
      'unauthorized_client',
      700016,
    ],
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
    ['no credential', { client_secret: '' }, 401, 'invalid_client', 7000216],
    [
      'a scope that is not .default',
      { scope: 'https://graph.microsoft.com/User.Read.All' },
      400,
      'invalid_scope',
      1002012,
    ],
    ['a scope of another resource', { scope: 'https://graph.microsoft.us/.default' }, 400, 'invalid_resource', 500011],
    ['no scope', { scope: '' }, 400, 'invalid_request', 900144],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
  ])('refuses %s', async (_what, changes, status, error, code) => {
    const reply = await requestToken(simulator, simulator.tenant.application, changes)
    expect(reply.status).toBe(status)
    expect(reply.body).toMatchObject({
      error,
      error_codes: [code],
      error_description: expect.stringContaining(`AADSTS${code}: `),
    })
  })

  test('tells an expired secret from a wrong one', async () => {
    const [secret] = simulator.tenant.application.secrets
    if (secret) secret.expiresAt = '2020-01-01T00:00:00Z'
    const reply = await requestToken(simulator, simulator.tenant.application)
    expect(reply.body).toMatchObject({ error: 'invalid_client', error_codes: [7000222] })
  })
})

test('the OpenID configuration announces https addresses of its own host', async () => {
  const { tenantId, domain } = simulator.tenant
  const response = await fetch(`${simulator.loginUrl}/${domain}/v2.0/.well-known/openid-configuration`)
  expect(await response.json()).toMatchObject({
    issuer: `${simulator.loginUrl.replace('http:', 'https:')}/${tenantId}/v2.0`,
  })
})
