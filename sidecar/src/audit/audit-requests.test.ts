import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditEntryView, AuditPage, AuditVerificationView } from '@rollcall/contract/api/audit'
import type { FastifyInstance, InjectOptions, RouteOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AdminServerOptions, createAdminServer } from '../admin-server.ts'
import { createService, type Service } from '../service.ts'
import { createServiceLog } from '../service-log.ts'

let folder: string
let service: Service
let admin: FastifyInstance
let token: string
const log = createServiceLog('silent')
const options: Omit<AdminServerOptions, 'trust'> = {
  log,
  hosts: undefined,
  secure: false,
  trustedProxies: [],
  scimOrigin: () => ({ url: 'https://sync.example.com/', reachable: 'public' }),
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-audit-'))
  service = await createService({ dataFolder: folder, log })
  admin = await createAdminServer(service, { ...options, trust: 'network' })
  token = (await service.access.createToken('Ada')).token
})
afterAll(async () => {
  await admin.close()
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

const call = (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object, bearer = token) => {
  const options: InjectOptions = { method, url: `/api${path}`, headers: { authorization: `Bearer ${bearer}` } }
  return admin.inject(payload === undefined ? options : { ...options, payload })
}
const entries = async (): Promise<readonly AuditEntryView[]> => (await call('GET', '/audit')).json<AuditPage>().entries
const lastEntry = async () => (await entries()).at(-1)

test('every route that may change something says how it is recorded', async () => {
  const routes: RouteOptions[] = []
  const server = await createAdminServer(service, {
    ...options,
    trust: 'socket',
    onRoute: (route) => routes.push(route),
  })
  await server.close()
  const changing = routes.filter(
    ({ method }) => ![method].flat().every((each) => ['GET', 'HEAD', 'OPTIONS'].includes(each)),
  )
  expect(changing.length).toBeGreaterThan(8)
  expect(changing.filter(({ config }) => config?.audit === undefined).map(({ url }) => url)).toEqual([])
})

test('an act is recorded with who, from where and how it ended, and without its secrets', async () => {
  await call('POST', '/tokens', { name: 'Grace', expiresInDays: 3 })
  expect(await lastEntry()).toMatchObject({
    action: 'token.create',
    actor: { name: 'Ada', from: '127.0.0.1' },
    detail: { name: 'Grace', expiresInDays: 3, status: 201 },
  })
  await call('POST', '/tokens', { name: 'Grace' })
  expect(await lastEntry()).toMatchObject({ action: 'token.create', detail: { status: 409 } })
})

test('signing in is recorded, refused or not; the token never is', async () => {
  await call('POST', '/session', { token })
  expect(await lastEntry()).toMatchObject({ action: 'session.open', subject: 'Ada', detail: { status: 200 } })
  await call('POST', '/session', { token: 'rollcall_wrong' })
  expect(await lastEntry()).toMatchObject({
    action: 'session.open',
    actor: { name: 'nobody' },
    detail: { status: 401 },
  })
  const everything = JSON.stringify(await entries())
  expect(everything).not.toContain(token)
  expect(everything).not.toContain('rollcall_wrong')
})

test('whoever is not signed in cannot fill the record', async () => {
  const before = (await entries()).length
  expect((await call('POST', '/tokens', { name: 'Eve' }, 'rollcall_wrong')).statusCode).toBe(401)
  expect(await entries()).toHaveLength(before)
})

test('a changed configuration is recorded as it was and as it is', async () => {
  const text = JSON.stringify({
    version: 1,
    targets: [
      {
        name: 'Jira',
        kind: 'jira',
        settings: { url: 'https://jira.example.com', credentials: { method: 'pat', token: `\${JIRA_TOKEN}` } },
      },
    ],
  })
  await call('POST', '/configuration', { text, fileName: 'rollcall.yaml' })
  const entry = await lastEntry()
  expect(entry).toMatchObject({ action: 'configuration.apply', detail: { fileName: 'rollcall.yaml', status: 200 } })
  expect(String(entry?.before)).not.toContain('Jira')
  expect(String(entry?.after)).toContain('name: Jira')
})

test('the record proves itself, and a change of the database is found', async () => {
  const verify = async () => (await call('POST', '/audit/verify', {})).json<AuditVerificationView>()
  expect(await verify()).toMatchObject({ ok: true, faults: [] })
  await service.store.db.updateTable('audit_entry').set({ content: '{}' }).where('id', '=', 1).execute()
  expect(await verify()).toMatchObject({ ok: false, faults: [{ kind: 'contentChanged', entry: 1 }] })
})

test('what comes through the socket comes from there, whatever address it seems to have', async () => {
  const socket = await createAdminServer(service, { ...options, trust: 'socket' })
  await socket.inject({ method: 'POST', url: '/api/tokens', payload: { name: 'By command' } })
  await socket.close()
  expect(await lastEntry()).toMatchObject({ actor: { name: 'command line', from: 'socket' } })
})

test('its key is a file of the service alone', () => {
  expect(statSync(join(folder, 'audit.key')).mode & 0o777).toBe(0o600)
})
