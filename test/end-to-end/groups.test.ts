import type { StartedRun } from '@rollcall/contract/api/runs'
import { expect, test } from 'vitest'
import { onlyLeg, planOf } from './harness/administrator.ts'
import { shortNames, tolerant } from './harness/configuration.ts'
import { jiraReading } from './harness/jira-reading.ts'
import { addGroup, addPeople, emptyTenant, idOf } from './harness/people.ts'
import { startSettledWorld, type World } from './harness/world.ts'

async function expectFollowed({ administrator, jira }: World): Promise<void> {
  expect((await administrator.synchronize()).outcome).toBe('succeeded')
  const again = await administrator.synchronize('entra', { full: true })
  expect([onlyLeg(again).outcome, again.outcome]).toEqual(['empty', 'succeeded'])
  expect(jira.violations).toEqual([])
}

const codesOf = async ({ administrator }: World, plan: number): Promise<string[]> =>
  (await administrator.findings(plan)).map(({ code }) => code)

test('people whom nobody manages leave a group of the provider’s only with the switch for it, approved, and come back by an undo', async () => {
  const tenant = emptyTenant()
  const [ada = ''] = addPeople(tenant, 'ada', 'bela')
  addGroup(tenant, 'Research', [ada])
  const world = await startSettledWorld({
    tenant,
    jira: { users: [{ name: 'stranger' }], groups: [{ name: 'Research', members: ['stranger'] }] },
    connection: { guard: tolerant, groups: { mode: 'onTheFly', keepUserGroups: false, removeUnclaimedMembers: true } },
  })
  const { administrator, jira } = world
  const { members, active } = jiraReading(jira)
  // The first plan was approved with them in it.
  expect(members('Research')).toEqual(['ada'])
  jira.jira.change.join('Research', 'stranger')
  tenant.disableUser(idOf(tenant, 'bela'))
  const held = await administrator.synchronize('entra', { full: true })
  expect([held.outcome, members('Research'), active()]).toEqual([
    'held',
    ['ada', 'stranger'],
    ['ada', 'admin', 'stranger'],
  ])
  const { causes } = await administrator.plan(planOf(held))
  expect(causes.map(({ code }) => code)).toEqual(['unclaimedMembers'])
  const approved = await administrator.approve(planOf(held))
  expect(members('Research')).toEqual(['ada'])
  const again = await administrator.synchronize('entra', { full: true })
  expect(onlyLeg(again).outcome).toBe('empty')

  const { runId } = await administrator.api.call<StartedRun>('POST', `/runs/${approved.id}/undo`, {})
  const undo = planOf(await administrator.ended(runId))
  expect((await administrator.operations(undo)).map(({ description }) => description)).toEqual([
    'Put stranger, whom no connection manages, back into the group Research',
  ])
  await administrator.approve(undo)
  expect(members('Research')).toEqual(['ada', 'stranger'])
  const vetoed = await administrator.synchronize('entra', { full: true })
  expect((await administrator.plan(planOf(vetoed))).causes.map(({ code }) => code)).toEqual(['veto'])
  expect(members('Research')).toEqual(['ada', 'stranger'])
  expect(jira.violations).toEqual([])
}, 60_000)

test('A-118 A-119: people join groups of the same name, which are created with their first member', async () => {
  const tenant = emptyTenant()
  const [ada = '', bela = ''] = addPeople(tenant, 'ada', 'bela')
  const research = addGroup(tenant, 'Research', [ada])
  addGroup(tenant, 'Nobody')
  const world = await startSettledWorld({ tenant, connection: { guard: tolerant } })
  const { members, groupsOf } = jiraReading(world.jira)
  expect(members('Research')).toEqual(['ada'])
  expect(members('Nobody')).toBeUndefined()

  tenant.addMember(research, bela)
  tenant.removeMember(research, ada)
  await expectFollowed(world)
  expect(members('Research')).toEqual(['bela'])
  expect(groupsOf('ada')).toEqual([])
})

test('a group of the same name that Jira has already is used whatever its case, and its other members stay', async () => {
  const tenant = emptyTenant()
  addGroup(tenant, 'Research', addPeople(tenant, 'ada'))
  const world = await startSettledWorld({
    tenant,
    jira: { users: [{ name: 'other' }], groups: [{ name: 'RESEARCH', members: ['other'] }] },
  })
  expect(jiraReading(world.jira).members('RESEARCH')).toEqual(['ada', 'other'])
  expect(jiraReading(world.jira).members('Research')).toBeUndefined()
})

