import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { RunPage } from '@rollcall/contract/api/runs'
import { expect, onTestFinished, test } from 'vitest'
import { findSlapd } from '../../scripts/slapd.ts'
import { createAdministrator, onlyLeg } from './harness/administrator.ts'
import { tokenApi } from './harness/api.ts'
import { freePort } from './harness/free-port.ts'

const start = fileURLToPath(new URL('../sandbox/start.ts', import.meta.url))

/** Starts the sandbox as `pnpm start` does and reads what it prints. */
async function startSandbox(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [start], { env: { ...process.env, ...environment } })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  while (!said.includes('Ctrl-C stops everything')) {
    if (child.exitCode !== null) throw new Error(`The sandbox ended with ${child.exitCode}: ${said}`)
    await sleep(50)
  }
  const [, url = ''] = /Open\s+(\S+)/.exec(said) ?? []
  const [, token = ''] = /Sign in\s+(\S+)/.exec(said) ?? []
  const api = tokenApi(url, token)
  return {
    url,
    token,
    administrator: createAdministrator(api),
    said: () => said,
    async type(command: string, answer: RegExp): Promise<void> {
      child.stdin.write(`${command}\n`)
      while (!answer.test(said)) await sleep(20)
    },
    /** Ctrl-C; gives back the exit code and how long it took. */
    async interrupt(): Promise<{ code: number | null; tookMs: number }> {
      await api.close()
      const began = Date.now()
      child.kill('SIGINT')
      const [code] = await exited
      return { code, tookMs: Date.now() - began }
    },
  }
}

test('a newcomer starts the sandbox, approves the first plan, changes the company, stops, and starts again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const environment = {
    ROLLCALL_SANDBOX: folder,
    ROLLCALL_ADMIN_LISTEN: `127.0.0.1:${await freePort()}`,
    ROLLCALL_SANDBOX_ENTRA_PORT: String(await freePort()),
    ROLLCALL_SANDBOX_JIRA_PORT: String(await freePort()),
    ROLLCALL_SANDBOX_LDAP_PORT: String(await freePort()),
  }
  const sandbox = await startSandbox(environment)
  const { administrator } = sandbox
  expect((await fetch(sandbox.url)).headers.get('content-type')).toMatch(/^text\/html/)
  const { runs } = await administrator.api.call<RunPage>('GET', '/runs')
  const planned = await administrator.ended(runs[0]?.id ?? 0)
  const plan = await administrator.plan(onlyLeg(planned).planId ?? 0)
  expect(plan).toMatchObject({ status: 'held', first: true, applicable: true, summary: { adopt: expect.any(Number) } })
  expect(plan.summary?.create).toBeGreaterThan(100)
  expect(plan.summary?.adopt).toBeGreaterThan(30)
  expect((await administrator.approve(plan.id)).outcome).toBe('succeeded')
  expect(onlyLeg(await administrator.synchronize()).outcome).toBe('empty')

  await sandbox.type('join 3', /joined/)
  const joined = await administrator.synchronize()
  expect(joined.outcome).toBe('succeeded')
  const operations = await administrator.operations(onlyLeg(joined).planId ?? 0)
  expect(operations.filter(({ kind, status }) => kind === 'createUser' && status === 'applied')).toHaveLength(3)
  await sandbox.type('vanish', /restore/)
  expect((await administrator.synchronize()).outcome).toBe('held')
  await sandbox.type('restore', /are back/)
  expect(onlyLeg(await administrator.synchronize()).outcome).toBe('empty')

  if (findSlapd()) {
    expect((await administrator.follow('directory')).outcome).toBe('succeeded')
    expect(onlyLeg(await administrator.synchronize('directory')).outcome).toBe('empty')
  } else expect(sandbox.said()).toContain('apt-get install slapd ldap-utils')

  const { code, tookMs } = await sandbox.interrupt()
  expect([code, sandbox.said()]).toEqual([0, expect.not.stringMatching(/error|warning/i)])
  expect(tookMs).toBeLessThan(5000)

  const again = await startSandbox(environment)
  expect([again.url, again.token]).toEqual([sandbox.url, sandbox.token])
  const history = await again.administrator.api.call<RunPage>('GET', '/runs')
  expect(history.runs.length).toBeGreaterThanOrEqual(5)
  expect(onlyLeg(await again.administrator.synchronize('entra', { full: true })).outcome).toBe('empty')
  const jira = JSON.parse(readFileSync(join(folder, 'jira.json'), 'utf8')) as { users: unknown[] }
  expect(jira.users.length).toBeGreaterThan(200)
  expect((await again.interrupt()).code).toBe(0)
}, 150_000)

test('a second sandbox beside the first says that one runs already', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const environment = {
    ROLLCALL_SANDBOX: folder,
    ROLLCALL_ADMIN_LISTEN: `127.0.0.1:${await freePort()}`,
    ROLLCALL_SANDBOX_ENTRA_PORT: String(await freePort()),
    ROLLCALL_SANDBOX_JIRA_PORT: String(await freePort()),
    ROLLCALL_SANDBOX_LDAP_PORT: String(await freePort()),
  }
  const first = await startSandbox(environment)
  await expect(startSandbox(environment)).rejects.toThrow(/ended with 1: .*Another sandbox runs already/s)
  expect((await first.interrupt()).code).toBe(0)
}, 60_000)

test('A-005: with other products the sandbox begins with a plan for each, and keeps them over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const environment = {
    ROLLCALL_SANDBOX: folder,
    ROLLCALL_SANDBOX_PRODUCTS: 'all',
    ROLLCALL_ADMIN_LISTEN: `127.0.0.1:${await freePort()}`,
    ROLLCALL_SANDBOX_ENTRA_PORT: String(await freePort()),
    ROLLCALL_SANDBOX_JIRA_PORT: String(await freePort()),
    ROLLCALL_SANDBOX_LDAP_PORT: String(await freePort()),
    ROLLCALL_SANDBOX_PRODUCTS_PORT: '0',
  }
  const sandbox = await startSandbox(environment)
  expect(sandbox.said()).toContain('Jira, Confluence, Bitbucket, Crowd, Jira Cloud')
  const { runs } = await sandbox.administrator.api.call<RunPage>('GET', '/runs')
  const planned = await sandbox.administrator.ended(runs[0]?.id ?? 0)
  const plans = await Promise.all(planned.legs.map(({ planId }) => sandbox.administrator.plan(planId ?? 0)))
  expect(plans.map(({ status }) => status)).toEqual(['held', 'held', 'held', 'held', 'held'])
  expect(plans.filter(({ summary }) => (summary?.create ?? 0) < 100)).toEqual([])
  expect((await sandbox.interrupt()).code).toBe(0)
  for (const kind of ['confluence', 'bitbucket', 'crowd', 'jiraCloud']) {
    expect(JSON.parse(readFileSync(join(folder, `${kind}.json`), 'utf8'))).toEqual(expect.any(Object))
  }
  expect((await (await startSandbox(environment)).interrupt()).code).toBe(0)
}, 150_000)
