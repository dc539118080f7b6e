import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunView, StartedRun } from '@rollcall/contract/api/runs'
import type { VetoPage } from '@rollcall/contract/api/vetoes'
import { expect, test } from 'vitest'
import { onlyLeg, planOf } from './harness/administrator.ts'
import { rollcall } from './harness/command-line.ts'
import { tolerant } from './harness/configuration.ts'
import { jiraReading } from './harness/jira-reading.ts'
import { addGroup, addPeople, emptyTenant, idOf } from './harness/people.ts'
import { simulate, startSettledWorld, type World } from './harness/world.ts'

/** Three people and a group that Jira has; then everything that can happen to them at once. */
async function changedWorld(): Promise<{ readonly world: World; readonly run: RunView; readonly before: unknown }> {
  const tenant = emptyTenant()
  const [ada = '', bela = '', cai = ''] = addPeople(tenant, 'ada', 'bela', 'cai')
  const research = addGroup(tenant, 'Research', [ada, bela, cai])
  const world = await startSettledWorld({ tenant, connection: { guard: tolerant } })
  const before = await lookOf(world)
  addPeople(tenant, 'dora')
  addGroup(tenant, 'Newcomers', [idOf(tenant, 'dora'), bela])
  tenant.updateUser(ada, { displayName: 'Ada King', mail: 'countess@example.com' })
  tenant.updateUser(cai, { userPrincipalName: `caius@${tenant.domain}` })
  tenant.removeMember(research, ada)
  tenant.disableUser(bela)
  const run = await world.administrator.synchronize()
  expect(run.outcome).toBe('succeeded')
  return { world, run, before }
}

/** Everything that Jira shows of its people and groups, but for `dora`, who cannot be made unseen. */
async function lookOf({ jira }: World) {
  const reading = jiraReading(jira)
  const names = reading.userNames().filter((name) => name !== 'dora')
  return {
    people: names.map((name) => ({ ...reading.user(name), groups: reading.groupsOf(name) })),
    research: reading.members('Research'),
    newcomers: reading.members('Newcomers'),
  }
}

async function planUndo({ administrator }: World, run: number): Promise<RunView> {
  const { runId } = await administrator.api.call<StartedRun>('POST', `/runs/${run}/undo`, {})
  return administrator.ended(runId)
}

test('what a run did is planned back, shown, and taken back only when that plan is applied', async () => {
  const { world, run, before } = await changedWorld()
  const { administrator, jira } = world
  const after = await lookOf(world)
  expect(after).not.toEqual(before)

  const undo = await planUndo(world, run.id)
  expect(undo).toMatchObject({ mode: 'undo', undoes: run.id, outcome: 'planned' })
  expect(await lookOf(world)).toEqual(after)
  const plan = await administrator.plan(planOf(undo))
  expect(plan).toMatchObject({ undoes: run.id, status: 'planned', applicable: true, findings: {} })

  const applied = await administrator.approve(plan.id)
  expect(applied.outcome).toBe('succeeded')
  expect(await lookOf(world)).toEqual(before)
  const { user, groupsOf } = jiraReading(jira)
  expect(user('dora')).toMatchObject({ active: false })
  expect(groupsOf('dora')).toEqual([])
  expect(jira.violations).toEqual([])
})

test('by choice, who was created is deleted, but only where Jira shows sign-ins and shows none of theirs', async () => {
  const { world, run } = await changedWorld()
  const { administrator, jira } = world
  const deleting = async () => {
    const asked = await administrator.api.call<StartedRun>('POST', `/runs/${run.id}/undo`, { deleteCreated: true })
    const undo = await administrator.ended(asked.runId)
    const operations = await administrator.operations(planOf(undo))
    return { plan: planOf(undo), kinds: operations.filter(({ subject }) => subject === 'dora').map(({ kind }) => kind) }
  }
  expect((await deleting()).kinds).not.toContain('deleteUser')

  jira.jira.change.user('admin').lastSignInAt = Date.UTC(2026, 0, 5)
  jira.jira.change.user('dora').lastSignInAt = Date.UTC(2026, 0, 6)
  expect((await deleting()).kinds).not.toContain('deleteUser')

  jira.jira.change.user('dora').lastSignInAt = undefined
  const { plan, kinds } = await deleting()
  expect(kinds).toContain('deleteUser')
  expect((await administrator.approve(plan)).outcome).toBe('succeeded')
  expect(jiraReading(jira).user('dora')).toBeUndefined()
})

