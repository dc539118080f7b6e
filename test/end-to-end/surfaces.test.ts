import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunPage, RunView } from '@rollcall/contract/api/runs'
import type { SessionView } from '@rollcall/contract/api/session'
import { socketPath } from '@rollcall/sidecar/service-settings'
import { admin } from '@rollcall/simulators/jira/create-jira'
import { expect, onTestFinished, test } from 'vitest'
import { planOf } from './harness/administrator.ts'
import { anonymousApi, socketApi, tokenApi } from './harness/api.ts'
import { freePort } from './harness/free-port.ts'
import { addPeople, emptyTenant } from './harness/people.ts'
import { startInProcess } from './harness/service-in-process.ts'
import { startSettledWorld, startWorld } from './harness/world.ts'

const routes = [
  'GET /api/status',
  'GET /api/connections',
  'GET /api/runs',
  'GET /api/plans/1',
  'GET /api/plans/1/operations',
  'GET /api/doctor',
  'GET /api/configuration',
  'GET /api/events',
  'GET /api/openapi.json',
  'POST /api/tokens',
  'POST /api/configuration',
  'POST /api/connections/entra/runs',
  'POST /api/plans/1/apply',
  'POST /api/runs/1/cancel',
] as const

const split = (route: string) => route.split(' ') as ['GET' | 'POST', string]
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string })?.code]

test('without a session or a token every route of the API answers 401, and health tells nothing', async () => {
  const { running } = await startWorld()
  const api = anonymousApi(running.serving.adminUrl)
  for (const route of routes) {
    const [method, path] = split(route)
    const answer = await api.send(method, path, method === 'POST' ? {} : undefined)
    expect([route, ...codeOf(answer)]).toEqual([route, 401, 'not_signed_in'])
  }
  const wrong = await tokenApi(running.serving.adminUrl, 'rollcall_wrong').send('GET', '/api/status')
  expect(codeOf(wrong)).toEqual([401, 'not_signed_in'])
  expect((await api.send('GET', '/health')).body).toEqual({ status: 'up', version: expect.any(String) })
  expect((await api.send('GET', '/ready')).status).toBe(200)
  expect(codeOf(await api.send('GET', '/api/nothing'))).toEqual([404, 'route_unknown'])
})

test('a token is exchanged for a session: a cookie no script can read, and a CSRF token for every write', async () => {
  const { running } = await startWorld()
  const api = anonymousApi(running.serving.adminUrl)
  expect(codeOf(await api.send('POST', '/api/session', { token: 'wrong' }))).toEqual([401, 'token_refused'])
  const signedIn = await api.send('POST', '/api/session', { token: running.token })
  const cookie = String(signedIn.headers['set-cookie'])
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Strict/)
  const { csrfToken } = signedIn.body as SessionView
  const session = { cookie: cookie.split(';', 1)[0] ?? '' }

  expect((await api.send('GET', '/api/status', undefined, session)).status).toBe(200)
  const write = (headers: Record<string, string>) => api.send('POST', '/api/connections/entra/runs', {}, headers)
  expect(codeOf(await write(session))).toEqual([403, 'csrf_token_missing'])
  expect(codeOf(await write({ ...session, 'x-rollcall-csrf': 'x' }))).toEqual([403, 'csrf_token_missing'])
  expect((await write({ ...session, 'x-rollcall-csrf': csrfToken })).status).toBe(202)

  expect((await api.send('DELETE', '/api/session', undefined, session)).status).toBe(204)
  expect(codeOf(await api.send('GET', '/api/status', undefined, session))).toEqual([401, 'not_signed_in'])
})

test('an expired session and an expired token are no longer anybody', async () => {
  const { running } = await startWorld()
  const { db } = running.service.store
  const api = anonymousApi(running.serving.adminUrl)
  const signedIn = await api.send('POST', '/api/session', { token: running.token })
  const session = { cookie: String(signedIn.headers['set-cookie']).split(';', 1)[0] ?? '' }
  await db
    .updateTable('session')
    .set({ expires_at: Date.now() - 1 })
    .execute()
  expect(codeOf(await api.send('GET', '/api/status', undefined, session))).toEqual([401, 'not_signed_in'])
  await db
    .updateTable('admin_token')
    .set({ expires_at: Date.now() - 1 })
    .execute()
  expect(codeOf(await tokenApi(running.serving.adminUrl, running.token).send('GET', '/api/status'))).toEqual([
    401,
    'not_signed_in',
  ])
  expect(codeOf(await api.send('POST', '/api/session', { token: running.token }))).toEqual([401, 'token_refused'])
})

