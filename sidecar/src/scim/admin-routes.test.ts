import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckReport } from '@rollcall/contract/api/connections'
import type { CreatedScimToken, ScimLogPage, ScimView } from '@rollcall/contract/api/scim'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAdminServer } from '../admin-server.ts'
import { createPublicServer } from '../public-server.ts'
import { createService, type Service } from '../service.ts'
import { createServiceLog } from '../service-log.ts'
import type { ScimOrigin } from './scim-address.ts'

const log = createServiceLog('silent')
const policies = [{ target: 'Jira', users: {}, groups: { mode: 'onTheFly' } }]
const settings = {
  tenantId: 'contoso.example',
  clientId: '11111111-2222-3333-4444-555555555555',
  clientSecret: `\${SECRET}`,
}
const jwt = { issuer: 'https://id.example.com', audience: 'rollcall', jwksUrl: 'https://id.example.com/keys' }
const configuration = JSON.stringify({
  version: 1,
  targets: [
    {
      name: 'Jira',
      kind: 'jira',
      settings: { url: 'http://127.0.0.1:9', credentials: { method: 'pat', token: `\${SECRET}` } },
    },
  ],
  connections: [
    { name: 'Pushed', slug: 'pushed', provider: 'okta', method: 'scim', policies },
    { name: 'Other', slug: 'other', provider: 'custom', method: 'scim', settings: { delivery: 'wait', jwt }, policies },
    { name: 'Read', slug: 'read', provider: 'entra', settings, policies },
  ],
})

let folder: string
let service: Service
let admin: FastifyInstance
let provider: FastifyInstance
let adminToken: string
let origin: ScimOrigin = { url: 'https://sync.example.com/', reachable: 'public' }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-scim-admin-'))
  service = await createService({ dataFolder: folder, log })
  const common = { log, secure: false, hosts: undefined, trustedProxies: [], scimOrigin: () => origin }
  admin = await createAdminServer(service, { ...common, trust: 'network' })
  provider = createPublicServer({ log, url: undefined, hosts: undefined, trustedProxies: [], scim: service.scim })
  adminToken = (await service.access.createToken('Ada')).token
  const applied = await call('POST', '/configuration', { text: configuration, fileName: 'test.yaml' })
  expect([applied.statusCode, applied.body]).toEqual([200, expect.any(String)])
})

afterAll(async () => {
  await Promise.all([admin.close(), provider.close()])
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

type Method = 'GET' | 'POST' | 'DELETE'

const send = (method: Method, path: string, payload?: object, headers: Record<string, string> = {}) => {
  const options: InjectOptions = { method, url: `/api${path}`, headers }
  return admin.inject(payload === undefined ? options : { ...options, payload })
}
const call = (method: Method, path: string, payload?: object) =>
  send(method, path, payload, { authorization: `Bearer ${adminToken}` })
const code = async (answer: ReturnType<typeof call>) => ((await answer).json() as { code?: string }).code

const view = async (slug = 'pushed') => (await call('GET', `/connections/${slug}/scim`)).json<ScimView>()
const create = async (payload: object, slug = 'pushed') =>
  (await call('POST', `/connections/${slug}/scim/tokens`, payload)).json<CreatedScimToken>()
const logOf = async (query = '', slug = 'pushed') =>
  (await call('GET', `/connections/${slug}/scim/log${query}`)).json<ScimLogPage>()
const push = (token: string, userName: string) =>
  provider.inject({
    method: 'POST',
    url: '/scim/v2/pushed/Users',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    payload: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName }),
  })

interface Route {
  readonly method: Method
  readonly path: string
  readonly payload?: object
}

const routes: readonly Route[] = [
  { method: 'GET', path: '/connections/pushed/scim' },
  { method: 'POST', path: '/connections/pushed/scim/tokens', payload: { label: 'x' } },
  { method: 'POST', path: '/connections/pushed/scim/tokens/abc/rotate', payload: { overlapHours: 1 } },
  { method: 'DELETE', path: '/connections/pushed/scim/tokens/abc' },
  { method: 'GET', path: '/connections/pushed/scim/log' },
]

