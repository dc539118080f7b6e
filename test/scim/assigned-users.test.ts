import { join } from 'node:path'
import type { CreatedScimToken, ScimView } from '@rollcall/contract/api/scim'
import { Agent, request } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import { configurationText, targetEntry } from '../end-to-end/harness/configuration.ts'
import { jiraReading, writes } from '../end-to-end/harness/jira-reading.ts'
import { startInProcess } from '../end-to-end/harness/service-in-process.ts'
import { simulate } from '../end-to-end/harness/world.ts'
import type { Conversation, Exchange } from './dialects/conversation.ts'
import { entra } from './dialects/entra.ts'
import { play } from './dialects/play.ts'

/** Of a connection nothing is said but how it is called, and that the provider pushes. */
async function startUnset() {
  const simulated = await simulate({ jira: { users: [{ name: 'bob@contoso.com', displayName: 'Bob N' }] } })
  const running = await startInProcess(join(simulated.folder, 'service'))
  onTestFinished(() => running.close())
  const { administrator } = running
  const connection = { name: 'Contoso', provider: 'entra', method: 'scim', policies: [{ target: 'Jira' }] }
  const target = targetEntry({ url: simulated.jira.url, secret: simulated.secrets.jira })
  await administrator.configure(configurationText([target], [connection]))
  return { ...simulated, administrator }
}

/** Sends what Entra sends, to the address and with the token that an administrator was shown. */
function pushing(baseUrl: string, token: string): Parameters<typeof play>[0] {
  const agent = new Agent()
  onTestFinished(() => agent.close())
  return {
    async send(method, path, { headers = {}, body } = {}) {
      const all = { authorization: `Bearer ${token}`, ...headers }
      const options = { method, dispatcher: agent, headers: all, ...(body !== undefined && { body }) }
      const answer = await request(`${baseUrl}${path}`, options)
      const text = await answer.body.text()
      return { status: answer.statusCode, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) }
    },
    desired: () => Promise.reject(new Error('Only the provider’s side is played here.')),
  }
}

/** The part of Entra's conversation in which it tests the connection and pushes whoever is assigned. */
const assignment: Conversation = {
  ...entra,
  steps: entra.steps
    .filter((step): step is Exchange => step.kind === 'exchange' && step.path.startsWith('/Users'))
    .slice(0, 4),
}

test('A-070, A-076: with a name alone a connection takes who is assigned at Entra, and creates who is not in Jira yet', async () => {
  const { administrator, jira } = await startUnset()
  const reading = jiraReading(jira)
  const { token } = await administrator.api.call<CreatedScimToken>('POST', '/connections/contoso/scim/tokens', {
    label: 'Entra',
  })
  const { baseUrl } = await administrator.api.call<ScimView>('GET', '/connections/contoso/scim')
  expect(assignment.steps.map((step) => step.kind === 'exchange' && step.method)).toEqual([
    'GET',
    'GET',
    'POST',
    'POST',
  ])
  expect(await play(pushing(baseUrl, token), assignment)).toEqual([])

  expect(reading.userNames()).not.toContain('ada@contoso.com')
  expect((await administrator.follow('contoso')).outcome).toBe('succeeded')
  expect(reading.user('ada@contoso.com')).toMatchObject({ displayName: 'Ada Lovelace', active: true })
  expect(reading.userNames().filter((name) => name.startsWith('bob'))).toEqual(['bob@contoso.com'])
  expect(writes(jira).filter((write) => write.startsWith('POST /rest/api/2/user?'))).toHaveLength(1)
  expect(jira.violations).toEqual([])
})
