import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { tokenApi } from './harness/api.ts'
import { startChild } from './harness/child-service.ts'
import { rollcall, type Said } from './harness/command-line.ts'
import { configurationText, connectionEntry, targetEntry } from './harness/configuration.ts'
import { jiraReading } from './harness/jira-reading.ts'
import { addGroup, addPeople, emptyTenant } from './harness/people.ts'
import { type Simulated, simulate } from './harness/world.ts'

async function simulateCompany(): Promise<Simulated & { file: string; run: (...words: string[]) => Promise<Said> }> {
  const tenant = emptyTenant()
  addGroup(tenant, 'Research', addPeople(tenant, 'ada', 'bela'))
  const simulated = await simulate({ tenant })
  const file = join(simulated.folder, 'rollcall.yaml')
  writeFileSync(file, simulated.configuration())
  const data = join(simulated.folder, 'service')
  return { ...simulated, file, run: (...words) => rollcall(simulated.environment, '--data', data, ...words) }
}

test('A-020: with no service running the command line does everything itself: configure, check, plan, apply, look back', async () => {
  const { run, file, jira } = await simulateCompany()
  expect(await run('config', 'apply', file)).toMatchObject({
    code: 1,
    errors: expect.stringContaining('confirmation_needed'),
  })
  expect(await run('config', 'apply', file, '--yes')).toMatchObject({ code: 0 })
  expect(await run('doctor')).toMatchObject({ code: 0, output: expect.not.stringContaining('FAILED') })

  const planned = await run('plan', '--json')
  expect(planned).toMatchObject({ code: 0, errors: '' })
  expect(JSON.parse(planned.output)).toMatchObject([{ status: 'held', counts: { createUser: { held: 2 } } }])
  expect(await run('apply')).toMatchObject({ code: 1, errors: expect.stringContaining('confirmation_needed') })
  expect(await run('apply', '--yes')).toMatchObject({ code: 1, output: expect.stringContaining('It stays held') })
  expect(jiraReading(jira).userNames()).toEqual(['admin'])
  expect(await run('apply', '1', '--yes')).toMatchObject({ code: 0 })
  expect(jiraReading(jira).members('Research')).toEqual(['ada', 'bela'])
  expect((await run('show', '2')).output).toContain('createUser: 2 applied')
  expect((await run('plan')).output).toContain('Nothing to do')
}, 150_000)

test('A-020: --json is one document, however many connections are planned, and whatever goes wrong', async () => {
  const { run, file, folder, entra, secrets, environment, jira } = await simulateCompany()
  const connections = ['Entra', 'Other'].map((name) => connectionEntry({ name, entra, secret: secrets.client }))
  writeFileSync(file, configurationText([targetEntry({ url: jira.url, secret: secrets.jira })], connections))
  await run('config', 'apply', file, '--yes')
  const json = async (...words: string[]) => {
    const { code, output, errors } = await run(...words, '--json')
    return { code, errors, document: JSON.parse(output) }
  }
  expect(await json('plan')).toMatchObject({
    code: 0,
    document: [{ connection: { slug: 'entra' }, operations: expect.anything() }, { connection: { slug: 'other' } }],
  })
  expect(await json('lookup', 'nobody', '--connection', 'entra')).toMatchObject({ code: 1, document: { found: false } })
  expect(await json('why', 'nobody')).toMatchObject({ code: 1, document: { people: [], accounts: [] } })
  await run('apply', '1', '--yes')
  const { document: runs } = await json('runs', '--connection', 'entra')
  const { document: undone } = await json('undo', String(runs[0].id))
  expect(undone).toMatchObject([{ connection: { slug: 'entra' } }])
  const mistaken = { ...environment, [secrets.client]: 'wrong' }
  const failed = await rollcall(mistaken, '--data', join(folder, 'service'), 'plan', '--connection', 'entra', '--json')
  expect(failed).toMatchObject({ code: 1, output: '[]\n', errors: expect.stringContaining('graph_secret_wrong') })
  const locked = { ...environment, [secrets.jira]: 'wrong' }
  const unreachable = await rollcall(
    locked,
    '--data',
    join(folder, 'service'),
    'plan',
    '--connection',
    'entra',
    '--json',
  )
  expect(unreachable).toMatchObject({ code: 1, output: '[]\n', errors: expect.stringContaining('jira_token_refused') })
}, 150_000)

test('what is exported can be applied again without any effect, and holds references instead of secrets', async () => {
  const { run, file, folder, environment } = await simulateCompany()
  await run('config', 'apply', file, '--yes')
  const exported = await run('config', 'export')
  expect(exported.code).toBe(0)
  for (const [name, secret] of Object.entries(environment)) {
    expect(exported.output).toContain(`\${${name}}`)
    expect(exported.output).not.toContain(secret)
  }
  const copy = join(folder, 'copy', 'rollcall.yaml')
  mkdirSync(join(folder, 'copy'))
  writeFileSync(copy, exported.output)
  expect(await run('config', 'validate', copy)).toMatchObject({
    code: 0,
    output: expect.stringContaining('nothing would change'),
  })
}, 150_000)

