import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { ScimLogEntry, ScimView } from '@rollcall/contract/api/scim'
import { expect, test } from 'vitest'
import { anonymousApi } from './harness/api.ts'
import { commandFile, startChild } from './harness/child-service.ts'
import { rollcall } from './harness/command-line.ts'
import { configurationText, targetEntry } from './harness/configuration.ts'
import { freePort } from './harness/free-port.ts'
import { type Simulated, simulate } from './harness/world.ts'

const pushedOnly = (simulated: Simulated): Simulated => ({
  ...simulated,
  configuration: () =>
    configurationText(
      [targetEntry({ url: simulated.jira.url, secret: simulated.secrets.jira })],
      [
        {
          name: 'Okta',
          provider: 'okta',
          method: 'scim',
          policies: [{ target: 'Jira', users: {}, groups: { mode: 'onTheFly' } }],
        },
      ],
    ),
})

const pushUser = (token: string, userName: string) =>
  [
    'POST',
    '/scim/v2/okta/Users',
    { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName },
    { authorization: `Bearer ${token}` },
  ] as const

test('A-071, A-072: the command line shows what to enter at the provider, makes its token and tells what it did', async () => {
  const simulated = pushedOnly(await simulate())
  const port = await freePort()
  const child = await startChild(simulated, {
    ROLLCALL_PUBLIC_LISTEN: `127.0.0.1:${port}`,
    ROLLCALL_PUBLIC_URL: `http://127.0.0.1:${port}`,
  })
  const data = join(simulated.folder, 'service')
  const run = (...words: string[]) => rollcall({}, '--data', data, ...words)
  const provider = anonymousApi(`http://127.0.0.1:${port}`)

  const before = await run('scim', 'show', 'okta')
  expect(before.output).toContain(`SCIM Base URL: http://127.0.0.1:${port}/scim/v2/okta\n`)
  expect(before.output).toContain('None: `rollcall token create')
  const ill = await run('doctor')
  expect(ill).toMatchObject({ code: 1, output: expect.stringContaining('scim_token_missing') })

  const token = (await run('token', 'create', 'Okta', '--connection', 'okta', '--expires-in-days', '365')).output.trim()
  expect(token).toMatch(/^scim_[0-9a-f]{12}_/)
  expect((await provider.send(...pushUser(token, 'ada@example.com'))).status).toBe(201)
  expect((await provider.send(...pushUser(token, 'ada@example.com'))).status).toBe(409)
  expect(await run('doctor')).toMatchObject({ code: 0, output: expect.stringContaining('The provider called at 20') })

  const lines = (await run('scim', 'log', 'okta')).output.trimEnd().split('\n')
  expect(lines[1]).toBe('    Not planned yet.')
  const log = lines.filter((line) => !line.startsWith(' '))
  expect(log[0]).toMatch(
    /UTC {2}201 {2}POST User ada@example\.com \(.*userName.*\) {2}from 127\.0\.0\.1 by [0-9a-f]{12}$/,
  )
  expect(log.findIndex((line) => line.includes('409 uniqueness'))).toBe(1)
  const refused = (await run('scim', 'log', 'okta', '--refused', '--json')).output.trimEnd().split('\n')
  expect(refused.map((line) => (JSON.parse(line) as ScimLogEntry).status)).toEqual([409])

  const id = token.split('_')[1] ?? ''
  const fresh = (await run('token', 'rotate', id, '--connection', 'okta', '--overlap-hours', '1')).output.trim()
  for (const each of [token, fresh])
    expect((await provider.send(...pushUser(each, `${each.slice(5, 17)}@x`))).status).toBe(201)
  expect(await run('token', 'revoke', id, '--connection', 'okta')).toMatchObject({
    code: 1,
    errors: expect.stringContaining('confirmation_needed'),
  })
  expect(await run('token', 'revoke', id, '--connection', 'okta', '--yes')).toMatchObject({
    code: 0,
    output: 'Revoked.\n',
  })
  expect((await provider.send(...pushUser(token, 'late@example.com'))).status).toBe(401)
  const list = (await run('token', 'list', '--connection', 'okta')).output
  expect(list).toMatch(/Okta: valid, .*never ends, last used.*Okta: revoked/s)
  const json = JSON.parse((await run('scim', 'show', 'okta', '--json')).output) as ScimView
  expect(json).toMatchObject({ users: 3, groups: 0, reachable: 'public' })

  for (const [words, code] of [
    [['scim', 'show', 'nobody'], 'connection_unknown'],
    [['token', 'rotate', 'nothing', '--connection', 'okta'], 'scim_token_not_found'],
    [['scim', 'log', 'okta', '--limit', 'many'], 'request_invalid'],
  ] as const) {
    expect([words, await run(...words)]).toEqual([
      words,
      { code: 1, output: '', errors: expect.stringContaining(code) },
    ])
  }
  expect(child.said()).not.toContain(fresh)
  await provider.close()
  await child.stop()
}, 180_000)

test('a provisioning log that is followed tells each request as it comes', async () => {
  const simulated = pushedOnly(await simulate())
  const child = await startChild(simulated)
  const data = join(simulated.folder, 'service')
  const adminUrl = /"admin":"([^"]+)"/.exec(child.said())?.[1] ?? ''
  const provider = anonymousApi(adminUrl)
  const token = (await rollcall({}, '--data', data, 'token', 'create', 'Okta', '--connection', 'okta')).output.trim()
  await provider.send(...pushUser(token, 'before@example.com'))

  const following = spawn(process.execPath, [commandFile, '--data', data, 'scim', 'log', 'okta', '--follow'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  following.stdout.on('data', (chunk) => {
    said += String(chunk)
  })
  await expect.poll(() => said, { timeout: 20_000 }).toContain('before@example.com')
  for (const name of ['one@example.com', 'two@example.com']) await provider.send(...pushUser(token, name))
  await expect.poll(() => said, { timeout: 20_000 }).toContain('two@example.com')
  following.kill()
  const told = [...said.matchAll(/(\w+)@example\.com/g)].map(([, name]) => name)
  expect(told).toEqual(['before', 'one', 'two'])
  await provider.close()
  await child.stop()
}, 120_000)