test('nested groups count for everybody below them, over any depth, and cycles end', async () => {
  const tenant = emptyTenant()
  const [ada = '', bela = '', cai = ''] = addPeople(tenant, 'ada', 'bela', 'cai')
  const low = addGroup(tenant, 'Low', [ada])
  const middle = addGroup(tenant, 'Middle', [bela, low])
  const high = addGroup(tenant, 'High', [cai, middle])
  const world = await startSettledWorld({ tenant, connection: { guard: tolerant } })
  const { members } = jiraReading(world.jira)
  expect([members('High'), members('Middle'), members('Low')]).toEqual([
    ['ada', 'bela', 'cai'],
    ['ada', 'bela'],
    ['ada'],
  ])

  tenant.removeMember(high, middle)
  await expectFollowed(world)
  expect([members('High'), members('Middle')]).toEqual([['cai'], ['ada', 'bela']])

  tenant.addMember(low, high)
  tenant.addMember(high, middle)
  const run = await world.administrator.synchronize()
  expect(run.outcome).toBe('succeeded')
  expect(await codesOf(world, planOf(run))).toContain('groupCycle')
  const everybody = ['ada', 'bela', 'cai']
  expect([members('High'), members('Middle'), members('Low')]).toEqual([everybody, everybody, everybody])
})

test('a renamed source group keeps its group in Jira, with a finding', async () => {
  const tenant = emptyTenant()
  const group = addGroup(tenant, 'Research', addPeople(tenant, 'ada', 'bela'))
  const world = await startSettledWorld({ tenant, connection: { guard: tolerant } })
  tenant.renameGroup(group, 'Exploration')
  tenant.removeMember(group, idOf(tenant, 'bela'))
  const run = await world.administrator.synchronize()
  expect(await codesOf(world, planOf(run))).toEqual(['groupRenamed'])
  expect(jiraReading(world.jira).members('Research')).toEqual(['ada'])
  expect(jiraReading(world.jira).members('Exploration')).toBeUndefined()
})

test('a deleted source group takes back what it granted, and the group itself only goes by switch', async () => {
  const grown = async (deleteEmptied: boolean) => {
    const tenant = emptyTenant()
    const group = addGroup(tenant, 'Research', addPeople(tenant, 'ada', 'bela'))
    const groups = { mode: 'onTheFly', deleteEmptied, deleteGraceDays: 0 }
    const world = await startSettledWorld({ tenant, connection: { guard: tolerant, groups } })
    tenant.deleteGroup(group)
    for (let runs = 0; runs < 3; runs += 1) await world.administrator.synchronize()
    await expectFollowed(world)
    return jiraReading(world.jira).members('Research')
  }
  expect(await grown(false)).toEqual([])
  expect(await grown(true)).toBeUndefined()
})

test('A-121 A-122: groups are filtered by list and by pattern and renamed by pattern', async () => {
  const tenant = emptyTenant()
  const [ada = ''] = addPeople(tenant, 'ada')
  for (const name of ['jira-research', 'jira-poetry', 'jira-secret', 'office']) addGroup(tenant, name, [ada])
  const world = await startSettledWorld({
    tenant,
    connection: {
      groups: {
        mode: 'onTheFly',
        include: ['jira-research', 'jira-poetry', 'office'],
        matching: 'jira-.*',
        rename: { pattern: 'jira-(.*)', replacement: 'team $1' },
      },
    },
  })
  expect(jiraReading(world.jira).groupsOf('ada')).toEqual(['team poetry', 'team research'])
})

test('A-120: a person’s existing groups are kept, or not', async () => {
  const grown = async (keepUserGroups: boolean) => {
    const tenant = emptyTenant()
    addGroup(tenant, 'Research', addPeople(tenant, 'ada'))
    const { jira } = await startSettledWorld({
      tenant,
      jira: { users: [{ name: 'ada', groups: ['chess', 'jira-administrators'] }] },
      connection: { guard: tolerant, groups: { mode: 'onTheFly', keepUserGroups } },
    })
    return jiraReading(jira).groupsOf('ada')
  }
  expect(await grown(true)).toEqual(['Research', 'chess', 'jira-administrators'])
  expect(await grown(false)).toEqual(['Research', 'jira-administrators'])
})

test('A-113 A-114 A-117: groups are mapped by hand, many to many, and existing people are kept, or not', async () => {
  const grown = async (keepExistingMembers: boolean) => {
    const tenant = emptyTenant()
    const [ada = '', bela = ''] = addPeople(tenant, 'ada', 'bela', 'cai')
    addGroup(tenant, 'Research', [ada])
    addGroup(tenant, 'Poetry', [bela])
    const users = [{ name: 'cai' }, { name: 'unmanaged' }]
    const world = await startSettledWorld({
      tenant,
      jira: {
        users,
        groups: [
          { name: 'team', members: ['cai', 'unmanaged'] },
          { name: 'labs', members: ['cai'] },
        ],
      },
      connection: {
        guard: tolerant,
        groups: {
          mode: 'manual',
          keepExistingMembers,
          createMissing: true,
          mappings: [
            { source: 'Research', target: 'team' },
            { source: 'Poetry', target: 'team' },
            { source: 'Research', target: 'fresh' },
          ],
        },
      },
    })
    const { members } = jiraReading(world.jira)
    expect([members('labs'), members('fresh'), members('Research')]).toEqual([['cai'], ['ada'], undefined])
    return members('team')
  }
  expect(await grown(true)).toEqual(['ada', 'bela', 'cai', 'unmanaged'])
  expect(await grown(false)).toEqual(['ada', 'bela', 'unmanaged'])
})