test('every mistake ends with exit code 1, its code and its remedy', async () => {
  const { run, file, environment, folder } = await simulateCompany()
  await run('config', 'apply', file, '--yes')
  const bad = join(folder, 'bad.yaml')
  writeFileSync(bad, 'version: 1\nconections: []\n')
  const mistakes: readonly (readonly [readonly string[], string])[] = [
    [['config', 'validate', bad], 'configuration_key_unknown'],
    [['config', 'apply', bad, '--yes'], 'configuration_key_unknown'],
    [['config', 'validate', join(folder, 'none.yaml')], 'configuration_file_unreadable'],
    [['plan', '--connection', 'nobody'], 'connection_unknown'],
    [['plan', '--user', 'nobody@nowhere.example'], 'person_unknown'],
    [['show', '999'], 'run_unknown'],
    [['apply', '999', '--yes'], 'plan_unknown'],
    [['--url', 'http://127.0.0.1:9', 'runs'], 'service_unreachable'],
    [['serve', '--config', bad], 'configuration_key_unknown'],
  ]
  for (const [words, code] of mistakes) {
    const said = await run(...words)
    expect([words, said.code, `${said.output}${said.errors}`]).toEqual([words, 1, expect.stringContaining(code)])
    expect(said.errors).not.toMatch(/\n\s+at /)
  }
  const listen = await rollcall(
    { ...environment, ROLLCALL_ADMIN_LISTEN: 'everywhere' },
    '--data',
    join(folder, 'other'),
    'serve',
  )
  expect(listen).toMatchObject({ code: 1, errors: expect.stringContaining('service_setting_invalid') })
}, 150_000)

test('beside a running service the command line speaks to it, and a second service on the folder is refused', async () => {
  const company = await simulateCompany()
  const { run, folder, environment, file, jira } = company
  const child = await startChild(company)
  expect((await run('plan')).output).toContain('createUser: 2 held')
  expect(await run('apply', '1', '--yes')).toMatchObject({ code: 0 })
  expect(jiraReading(jira).userNames()).toEqual(['ada', 'admin', 'bela'])

  const second = await run('serve', '--config', file)
  expect(second).toMatchObject({ code: 1, errors: expect.stringContaining('data_folder_in_use') })

  const created = await run('token', 'create', 'laptop')
  const token = created.output.trim()
  expect(token).toMatch(/^rollcall_/)
  expect(await run('token', 'create', 'Laptop')).toMatchObject({
    code: 1,
    errors: expect.stringContaining('token_name_taken'),
  })
  const adminUrl = /"admin":"([^"]+)"/.exec(child.said())?.[1] ?? ''
  const away = await rollcall({ ROLLCALL_TOKEN: token }, '--data', join(folder, 'nothing'), '--url', adminUrl, 'runs')
  expect(away).toMatchObject({ code: 0, output: expect.stringContaining('apply by') })
  expect(await rollcall({ ROLLCALL_TOKEN: 'wrong' }, '--url', adminUrl, 'runs')).toMatchObject({
    code: 1,
    errors: expect.stringContaining('not_signed_in'),
  })
  const remote = tokenApi(adminUrl, token)
  expect(await remote.call('GET', '/status')).toMatchObject({ connections: 1 })
  await remote.close()

  expect(await child.stop()).toBe(0)
  for (const secret of [...Object.values(environment), token]) expect(child.said()).not.toContain(secret)
  expect(child.said()).not.toMatch(/Deprecat/)
  // A socket that was left behind does not keep the command line from working.
  writeFileSync(join(folder, 'service', 'rollcall.sock'), '')
  expect((await run('plan')).output).toContain('Nothing to do')
}, 150_000)

test('a service that is told to stop in the middle of a run lets requests finish and ends with 0', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, ...Array.from({ length: 60 }, (_, index) => `person${index}`))
  const simulated = await simulate({ tenant, latencyMs: 20 })
  const child = await startChild(simulated)
  const plan = (await child.administrator.synchronize()).legs[0]?.planId ?? 0
  const { hash } = await child.administrator.plan(plan)
  await child.api.call('POST', `/plans/${plan}/apply`, { hash, approve: true })
  while (simulated.jira.requests.count(/^POST/) < 10) await new Promise((resolve) => setTimeout(resolve, 5))
  const began = Date.now()
  expect(await child.stop()).toBe(0)
  expect(Date.now() - began).toBeLessThan(8000)
  const again = await startChild(simulated)
  await again.administrator.follow()
  expect((await again.administrator.follow()).legs[0]?.outcome).toBe('empty')
  expect(jiraReading(simulated.jira).userNames()).toHaveLength(61)
  expect(simulated.jira.requests.count(/^POST .*\/api\/2\/user$/)).toBe(60)
  await again.stop()
}, 150_000)

test('an empty data folder is said to be empty, not an error', async () => {
  const data = mkdtempSync(join(tmpdir(), 'rollcall-empty-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  expect(await rollcall({}, '--data', data, 'runs')).toMatchObject({ code: 0, errors: '' })
  expect(await rollcall({}, '--data', data, 'doctor')).toMatchObject({ code: 0, errors: '' })
  const applied = await rollcall({}, '--data', data, 'apply')
  expect(applied).toMatchObject({ code: 0, output: expect.stringContaining('no open plan') })
}, 150_000)
