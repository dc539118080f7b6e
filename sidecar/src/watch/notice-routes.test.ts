import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAdminServer } from '../admin-server.ts'
import { createService, type Service } from '../service.ts'
import { createServiceLog } from '../service-log.ts'

const day = 86_400_000

describe('notices and numbers of a service', () => {
  let folder: string
  let service: Service
  let admin: FastifyInstance
  let authorization: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-notices-'))
    const log = createServiceLog('silent')
    service = await createService({ dataFolder: folder, log })
    admin = await createAdminServer(service, {
      log,
      trust: 'network',
      hosts: undefined,
      secure: false,
      trustedProxies: [],
      scimOrigin: () => ({ url: 'https://sync.example.com/', reachable: 'public' }),
    })
    authorization = `Bearer ${(await service.access.createToken('Ada')).token}`
    const expiring = { name: 'ci', name_key: 'ci' as never, token_hash: 'h', created_at: 0 }
    await service.store.db
      .insertInto('admin_token')
      .values({ ...expiring, expires_at: Date.now() + 6 * day })
      .execute()
  })
  afterAll(async () => {
    await admin.close()
    await service.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('are told to administrators only', async () => {
    expect((await admin.inject('/api/notices')).statusCode).toBe(401)
    const answer = await admin.inject({ url: '/api/notices', headers: { authorization } })
    expect(answer.json()).toMatchObject({
      notices: [
        { kind: 'credentialExpiring', severity: 'critical', title: 'The admin token "ci" expires within 7 days' },
      ],
    })
  })

  test('a test with nobody to tell says so, and is recorded', async () => {
    const answer = await admin.inject({ method: 'POST', url: '/api/notices/test', headers: { authorization } })
    expect(answer.json()).toEqual({ ok: true, channels: [] })
    const audit = await admin.inject({ url: '/api/audit', headers: { authorization } })
    expect(audit.json().entries.at(-1)).toMatchObject({ action: 'notices.test' })
  })

  test('Prometheus is answered without signing in', async () => {
    const answer = await admin.inject('/metrics')
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(answer.payload).toContain('rollcall_open_notices{kind="credentialExpiring"} 1')
  })
})
