import type { JiraOptions } from '@rollcall/simulators/jira/create-jira'
import { afterEach, describe, expect, test } from 'vitest'
import type { AccountKey } from '../../identity/ids.ts'
import { failureOf } from '../conformance/failure-of.ts'
import { type JiraUnderTest, startJira } from './testing/testing-jira.ts'

const signal = new AbortController().signal
const opened: JiraUnderTest[] = []
afterEach(async () => {
  for (const jira of opened.splice(0)) await jira.close()
})

async function start(options: JiraOptions) {
  const under = await startJira(options)
  opened.push(under)
  const { jira, faults, requests } = under.simulator
  const key = (name: string) => jira.change.user(name).key as AccountKey
  return { ...under, jira, faults, requests, key, member: (name: string) => ({ key: key(name), name }) }
}

describe('leads', () => {
  const options: JiraOptions = {
    users: [{ name: 'ada' }, { name: 'bob' }, { name: 'idle', active: false }],
    projects: [
      { key: 'ENG', name: 'Engine', lead: 'ada', components: [{ name: 'Cards', lead: 'ada' }, { name: 'Mill' }] },
      { key: 'OLD', name: 'Old', lead: 'bob', archived: true },
      { key: 'NONE', name: 'Nobody' },
    ],
  }

  test('A-097, A-098: block a deactivation until projects and components have another', async () => {
    const { target, jira, key } = await start(options)
    const blocked = await failureOf(target.deactivateAccount(key('ada'), signal))
    expect(blocked).toMatchObject({ code: 'jira_lead_blocks', reach: 'refused' })
    const leads = await target.readLeads(signal)
    expect(leads.filter((lead) => lead.lead === key('ada'))).toEqual([
      { kind: 'project', lead: key('ada'), projectKey: 'ENG', projectName: 'Engine' },
      expect.objectContaining({ kind: 'component', projectKey: 'ENG', componentName: 'Cards' }),
    ])
    for (const lead of leads) if (lead.lead === key('ada')) await target.reassignLead(lead, 'bob', signal)
    await target.deactivateAccount(key('ada'), signal)
    expect(jira.change.user('ada').active).toBe(false)
    expect(jira.projects.find('ENG')?.lead?.name).toBe('bob')
  })

  test('also block a deletion', async () => {
    const { target, key } = await start(options)
    expect((await failureOf(target.deleteAccount(key('ada'), signal))).code).toBe('jira_lead_blocks')
  })

  test('of archived projects are seen and cannot be changed', async () => {
    const { target, key } = await start(options)
    const lead = (await target.readLeads(signal)).find((each) => each.lead === key('bob'))
    if (!lead) throw new Error('the archived project was not seen')
    expect(await failureOf(target.reassignLead(lead, 'ada', signal))).toMatchObject({
      code: 'jira_project_locked',
      reach: 'refused',
    })
  })

  test.each(['idle', 'nobody'])('are not given to %s', async (newLead) => {
    const { target } = await start(options)
    for (const lead of (await target.readLeads(signal)).filter((each) => each.projectKey === 'ENG')) {
      expect((await failureOf(target.reassignLead(lead, newLead, signal))).code).toBe('jira_new_lead_refused')
    }
  })
})

describe('memberships', () => {
  test('through a subgroup cannot be removed and are told as inherited', async () => {
    const { target, member, jira } = await start({
      users: [{ name: 'ada', groups: ['inner'] }],
      groups: [{ name: 'outer', subgroups: ['inner'] }],
    })
    const failure = await failureOf(target.removeMember('outer', member('ada'), signal))
    expect(failure).toMatchObject({ code: 'inherited_member', reach: 'refused' })
    await target.removeMember('inner', member('ada'), signal)
    await target.removeMember('outer', member('ada'), signal)
    expect(jira.change.user('ada').groups).toEqual([])
  })

  test('of the last administrator stay, with what Jira says', async () => {
    const { target, member } = await start({})
    const failure = await failureOf(target.removeMember('jira-administrators', member('admin'), signal))
    expect(failure.code).toBe('jira_refused')
    expect(failure.message).toContain('administrator')
  })
})