describe('access', () => {
  test.each(routes)('$method $path is for administrators, not for a token that pushes', async (route) => {
    const { method, path, payload } = route
    expect(await code(send(method, path, payload))).toBe('not_signed_in')
    const { token, view: made } = await create({ label: 'provider' })
    expect(await code(send(method, path, payload, { authorization: `Bearer ${token}` }))).toBe('not_signed_in')
    await call('DELETE', `/connections/pushed/scim/tokens/${made.tokenId}`)
  })

  test('a session writes with its CSRF token only', async () => {
    const signedIn = await send('POST', '/session', { token: adminToken })
    const cookie = String(signedIn.headers['set-cookie']).split(';', 1)[0] ?? ''
    const { csrfToken } = signedIn.json<{ csrfToken: string }>()
    for (const { method, path, payload } of routes) {
      const bare = send(method, path, payload, { cookie })
      expect([path, await code(bare)]).toEqual([path, method === 'GET' ? undefined : 'csrf_token_missing'])
    }
    const signed = { cookie, 'x-rollcall-csrf': csrfToken }
    const made = await send('POST', '/connections/pushed/scim/tokens', { label: 'by session' }, signed)
    expect(made.statusCode).toBe(201)
    const { tokenId } = made.json<CreatedScimToken>().view
    const gone = await send('DELETE', `/connections/pushed/scim/tokens/${tokenId}`, undefined, signed)
    expect(gone.statusCode).toBe(204)
  })

  test('a connection that is read, and one that does not exist, are told apart', async () => {
    expect(await code(call('GET', '/connections/read/scim'))).toBe('connection_not_pushed')
    expect(await code(call('POST', '/connections/read/scim/tokens', { label: 'x' }))).toBe('connection_not_pushed')
    expect(await code(call('GET', '/connections/nobody/scim/log'))).toBe('connection_unknown')
  })

  test.each([
    ['POST', '/connections/pushed/scim/tokens', {}],
    ['POST', '/connections/pushed/scim/tokens', { label: '' }],
    ['POST', '/connections/pushed/scim/tokens', { label: 'x', expiresInDays: 0 }],
    ['POST', '/connections/pushed/scim/tokens', { label: 'x', unknown: 1 }],
    ['POST', '/connections/pushed/scim/tokens/abc/rotate', { overlapHours: 721 }],
    ['GET', '/connections/pushed/scim/log?outcome=some', undefined],
    ['GET', '/connections/pushed/scim/log?limit=501', undefined],
    ['GET', '/connections/pushed/scim/log?before=0', undefined],
  ] as const)('%s %s with %j does not fit', async (method, path, payload) => {
    expect(await code(call(method, path, payload))).toBe('request_invalid')
  })
})

describe('the address', () => {
  test('A-071: each connection has its own base URL below the public address', async () => {
    expect(await view()).toMatchObject({
      baseUrl: 'https://sync.example.com/scim/v2/pushed',
      reachable: 'public',
      delivery: 'queue',
    })
    expect(await view('other')).toMatchObject({
      jwtIssuer: 'https://id.example.com',
      baseUrl: 'https://sync.example.com/scim/v2/other',
      delivery: 'wait',
      users: 0,
      groups: 0,
      tokens: [],
    })
  })

  test('A-073: without a public listener it is that of the admin listener, and the check says who cannot reach it', async () => {
    origin = { url: 'http://127.0.0.1:8420', reachable: 'local' }
    expect(await view()).toMatchObject({ baseUrl: 'http://127.0.0.1:8420/scim/v2/pushed', reachable: 'local' })
    const { ok, steps } = await check('pushed')
    expect(ok).toBe(false)
    expect(steps.find(({ step }) => step === 'SCIM address')?.problem?.code).toBe('scim_address_local')
    origin = { url: 'https://sync.example.com/', reachable: 'public' }
  })
})

const check = async (slug: string) => (await call('POST', `/connections/${slug}/check`)).json<CheckReport>()
const tokenStep = async () => (await check('pushed')).steps.find(({ step }) => step === 'SCIM token')

