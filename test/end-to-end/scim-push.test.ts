import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CreatedScimToken, ScimLogPage } from '@rollcall/contract/api/scim'
import { expect, onTestFinished, test } from 'vitest'
import { configurationText, targetEntry, tolerant } from './harness/configuration.ts'
import { jiraReading, writes } from './harness/jira-reading.ts'
import { startInProcess } from './harness/service-in-process.ts'
import { simulate } from './harness/world.ts'

interface PushOptions {
  readonly settings?: Readonly<Record<string, unknown>>
  /** Without it that of every new policy. */
  readonly guard?: Readonly<Record<string, unknown>>
}

/** A Jira, a service, and a provider that pushes into it over HTTP. */
async function startPush({ settings = {}, guard }: PushOptions = {}) {
  const simulated = await simulate()
  const running = await startInProcess(join(simulated.folder, 'service'))
  onTestFinished(() => running.close())
  const { administrator } = running
  const policies = [
    {
      target: 'Jira',
      users: { userName: { expression: 'user.userName' } },
      groups: { mode: 'onTheFly' },
      ...(guard && { guard }),
    },
  ]
  const connection = { name: 'Okta', provider: 'okta', method: 'scim', settings, policies }
  const target = targetEntry({ url: simulated.jira.url, secret: simulated.secrets.jira })
  await administrator.configure(configurationText([target], [connection]))
  const path = '/connections/okta/scim/tokens'
  const { token } = await administrator.api.call<CreatedScimToken>('POST', path, { label: 'test' })

  async function send(method: string, path: string, body?: object) {
    const answer = await fetch(`${running.serving.adminUrl}/scim/v2/okta${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  const createUser = async (name: string): Promise<string> => {
    const emails = [{ value: `${name}@example.com`, type: 'work', primary: true }]
    const { status, body } = await send('POST', '/Users', {
      userName: name,
      externalId: `ext-${name}`,
      displayName: name,
      emails,
      active: true,
    })
    expect(status).toBe(201)
    return body.id
  }
  const patch = (path: string, ...Operations: object[]) => send('PATCH', path, { Operations })
  const holdOf = async () => (await administrator.connection('okta')).legs[0]?.hold

  return { ...simulated, administrator, send, createUser, patch, holdOf, reading: jiraReading(simulated.jira) }
}

async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  for (const deadline = Date.now() + ms; Date.now() < deadline; await sleep(25)) if (await holds()) return
  throw new Error(`Waited ${ms} ms in vain: ${what}`)
}

test('A-023: what is pushed is held until the first plan is approved, and follows by itself afterwards', async () => {
  const { administrator, jira, send, createUser, patch, holdOf, reading } = await startPush({ guard: tolerant })
  const [ada, bela] = [await createUser('ada'), await createUser('bela')]
  const group = await send('POST', '/Groups', { displayName: 'Research', members: [{ value: ada }] })
  await administrator.synchronize('okta')
  const hold = await holdOf()
  expect(hold?.first).toBe(true)
  expect(writes(jira)).toEqual([])

  expect((await administrator.approve(hold?.planId ?? 0)).outcome).toBe('succeeded')
  expect(reading.active()).toEqual(['ada', 'admin', 'bela'])
  expect(reading.members('Research')).toEqual(['ada'])

  const added = await patch(`/Groups/${group.body.id}`, { op: 'Add', path: 'members', value: [{ value: bela }] })
  expect(added.status).toBe(204)
  await until('the new member', () => reading.members('Research')?.length === 2)
  expect((await patch(`/Users/${ada}`, { op: 'replace', value: { active: false } })).status).toBe(200)
  await until('the deactivation', () => !reading.active().includes('ada'))
  expect((await patch(`/Users/${ada}`, { op: 'replace', value: { active: true } })).status).toBe(200)
  await until('the return', () => reading.active().includes('ada'))
  expect(jira.violations).toEqual([])
})

test('a burst of deactivations over the limit is held, while every request is answered with success', async () => {
  const { administrator, createUser, patch, holdOf, reading } = await startPush()
  const ids: string[] = []
  for (let number = 10; number < 40; number++) ids.push(await createUser(`person${number}`))
  await administrator.follow('okta')
  expect(reading.active()).toHaveLength(31)

  const answers = await Promise.all(
    ids.map((id) => patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' })),
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  await until('the hold', async () => (await holdOf()) !== undefined)
  await sleep(300)
  // Those that a run saw before there were too many may have gone; the burst as a whole has not.
  expect(reading.active().length).toBeGreaterThan(20)
  // A run that what was pushed last set off may put another plan in the place of the one that is just approved.
  await until('the approval', async () => {
    const { outcome } = await administrator.follow('okta')
    return outcome === 'succeeded' && reading.active().length === 1
  })
  expect(reading.active()).toEqual(['admin'])
})

test('a person who is deleted and created again keeps the account', async () => {
  const { administrator, send, createUser, reading } = await startPush({ guard: tolerant })
  const ada = await createUser('ada')
  await administrator.follow('okta')
  expect((await send('DELETE', `/Users/${ada}`)).status).toBe(204)
  await until('the deactivation', () => !reading.active().includes('ada'))
  const again = await createUser('ada')
  expect(again).not.toBe(ada)
  await until('the return', () => reading.active().includes('ada'))
  expect(reading.userNames().filter((name) => name.startsWith('ada'))).toEqual(['ada'])
  const { outcome } = await administrator.synchronize('okta')
  expect(outcome).toBe('succeeded')
})

test('with delivery `wait` the answer about one person comes when Jira has it', async () => {
  const { administrator, createUser, patch, reading } = await startPush({ settings: { delivery: 'wait' } })
  const ada = await createUser('ada')
  await administrator.follow('okta')
  await patch(`/Users/${ada}`, { op: 'replace', path: 'displayName', value: 'Ada Lovelace' })
  expect(reading.user('ada')?.displayName).toBe('Ada Lovelace')
  await createUser('bela')
  expect(reading.active()).toContain('bela')
})

test('the provisioning log names the plan that carried a change, also when that took the place of another', async () => {
  const { administrator, createUser, patch, send } = await startPush({ guard: tolerant })
  const log = async () =>
    (await administrator.api.call<ScimLogPage>('GET', '/connections/okta/scim/log')).entries.map(
      ({ method, waiting, plans }) => ({ method, waiting, plans: plans.map(({ status }) => status) }),
    )
  const ada = await createUser('ada')
  expect(await log()).toEqual([{ method: 'POST', waiting: true, plans: [] }])
  await administrator.synchronize('okta')
  expect(await log()).toEqual([{ method: 'POST', waiting: false, plans: ['held'] }])
  await administrator.follow('okta')
  expect(await log()).toEqual([{ method: 'POST', waiting: false, plans: ['applied'] }])

  await patch(`/Users/${ada}`, { op: 'replace', path: 'displayName', value: 'Ada' })
  await patch(`/Users/${ada}`, { op: 'replace', path: 'displayName', value: 'Ada' })
  await send('GET', `/Users/${ada}`)
  await until('the plan', async () => (await log())[2]?.waiting === false)
  const [read, same, changed, first] = await log()
  expect([read?.plans, same, changed?.plans]).toEqual([[], { method: 'PATCH', waiting: false, plans: [] }, ['applied']])
  expect(first?.plans).toEqual(['applied'])
})

test('what a provider sends and was told stands in the provisioning log', async () => {
  const { administrator, createUser, send } = await startPush()
  await createUser('ada')
  expect((await send('POST', '/Users', { userName: 'ADA' })).status).toBe(409)
  const { entries } = await administrator.api.call<ScimLogPage>('GET', '/connections/okta/scim/log')
  expect(entries.map(({ status }) => status).toSorted()).toEqual([201, 409])
})