test('guessing tokens is slowed down', async () => {
  const { running } = await startWorld()
  const api = anonymousApi(running.serving.adminUrl)
  const answers = await Promise.all(Array.from({ length: 14 }, () => api.send('POST', '/api/session', { token: 'x' })))
  expect(
    answers
      .map((answer) => codeOf(answer)[1])
      .sort()
      .at(-1),
  ).toBe('too_many_requests')
})

test('a request for an unknown host is refused, whatever it carries', async () => {
  const { running } = await startWorld()
  const api = tokenApi(running.serving.adminUrl, running.token)
  for (const path of ['/api/status', '/health', '/']) {
    expect(codeOf(await api.send('GET', path, undefined, { host: 'evil.example:8420' }))).toEqual([421, 'host_unknown'])
  }
  expect((await api.send('GET', '/api/status', undefined, { host: 'localhost:8420' })).status).toBe(200)
})

test('the socket of the data folder is for its owner alone', async () => {
  const { folder } = await startWorld()
  const path = socketPath(join(folder, 'service'))
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'service')).mode & 0o077).toBe(0)
  expect(await socketApi(path).call('GET', '/status')).toMatchObject({ connections: 1, targets: 1 })
})

test('the OpenAPI description names every route, each with a summary', async () => {
  const { administrator } = await startWorld()
  const description = await administrator.api.call<{ paths: Record<string, Record<string, { summary?: string }>> }>(
    'GET',
    '/openapi.json',
  )
  const described = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary }]) => ({ route: `${method.toUpperCase()} ${path}`, summary })),
  )
  expect(described.filter(({ summary }) => !summary)).toEqual([])
  const names = described.map(({ route }) =>
    route.replace(/\{\w+\}/g, (name) => (name === '{plan}' || name === '{run}' ? '1' : 'entra')),
  )
  expect(names).toEqual(expect.arrayContaining([...routes, 'POST /api/session', 'GET /health']))
})

test('requests that do not fit their description are refused with what is wrong', async () => {
  const { running } = await startWorld()
  const api = tokenApi(running.serving.adminUrl, running.token)
  for (const [path, body] of [
    ['/api/connections/entra/runs', { mode: 'destroy' }],
    ['/api/connections/entra/runs', { mode: 'plan', unknown: 1 }],
    ['/api/plans/1/apply', {}],
    ['/api/plans/none/apply', { hash: 'x' }],
  ] as const) {
    const answer = await api.send('POST', path, body)
    expect([path, body, ...codeOf(answer)]).toEqual([path, body, 400, 'request_invalid'])
  }
  expect(codeOf(await api.send('GET', '/api/connections/nobody/lookup?user=x'))).toEqual([404, 'connection_unknown'])
  expect(codeOf(await api.send('GET', '/api/runs/999'))).toEqual([404, 'run_unknown'])
  expect(codeOf(await api.send('GET', '/api/plans/999'))).toEqual([404, 'plan_unknown'])
})

test('progress is told as server-sent events that end with the run', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, ...Array.from({ length: 40 }, (_, index) => `person${index}`))
  const { administrator, running } = await startWorld({ tenant, latencyMs: 10 })
  const plan = planOf(await administrator.synchronize())
  const { hash = '' } = await administrator.plan(plan)
  const { runId } = await administrator.api.call<{ runId: number }>('POST', `/plans/${plan}/apply`, {
    hash,
    approve: true,
  })
  const response = await fetch(`${running.serving.adminUrl}/api/runs/${runId}/events`, {
    headers: { authorization: `Bearer ${running.token}` },
  })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const events = (await response.text())
    .split('\n\n')
    .flatMap((text) => /^event: (\w+)\ndata: (.*)$/s.exec(text) ?? []).length
  expect(events).toBeGreaterThan(3)
  const last = await administrator.api.call<RunView>('GET', `/runs/${runId}`)
  expect(last.state).toBe('finished')
})

test('no secret is ever answered, logged, exported or stored', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, 'ada')
  const { administrator, running, folder, environment, jira } = await startSettledWorld({ tenant })
  const secrets = [...Object.values(environment), running.token]
  expect(secrets).toContain(admin.token)
  jira.faults.add({ match: /mypermissions|myself/, times: 3, fault: { kind: 'status', status: 401 } })
  await administrator.synchronize('entra', { full: true })
  const answers = await Promise.all(
    routes
      .filter((route) => route.startsWith('GET') && route !== 'GET /api/events')
      .map(async (route) => (await administrator.api.send('GET', split(route)[1])).text),
  )
  const exported = await administrator.api.call<string>('GET', '/configuration')
  const stored = readdirSync(join(folder, 'service'))
    .filter((name) => /rollcall\.db/.test(name))
    .map((name) => readFileSync(join(folder, 'service', name), 'latin1'))
  const everything = { answers: answers.join('\n'), exported, logged: running.logged(), stored: stored.join('\n') }
  for (const [where, text] of Object.entries(everything)) {
    expect([where, text.length > 100]).toEqual([where, true])
    for (const secret of secrets) expect([where, text.includes(secret)]).toEqual([where, false])
  }
})