test('a mapping to a group that neither side has is a finding, and nothing is created or removed for it', async () => {
  const tenant = emptyTenant()
  addGroup(tenant, 'Research', addPeople(tenant, 'ada'))
  const mappings = [
    { source: 'Reserach', target: 'team' },
    { source: 'Research', target: 'missing' },
  ]
  const world = await startSettledWorld({
    tenant,
    jira: { users: [{ name: 'ada', groups: ['team'] }] },
    connection: { guard: tolerant, groups: { mode: 'manual', keepExistingMembers: false, mappings } },
  })
  const run = await world.administrator.synchronize('entra', { full: true })
  expect(await codesOf(world, planOf(run))).toEqual(['groupMissing', 'groupMissing'])
  expect(jiraReading(world.jira).members('team')).toEqual(['ada'])
  expect(jiraReading(world.jira).members('missing')).toBeUndefined()
})

test('A-111 A-112: default groups go to new users once, and to all users always', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, 'ada', 'bela')
  const world = await startSettledWorld({
    tenant,
    jira: { users: [{ name: 'ada' }], groups: [{ name: 'welcome' }, { name: 'staff' }] },
    connection: {
      guard: tolerant,
      groups: { mode: 'onTheFly', defaultGroups: { newUsers: ['welcome'], allUsers: ['staff'] } },
    },
  })
  const { members } = jiraReading(world.jira)
  expect([members('welcome'), members('staff')]).toEqual([['bela'], ['ada', 'bela']])
  world.jira.jira.change.leave('welcome', 'bela')
  world.jira.jira.change.leave('staff', 'bela')
  expect((await world.administrator.synchronize('entra', { full: true })).outcome).toBe('succeeded')
  expect([members('welcome'), members('staff')]).toEqual([[], ['ada', 'bela']])
})

test('a group with hidden members changes nothing, and says which permission is missing', async () => {
  const tenant = emptyTenant()
  const group = addGroup(tenant, 'Secret', addPeople(tenant, 'ada', 'bela'))
  const world = await startSettledWorld({ tenant, connection: { guard: tolerant } })
  tenant.hideMembership(group)
  const run = await world.administrator.synchronize('entra', { full: true })
  expect(run.outcome).toBe('succeeded')
  const findings = await world.administrator.findings(planOf(run))
  expect(findings.map(({ code }) => code)).toEqual(['membersUnreadable'])
  expect(findings[0]?.remedy).toContain('Member.Read.Hidden')
  expect(jiraReading(world.jira).members('Secret')).toEqual(['ada', 'bela'])
})

test('source groups of one name are ambiguous: nobody gets or loses the group of that name', async () => {
  const tenant = emptyTenant()
  const [ada = '', bela = ''] = addPeople(tenant, 'ada', 'bela')
  addGroup(tenant, 'Team', [ada])
  addGroup(tenant, 'team', [bela])
  const world = await startSettledWorld({ tenant, jira: { users: [{ name: 'ada' }], groups: [{ name: 'Team' }] } })
  const run = await world.administrator.synchronize('entra', { full: true })
  expect(await codesOf(world, planOf(run))).toContain('ambiguousGroupName')
  expect(jiraReading(world.jira).members('Team')).toEqual([])
})

test('a membership that comes from a subgroup of Jira itself is not fought over', async () => {
  const tenant = emptyTenant()
  const group = addGroup(tenant, 'Research', addPeople(tenant, 'ada', 'bela'))
  const world = await startSettledWorld({ tenant, connection: { guard: tolerant } })
  world.jira.jira.change.addGroup({ name: 'inner', members: ['ada'] })
  world.jira.jira.change.nest('Research', 'inner')
  world.jira.jira.change.leave('Research', 'ada')
  tenant.removeMember(group, idOf(tenant, 'ada'))
  const run = await world.administrator.synchronize()
  expect(run.outcome).toBe('partial')
  const failed = (await world.administrator.operations(planOf(run))).filter(({ status }) => status !== 'applied')
  expect(failed.map(({ kind, outcome }) => [kind, outcome?.code])).toEqual([['removeMember', 'inherited_member']])
})

test('without group provisioning nobody’s groups are touched', async () => {
  const tenant = emptyTenant()
  addGroup(tenant, 'Research', addPeople(tenant, 'ada'))
  const { jira } = await startSettledWorld({
    tenant,
    jira: { users: [{ name: 'ada', groups: ['chess'] }] },
    connection: { users: { userName: shortNames }, groups: { mode: 'off' } },
  })
  expect(jiraReading(jira).groupsOf('ada')).toEqual(['chess'])
})