test('the next run holds exactly what was undone, and lifting a veto lets its change through', async () => {
  const { world, run, before } = await changedWorld()
  const { administrator, tenant } = world
  const done = await administrator.operations(planOf(run))
  await administrator.approve(planOf(await planUndo(world, run.id)))

  addPeople(tenant, 'egon')
  const next = await administrator.synchronize()
  const operations = await administrator.operations(planOf(next))
  const held = operations.filter(({ status }) => status === 'held')
  expect(new Set(held.map(({ heldBy }) => heldBy))).toEqual(new Set(['veto']))
  // Who was created is there still, and would be activated.
  const sentence = ({ kind, subject, group }: (typeof done)[number]) =>
    `${kind === 'createUser' ? 'activateUser' : kind} ${subject}${group === undefined ? '' : ` ${group}`}`
  expect(held.map(sentence).sort()).toEqual(done.map(sentence).sort())
  expect(operations.filter(({ status }) => status === 'applied').map(sentence)).toEqual(['activateUser egon'])
  expect(jiraReading(world.jira).userNames()).toContain('egon')
  expect({ ...(await lookOf(world)), people: expect.anything() }).toEqual({
    ...(before as object),
    people: expect.anything(),
  })

  const { vetoes } = await administrator.api.call<VetoPage>('GET', '/vetoes')
  const update = vetoes.find(({ kind, subject }) => kind === 'updateUser' && subject === 'ada')
  expect(update).toMatchObject({ description: expect.stringContaining('Ada King') })
  for (const { id, kind } of vetoes) {
    if (kind === 'updateUser') await administrator.api.call('DELETE', `/vetoes/${id}`)
  }
  await administrator.synchronize()
  expect(jiraReading(world.jira).user('ada')).toMatchObject({ displayName: 'Ada King' })
  expect(jiraReading(world.jira).members('Research')).toContain('ada')
})

test('approving a plan with undone changes does them after all, and their vetoes are gone', async () => {
  const { world, run } = await changedWorld()
  const { administrator } = world
  const after = await lookOf(world)
  await administrator.approve(planOf(await planUndo(world, run.id)))
  const next = await administrator.synchronize()
  expect(next.outcome).toBe('held')
  expect((await administrator.approve(planOf(next))).outcome).toBe('succeeded')
  expect(await lookOf(world)).toEqual(after)
  expect(await administrator.api.call<VetoPage>('GET', '/vetoes')).toEqual({ vetoes: [] })
  expect(onlyLeg(await administrator.synchronize()).outcome).toBe('empty')
})

test('a veto goes when the source changes its mind, and what changed in Jira since is left alone', async () => {
  const { world, run } = await changedWorld()
  const { administrator, tenant, jira } = world
  jira.jira.change.changeUser('ada', { displayName: 'Ada by hand' })
  const plan = await administrator.plan(planOf(await planUndo(world, run.id)))
  expect(plan.findings).toEqual({ changedSince: 1 })
  expect(await administrator.findings(plan.id)).toMatchObject([{ code: 'changedSince', subject: 'ada' }])
  await administrator.approve(plan.id)
  expect(jiraReading(jira).user('ada')).toMatchObject({ displayName: 'Ada by hand' })

  tenant.enableUser(idOf(tenant, 'bela'))
  await administrator.synchronize()
  const { vetoes } = await administrator.api.call<VetoPage>('GET', '/vetoes')
  expect(vetoes.filter(({ kind }) => kind === 'deactivateUser')).toEqual([])
  expect(vetoes.some(({ kind }) => kind === 'renameUser')).toBe(true)
})

test('undone twice there is nothing left, and an undo can be undone', async () => {
  const { world, run } = await changedWorld()
  const { administrator } = world
  const after = await lookOf(world)
  const undone = await administrator.approve(planOf(await planUndo(world, run.id)))
  expect(onlyLeg(await planUndo(world, run.id)).outcome).toBe('empty')
  await administrator.approve(planOf(await planUndo(world, undone.id)))
  expect(await lookOf(world)).toEqual(after)
})

test('from the command line: undo shows the plan, apply takes back, vetoes are listed and lifted', async () => {
  const tenant = emptyTenant()
  const [ada = ''] = addPeople(tenant, 'ada')
  const simulated = await simulate({ tenant })
  const file = join(simulated.folder, 'rollcall.yaml')
  writeFileSync(file, simulated.configuration())
  const run = (...words: string[]) =>
    rollcall(simulated.environment, '--data', join(simulated.folder, 'service'), ...words)
  await run('config', 'apply', file, '--yes')
  await run('plan')
  expect(await run('undo', '1')).toMatchObject({ code: 1, errors: expect.stringContaining('undo_nothing_done') })
  await run('apply', '1', '--yes')
  expect(await run('undo', '7')).toMatchObject({ code: 1, errors: expect.stringContaining('run_unknown') })

  const undo = await run('undo', '2')
  expect(undo).toMatchObject({ code: 0, output: expect.stringContaining('Deactivate ada') })
  const [, plan = ''] = /rollcall apply (\d+)/.exec(undo.output) ?? []
  const { active } = jiraReading(simulated.jira)
  expect(active()).toContain('ada')
  expect(await run('apply', plan, '--yes')).toMatchObject({ code: 0 })
  expect(active()).toEqual(['admin'])

  tenant.updateUser(ada, { displayName: 'Ada King' })
  const listed = await run('veto', 'list')
  expect(listed.output).toContain('holds activateUser for ada')
  const ids = [...listed.output.matchAll(/^ {2}(\d+) /gm)].map(([, id = '']) => id)
  expect(await run('veto', 'lift', ...ids)).toMatchObject({ code: 0 })
  expect(await run('veto', 'list')).toMatchObject({ output: 'There is no veto.\n' })
  expect(await run('veto', 'lift', '99')).toMatchObject({ code: 1, errors: expect.stringContaining('veto_unknown') })
}, 150_000)