test('log lines hold no personal data', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, 'ada', 'lovelace')
  const { administrator, running } = await startSettledWorld({ tenant })
  await administrator.api.send('GET', '/api/connections/entra/lookup?user=lovelace%40contoso.onmicrosoft.com')
  await administrator.api.send('GET', '/api/plans/1/operations?search=lovelace')
  await administrator.api.send('GET', '/api/plans/1/operations?search=lovelace&limit=nonsense')
  expect(running.logged()).not.toMatch(/lovelace/i)
})

test('the public listener serves nothing of the admin API', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'rollcall-public-'))
  const port = await freePort()
  const running = await startInProcess(dataFolder, {
    ROLLCALL_PUBLIC_LISTEN: `127.0.0.1:${port}`,
    ROLLCALL_PUBLIC_URL: 'https://scim.example.com',
  })
  onTestFinished(async () => {
    await running.close()
    rmSync(dataFolder, { recursive: true, force: true })
  })
  const api = tokenApi(`http://127.0.0.1:${port}`, running.token)
  const host = { host: 'scim.example.com' }
  for (const route of [...routes, 'GET /', 'GET /health', 'GET /metrics', 'POST /api/session']) {
    const [method, path] = split(route)
    const answer = await api.send(method, path, method === 'POST' ? {} : undefined, host)
    expect([route, ...codeOf(answer)]).toEqual([route, 404, 'route_unknown'])
  }
  expect(codeOf(await api.send('GET', '/api/status'))).toEqual([421, 'host_unknown'])
})

test('A-021: a schedule starts a run by itself, and a paused connection or target does not run', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, 'ada')
  const { administrator, configuration, running } = await startWorld({
    tenant,
    connection: { more: { schedule: 'hourly' } },
  })
  const { schedule, nextRunAt = 0 } = await administrator.connection()
  expect(schedule).toBe('Hourly')
  expect(nextRunAt - Date.now()).toBeGreaterThan(0)
  expect(nextRunAt - Date.now()).toBeLessThanOrEqual(3_600_000)

  await running.service.store.db
    .updateTable('connection')
    .set({ next_run_at: Date.now() - 1 })
    .execute()
  await running.service.configurationApplied()
  const [run] = (await administrator.api.call<RunPage>('GET', '/runs')).runs
  expect(run).toMatchObject({ trigger: 'schedule', mode: 'synchronize' })
  expect((await administrator.ended(run?.id ?? 0)).outcome).toBe('held')

  await administrator.configure(configuration({ more: { paused: true } }))
  await expect(administrator.synchronize()).rejects.toMatchObject({ code: 'connection_paused' })
  await administrator.configure(configuration({}, { paused: true }))
  await expect(administrator.synchronize()).rejects.toMatchObject({ code: 'target_paused' })
})

test('one run of a connection is under way and one waits; a second request for the same joins it, and both can be cancelled', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, ...Array.from({ length: 60 }, (_, index) => `person${index}`))
  const { administrator } = await startWorld({ tenant, latencyMs: 15 })
  const plan = planOf(await administrator.synchronize())
  const { hash = '' } = await administrator.plan(plan)
  const first = await administrator.api.call<{ runId: number }>('POST', `/plans/${plan}/apply`, { hash, approve: true })
  const waiting = await administrator.start('entra', {})
  expect(await administrator.start('entra', {})).toBe(waiting)
  await expect(administrator.start('entra', { mode: 'plan' })).rejects.toMatchObject({ code: 'run_waits_already' })
  await administrator.api.call('POST', `/runs/${waiting}/cancel`)
  await administrator.api.call('POST', `/runs/${first.runId}/cancel`)
  expect((await administrator.ended(waiting)).outcome).toBe('cancelled')
  expect((await administrator.ended(first.runId)).outcome).toBe('cancelled')
  await expect(administrator.api.call('POST', `/runs/${waiting}/cancel`)).rejects.toMatchObject({
    code: 'run_ended_already',
  })
  await administrator.follow()
  const last = await administrator.follow()
  expect(last.outcome).toBe('succeeded')
  expect((await administrator.connection()).legs[0]?.claimed).toBe(60)
})
