import { join } from 'node:path'
import type { WhyView } from '@rollcall/contract/api/why'
import { expect, test } from 'vitest'
import { rollcall } from './harness/command-line.ts'
import { tolerant } from './harness/configuration.ts'
import { addGroup, addPeople, emptyTenant, idOf } from './harness/people.ts'
import { startSettledWorld } from './harness/world.ts'

async function settled() {
  const tenant = emptyTenant()
  const [ada = '', bela = ''] = addPeople(tenant, 'ada', 'bela')
  const platform = addGroup(tenant, 'Platform', [ada])
  addGroup(tenant, 'Engineering', [platform])
  addGroup(tenant, 'Research', [bela])
  const world = await startSettledWorld({ tenant, connection: { guard: tolerant } })
  const ask = (...words: readonly string[]) =>
    rollcall(world.environment, '--data', join(world.folder, 'service'), 'why', ...words)
  return { world, ask }
}

test('why is answered on the command line: the account, every attribute, and the path through nested groups', async () => {
  const { world, ask } = await settled()
  const said = await ask('ada')
  expect(said).toMatchObject({ code: 0, errors: '' })
  expect(said.output).toContain(`id ${idOf(world.tenant, 'ada')}`)
  expect(said.output).toContain('At Jira: has the active account ada')
  expect(said.output).toMatch(/Claimed \(created\) since .* UTC, by run 1, plan 1/)
  expect(said.output).toContain('Member of Platform, which is in Engineering')
  expect(said.output).toMatch(/Granted \(added\) since .*, by run 1, plan 1/)
  expect(said.output).toContain('users/userName/expression')
})

test('why says what keeps a group away, and of people whom nobody knows what the product has', async () => {
  const { world, ask } = await settled()
  const missing = await ask('ada', '--group', 'Research')
  expect(missing.output).toContain('not in the group Research')
  expect(missing.output).toContain('(notInSourceGroup)')
  expect(missing.output).toContain('To change that: Add the person to one of them at the identity provider.')
  const stranger = await ask('nobody-at-all')
  expect(stranger.code).toBe(1)
  expect(stranger.output).toContain('No connection knows anybody by the name nobody-at-all.')
  const local = await ask('admin')
  expect(local.output).toMatch(/Jira has the account admin \(.*, active\), which no connection manages/)
  expect((await ask('ada', '--target', 'nowhere')).errors).toContain('target_unknown')
  world.tenant.disableUser(idOf(world.tenant, 'ada'))
  await world.administrator.synchronize()
  const disabled = await ask('ada', '--json')
  const view: WhyView = JSON.parse(disabled.output)
  expect(view.people[0]?.targets[0]?.account).toMatchObject({
    verdict: 'hasNot',
    active: false,
    obstacle: { code: 'disabledAtProvider' },
    lastChange: { operation: 'deactivateUser' },
  })
})