describe('tokens', () => {
  test('A-072: a token is generated, answered once, works at once, and its view has no secret', async () => {
    const { token, view: made } = await create({ label: 'Okta production', expiresInDays: 90 })
    expect(made).toMatchObject({ label: 'Okta production', state: 'valid', createdBy: 'Ada' })
    expect(Math.round(((made.expiresAt ?? 0) - made.createdAt) / 86_400_000)).toBe(90)
    expect((await push(token, 'ada@example.com')).statusCode).toBe(201)
    const shown = await view()
    expect(shown.users).toBe(1)
    expect(shown.tokens[0]).toMatchObject({ tokenId: made.tokenId, lastUsedAt: expect.any(Number) })
    expect(JSON.stringify(shown)).not.toContain(token.slice(-20))
    expect((await check('pushed')).ok).toBe(true)
    await call('DELETE', `/connections/pushed/scim/tokens/${made.tokenId}`)
  })

  test('a rotated token works beside its successor for the overlap, and a third is refused', async () => {
    const old = await create({ label: 'Okta' })
    const path = `/connections/pushed/scim/tokens/${old.view.tokenId}/rotate`
    const rotated = await call('POST', path, { overlapHours: 2, expiresInDays: 10 })
    expect(rotated.statusCode).toBe(201)
    const fresh = rotated.json<CreatedScimToken>()
    expect(fresh.view.label).toBe('Okta')
    for (const { token } of [old, fresh]) expect((await push(token, `${token.slice(-6)}@x`)).statusCode).toBe(201)
    const [newest, before] = (await view()).tokens
    expect([newest?.tokenId, before?.tokenId]).toEqual([fresh.view.tokenId, old.view.tokenId])
    expect(Math.round(((before?.expiresAt ?? 0) - Date.now()) / 3_600_000)).toBe(2)
    expect(await code(call('POST', '/connections/pushed/scim/tokens', { label: 'third' }))).toBe('scim_token_limit')
    expect((await tokenStep())?.problem?.code).toBe('scim_token_expiring')

    for (const { view: each } of [old, fresh]) {
      expect((await call('DELETE', `/connections/pushed/scim/tokens/${each.tokenId}`)).statusCode).toBe(204)
    }
    expect((await push(fresh.token, 'late@x')).statusCode).toBe(401)
    expect(await code(call('DELETE', `/connections/pushed/scim/tokens/${old.view.tokenId}`))).toBe(
      'scim_token_not_found',
    )
    expect(await code(call('POST', path, { overlapHours: 2 }))).toBe('scim_token_not_found')
    expect((await view()).tokens.map(({ state }) => state)).not.toContain('valid')
    expect((await tokenStep())?.problem?.code).toBe('scim_token_missing')
  })

  test('a token of another connection is not touched', async () => {
    const { view: made } = await create({ label: 'Other' }, 'other')
    expect(await code(call('DELETE', `/connections/pushed/scim/tokens/${made.tokenId}`))).toBe('scim_token_not_found')
    expect((await view('other')).tokens[0]?.state).toBe('valid')
  })
})

describe('the provisioning log', () => {
  test('who, what and how it ended, newest first and page by page, refusals alone on request', async () => {
    const { token, view: made } = await create({ label: 'log' })
    const names = ['one', 'two', 'three'].map((name) => `${name}@example.com`)
    for (const name of names) expect((await push(token, name)).statusCode).toBe(201)
    expect((await push(token, 'two@example.com')).statusCode).toBe(409)

    const newest = await logOf('?limit=2')
    expect(newest.entries.map(({ status, subject }) => [status, subject])).toEqual([
      [409, expect.anything()],
      [201, 'three@example.com'],
    ])
    expect(newest.entries[1]).toMatchObject({
      method: 'POST',
      resourceType: 'User',
      tokenId: made.tokenId,
      remoteAddress: '127.0.0.1',
      attributes: expect.arrayContaining(['userName']),
      durationMs: expect.any(Number),
    })
    const older = await logOf(`?limit=2&before=${newest.nextBefore}`)
    expect(older.entries.map(({ subject }) => subject)).toEqual(['two@example.com', 'one@example.com'])

    const refused = await logOf('?outcome=refused')
    expect(refused.entries.every(({ status }) => status >= 400)).toBe(true)
    expect(refused.entries[0]).toMatchObject({ status: 409, scimType: 'uniqueness', detail: expect.any(String) })
    expect((await logOf('', 'other')).entries).toEqual([])
    expect((await view()).lastRequestAt).toBe(newest.entries[0]?.at)
  })

  test('the last page says that it is the last', async () => {
    expect((await logOf('?limit=500')).nextBefore).toBeUndefined()
    const all = await logOf('?limit=500')
    expect((await logOf(`?limit=${all.entries.length}`)).nextBefore).toBeUndefined()
  })
})