describe('deactivating', () => {
  test('ends web sessions', async () => {
    const { target, jira, key } = await start({ users: [{ name: 'ada %?' }] })
    const session = jira.access.openSession(jira.change.user('ada %?'))
    await target.deactivateAccount(key('ada %?'), signal)
    expect(jira.access.session(session)).toBeUndefined()
  })

  test('is done although an address of Jira cannot carry the name, and so the session stays', async () => {
    const { target, jira, key } = await start({ users: [{ name: 'ada/x' }] })
    await target.deactivateAccount(key('ada/x'), signal)
    expect(jira.change.user('ada/x').active).toBe(false)
  })

  test('is done although sessions cannot be ended', async () => {
    const { target, jira, key, faults } = await start({ users: [{ name: 'ada' }] })
    faults.add({ fault: { kind: 'status', status: 503 }, match: /user\/session/, times: Number.POSITIVE_INFINITY })
    await target.deactivateAccount(key('ada'), signal)
    expect(jira.change.user('ada').active).toBe(false)
  })
})

test('creating gives no application access, sends no mail and sets no password', async () => {
  const { target, jira } = await start({})
  await target.createAccount({ name: 'ada', email: 'ada@example.com', displayName: 'Ada' }, signal)
  expect(jira.change.user('ada')).toMatchObject({ groups: [], password: undefined })
})

test('an account with issues is not deleted', async () => {
  const { target, key } = await start({ users: [{ name: 'ada', hasActivity: true }] })
  expect((await failureOf(target.deleteAccount(key('ada'), signal))).code).toBe('jira_user_referenced')
})

test('a group that restrictions use is not deleted', async () => {
  const { target } = await start({ groups: [{ name: 'g', usedInRestrictions: true }] })
  expect((await failureOf(target.deleteGroup('g', signal))).code).toBe('jira_group_in_use')
})

test('attributes beyond what Jira stores are not sent', async () => {
  const { target, key, requests } = await start({ users: [{ name: 'ada' }] })
  const failure = await failureOf(target.setAttributes(key('ada'), { note: 'ä'.repeat(17_000) }, signal))
  expect(failure.code).toBe('jira_attributes_too_large')
  expect(requests.count()).toBe(0)
  await target.setAttributes(key('ada'), { note: 'a'.repeat(32_000) }, signal)
})

describe('directories', () => {
  const two: JiraOptions = {
    directories: [{ name: 'Internal' }, { name: 'Company', kind: 'CONNECTOR', permission: 'readOnly' }],
    users: [
      ...['c1', 'c2', 'c3', 'c4'].map((name) => ({ name, directory: 'Company' })),
      { name: 'own', directory: 'Internal' },
    ],
  }

  test('that differ: one read-only account does not speak for all, three in a row do', async () => {
    const { target, key } = await start(two)
    const change = (name: string) => target.updateAccount(key(name), { displayName: 'x' }, signal)
    const updateUser = async () => (await target.describe(signal)).capabilities.abilities.updateUser.able
    expect(await failureOf(change('c1'))).toMatchObject({ code: 'jira_directory_read_only', reach: 'refused' })
    expect((await failureOf(change('c2'))).reach).toBe('refused')
    await change('own')
    expect((await failureOf(change('c1'))).reach).toBe('refused')
    expect((await failureOf(change('c2'))).reach).toBe('refused')
    expect(await updateUser()).toBe(true)
    expect((await failureOf(change('c3'))).reach).toBe('denied')
    expect(await updateUser()).toBe(false)
  })

  test('with local groups only let memberships be written and nothing else', async () => {
    const { target, key, member, jira } = await start({
      directories: [{ name: 'Company', kind: 'CONNECTOR', permission: 'readOnlyLocalGroups' }],
      users: [{ name: 'ada' }],
      groups: [{ name: 'g' }],
    })
    await target.addMember('g', member('ada'), signal)
    expect(jira.groups.members(jira.change.group('g'))).toHaveLength(1)
    expect((await failureOf(target.deactivateAccount(key('ada'), signal))).code).toBe('jira_directory_read_only')
  })
})
