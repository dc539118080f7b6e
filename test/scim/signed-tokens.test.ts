import { generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ScimLogPage } from '@rollcall/contract/api/scim'
import { expect, onTestFinished, test } from 'vitest'
import { configurationText, targetEntry } from '../end-to-end/harness/configuration.ts'
import { freePort } from '../end-to-end/harness/free-port.ts'
import { startInProcess } from '../end-to-end/harness/service-in-process.ts'
import { simulate } from '../end-to-end/harness/world.ts'

/** An identity provider as far as it signs tokens: it publishes its keys on a port of this machine. */
async function startIssuer() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'first', alg: 'RS256', use: 'sig' }
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    response.statusCode = request.url === '/keys' ? 200 : 404
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key] }))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sign = ({ iss = url, aud = 'rollcall', expiresIn = 3_600 }: Claims = {}): string => {
    const exp = Math.floor(Date.now() / 1_000) + expiresIn
    const signed = [
      { alg: 'RS256', kid: key.kid },
      { iss, aud, exp, sub: 'provisioning' },
    ]
      .map(base64url)
      .join('.')
    return `${signed}.${signBytes('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
  }
  return { url, sign, asked: () => asked }
}

interface Claims {
  readonly iss?: string
  readonly aud?: string
  readonly expiresIn?: number
}

const base64url = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A service whose provider signs in with tokens of its own, at the public listener. */
async function startSigned(issuer: string, settings: Readonly<Record<string, unknown>>) {
  const simulated = await simulate()
  const origin = `127.0.0.1:${await freePort()}`
  const running = await startInProcess(join(simulated.folder, 'service'), {
    ROLLCALL_PUBLIC_LISTEN: origin,
    ROLLCALL_PUBLIC_URL: `http://${origin}`,
  })
  onTestFinished(() => running.close())
  const jwt = { issuer, audience: 'rollcall', jwksUrl: `${issuer}/keys` }
  const connection = {
    name: 'Signed',
    provider: 'custom',
    method: 'scim',
    settings: { jwt, ...settings },
    policies: [{ target: 'Jira' }],
  }
  const target = targetEntry({ url: simulated.jira.url, secret: simulated.secrets.jira })
  await running.administrator.configure(configurationText([target], [connection]))
  const users = `http://${origin}/scim/v2/signed/Users`
  const push = async (token: string, userName: string) =>
    fetch(users, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({ userName }),
    })
  return { push, administrator: running.administrator }
}

test('a token that the provider signed is accepted at the public listener, and its keys are fetched once', async () => {
  const issuer = await startIssuer()
  const { push, administrator } = await startSigned(issuer.url, { allowPrivateAddresses: true })
  expect((await push(issuer.sign(), 'ada')).status).toBe(201)
  expect((await push(issuer.sign(), 'bela')).status).toBe(201)
  expect(issuer.asked()).toBe(1)
  const { entries } = await administrator.api.call<ScimLogPage>('GET', '/connections/signed/scim/log')
  expect(entries.map(({ subject, tokenId }) => [subject, tokenId])).toEqual([
    ['bela', undefined],
    ['ada', undefined],
  ])
})

test('a token of somebody else, for somebody else or out of time is refused, and nothing is stored', async () => {
  const [issuer, other] = [await startIssuer(), await startIssuer()]
  const { push, administrator } = await startSigned(issuer.url, { allowPrivateAddresses: true })
  for (const token of [
    other.sign({ iss: issuer.url }),
    issuer.sign({ iss: other.url }),
    issuer.sign({ aud: 'jira' }),
    issuer.sign({ expiresIn: -7_200 }),
  ]) {
    const refused = await push(token, 'mallory')
    expect([refused.status, refused.headers.get('content-type')]).toEqual([401, 'application/scim+json'])
  }
  expect(await administrator.api.call('GET', '/connections/signed/scim')).toMatchObject({ users: 0 })
})

test('keys at a private address are not fetched unless the connection says so', async () => {
  const issuer = await startIssuer()
  const { push } = await startSigned(issuer.url, {})
  const refused = await push(issuer.sign(), 'ada')
  expect(refused.status).toBeGreaterThanOrEqual(400)
  expect(await refused.json()).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'] })
  expect(issuer.asked()).toBe(0)
})
