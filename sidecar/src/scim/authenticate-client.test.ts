import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { Problem } from '../problem/problem.ts'
import { allowOnly } from './allowed-addresses.ts'
import { insertConnection, openScimWorld, type ScimWorld } from './testing/scim-world.ts'
import { createJwtVerifier } from './verify-jwt.ts'

let world: ScimWorld
afterEach(() => world.close())

const withToken = (authorization: string | undefined, slug = 'entra', remoteAddress = '127.0.0.1') =>
  world.inject({
    method: 'GET',
    url: `/scim/v2/${slug}/Users`,
    remoteAddress,
    headers: authorization === undefined ? {} : { authorization },
  })

test('an unknown connection, a wrong, a foreign and a missing token are refused with one and the same answer', async () => {
  world = await openScimWorld()
  const other = await insertConnection(world.store, 'okta')
  await world.scim.refresh()
  const { token: foreign } = await world.scim.tokens.create(other, { label: 'okta' })
  const bearer = `Bearer ${world.token}`
  const answers = [
    await withToken(undefined),
    await withToken('Basic YTpi'),
    await withToken('Bearer x'),
    await withToken(`Bearer ${world.token}x`),
    await withToken(`Bearer ${foreign}`),
    await withToken(bearer, 'nowhere'),
    await withToken(bearer, 'okta'),
  ]
  for (const { status, headers, text } of answers) {
    expect(status).toBe(401)
    expect(headers['www-authenticate']).toBe('Bearer realm="SCIM"')
    expect(text).toBe(answers[0]?.text)
  }
  expect((await withToken(bearer)).status).toBe(200)
  expect((await withToken(`bearer ${foreign}`, 'okta')).status).toBe(200)
})

test('two tokens are valid during a rotation; the old one ends with the overlap, a revoked one at once', async () => {
  world = await openScimWorld()
  const [first] = world.scim.tokens.list(world.connection)
  const second = await world.scim.tokens.rotate(world.connection, first?.id ?? '', {}, 60_000)
  expect((await withToken(`Bearer ${world.token}`)).status).toBe(200)
  expect((await withToken(`Bearer ${second.token}`)).status).toBe(200)
  world.clock.now += 60_001
  expect((await withToken(`Bearer ${world.token}`)).status).toBe(401)
  await world.scim.tokens.revoke(world.connection, second.id)
  expect((await withToken(`Bearer ${second.token}`)).status).toBe(401)
})

test('only allowed addresses may call, by the address of the peer', async () => {
  world = await openScimWorld({ settings: { allowedAddresses: ['203.0.113.0/24', '2001:db8::/32'] } })
  const from = (address: string) => withToken(`Bearer ${world.token}`, 'entra', address)
  expect((await from('203.0.113.9')).status).toBe(200)
  expect((await from('::ffff:203.0.113.9')).status).toBe(200)
  expect((await from('2001:db8::1')).status).toBe(200)
  const refused = await from('203.0.114.9')
  expect(refused).toMatchObject({ status: 403, body: { status: '403' } })
  const forwarded = await world.inject({
    method: 'GET',
    url: '/scim/v2/entra/Users',
    remoteAddress: '198.51.100.1',
    headers: { authorization: `Bearer ${world.token}`, 'x-forwarded-for': '203.0.113.9' },
  })
  expect(forwarded.status).toBe(403)
})

test('an entry that is no address allows nobody', async () => {
  world = await openScimWorld()
  expect(allowOnly(['nonsense'])('127.0.0.1')).toBe(false)
  expect(allowOnly([])('127.0.0.1')).toBe(true)
})

test('over the rate of its connection a client gets 429 with Retry-After, and others are not touched', async () => {
  world = await openScimWorld({ settings: { requestsPerSecond: 3 } })
  const other = await insertConnection(world.store, 'okta')
  await world.scim.refresh()
  const { token } = await world.scim.tokens.create(other, { label: 'okta' })
  const answers = []
  for (let sent = 0; sent < 5; sent++) answers.push(await withToken(`Bearer ${world.token}`))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429])
  expect(answers[4]).toMatchObject({ headers: { 'retry-after': '1' }, body: { status: '429' } })
  expect((await withToken(`Bearer ${token}`, 'okta')).status).toBe(200)
})

test('failed sign-ins of one address are limited; a valid token still works from there', async () => {
  world = await openScimWorld()
  const statuses = new Set<number>()
  for (let sent = 0; sent < 31; sent++) statuses.add((await withToken('Bearer guess')).status)
  expect([...statuses]).toEqual([401, 429])
  expect((await withToken('Bearer guess', 'entra', '192.0.2.1')).status).toBe(401)
  expect((await withToken(`Bearer ${world.token}`)).status).toBe(200)
})

const settings = { issuer: 'https://issuer.example', audience: 'rollcall', jwksUrl: 'https://issuer.example/keys' }
const now = Date.UTC(2026, 0, 1)

async function issuer() {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const key = { ...(await exportJWK(publicKey)), kid: crypto.randomUUID(), alg: 'RS256' }
  const sign = (claims: { iss?: string; aud?: string; exp?: number; alg?: string } = {}) =>
    new SignJWT({ sub: 'client' })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid })
      .setIssuer(claims.iss ?? settings.issuer)
      .setAudience(claims.aud ?? settings.audience)
      .setExpirationTime(claims.exp ?? now / 1_000 + 3_600)
      .sign(privateKey)
  return { key, sign }
}

function keyServer(...keys: object[]) {
  const server = {
    keys,
    asked: 0,
    fails: false,
    async send() {
      server.asked += 1
      if (server.fails) throw new Problem({ code: 'x', status: 503, meaning: '', remedy: '' }, 'down')
      return { status: 200, headers: {}, text: JSON.stringify({ keys: server.keys }), origin: 'https://issuer.example' }
    },
    close: async () => {},
  }
  return server
}

test('a JWT of the issuer for the audience is accepted, and nothing else that looks like one', async () => {
  world = await openScimWorld()
  const [ours, theirs] = [await issuer(), await issuer()]
  const client = keyServer(ours.key)
  const verifier = createJwtVerifier(settings, { now: () => now, client })
  expect(await verifier.verify(await ours.sign())).toBe(true)
  for (const token of [
    await theirs.sign(),
    await ours.sign({ iss: 'https://other.example' }),
    await ours.sign({ aud: 'other' }),
    await ours.sign({ exp: now / 1_000 - 3_600 }),
    'a.b.c',
    `${(await ours.sign()).split('.').slice(0, 2).join('.')}.`,
  ]) {
    expect(await verifier.verify(token)).toBe(false)
  }
  // One fetch for all of them: an unknown key does not make us ask more often than every half minute.
  expect(client.asked).toBe(1)
})

test('keys are fetched anew when the issuer rotates, and stay good while it is down', async () => {
  world = await openScimWorld()
  const [old, next] = [await issuer(), await issuer()]
  const client = keyServer(old.key)
  let at = now
  const verifier = createJwtVerifier(settings, { now: () => at, client })
  expect(await verifier.verify(await old.sign())).toBe(true)
  client.keys = [old.key, next.key]
  at += 31_000
  expect(await verifier.verify(await next.sign())).toBe(true)
  client.fails = true
  at += 601_000
  expect(await verifier.verify(await next.sign())).toBe(true)
})
