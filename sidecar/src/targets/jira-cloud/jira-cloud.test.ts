import { admin } from '@rollcall/simulators/jira-cloud/create-cloud'
import { afterEach, describe, expect, test } from 'vitest'
import type { AccountKey } from '../../identity/ids.ts'
import { abilityNames } from '../../planning/capabilities.ts'
import { collect } from '../conformance/collect.ts'
import { failureOf } from '../conformance/failure-of.ts'
import type { Throttling } from '../throttling.ts'
import { jiraCloudCapabilities } from './jira-cloud-capabilities.ts'
import { type CloudUnderTest, startCloud } from './testing/testing-cloud.ts'

const signal = new AbortController().signal
const account = (email: string) => ({ name: email, email, displayName: 'Ada Lovelace' })

const opened: CloudUnderTest[] = []
afterEach(async () => {
  for (const cloud of opened.splice(0)) await cloud.close()
})

async function start(...given: Parameters<typeof startCloud>) {
  const cloud = await startCloud(...given)
  opened.push(cloud)
  return cloud
}

const keyOf = ({ simulator }: CloudUnderTest, email: string) =>
  simulator.cloud.change.account(email).accountId as AccountKey

describe('signing in', () => {
  test('a wrong token and a wrong key of the organization are different faults', async () => {
    const wrong = await start({}, false, { apiToken: 'wrong' })
    expect(await failureOf(wrong.target.describe(signal))).toMatchObject({ code: 'jira_cloud_password_refused' })
    const cloud = await start({ users: [{ email: 'ada@example.com' }] }, { apiKey: 'wrong' })
    const failure = await failureOf(cloud.target.deactivateAccount(keyOf(cloud, 'ada@example.com'), signal))
    expect(failure).toMatchObject({ code: 'jira_cloud_organization_key_refused', reach: 'unavailable' })
  })

  test('what only organization admins may do is told apart from what administrators of Jira may', async () => {
    const cloud = await start()
    cloud.simulator.cloud.organization.admins.clear()
    const failure = await failureOf(cloud.target.createAccount(account('ada@example.com'), signal))
    expect(failure).toMatchObject({ code: 'jira_cloud_needs_site_administrator', reach: 'denied' })
    const { createUser } = (await cloud.target.describe(signal)).capabilities.abilities
    expect(createUser).toMatchObject({ able: false, reason: expect.stringContaining('organization admin') })
  })
})

describe('accounts', () => {
  test('of apps, of customers and of people who were deleted are left out; hidden addresses leave the id as name', async () => {
    const cloud = await start({
      users: [
        { email: 'ada@example.com', emailVisible: false },
        { email: 'bob@example.com', active: false },
        { email: 'app@example.com', kind: 'app' },
        { email: 'customer@example.com', kind: 'customer' },
        { email: 'gone@example.com', active: false },
      ],
    })
    const gone = cloud.simulator.cloud.change.account('gone@example.com')
    Object.assign(gone, { status: 'closed', displayName: 'Former user' })
    cloud.simulator.cloud.accounts.changeEmail(gone, '')
    const { accounts } = await collect(cloud.target)
    expect(accounts.map(({ name, active }) => [name, active]).sort()).toEqual(
      [
        [admin.email, true],
        [keyOf(cloud, 'ada@example.com'), true],
        ['bob@example.com', false],
      ].sort(),
    )
    expect(await cloud.target.findAccount({ name: 'BOB@example.com' }, signal)).toMatchObject({ active: false })
  })

  test('with access whose address is hidden are not taken for new ones', async () => {
    const { target } = await start({
      users: [{ email: 'ada@example.com', emailVisible: false, groups: ['jira-software-users'] }],
    })
    expect((await failureOf(target.createAccount(account('ada@example.com'), signal))).code).toBe(
      'jira_cloud_user_exists',
    )
  })

  test('without access are a finding of their own', async () => {
    const { target } = await start({ users: [{ email: 'ada@example.com', emailVisible: false }] })
    expect((await failureOf(target.createAccount(account('ada@example.com'), signal))).code).toBe(
      'jira_cloud_no_access',
    )
  })

  test('that nobody manages are made with the name that their person chose', async () => {
    const { target, simulator } = await start()
    const managed = await target.createAccount(account('ada@example.com'), signal)
    const free = await target.createAccount(account('ada@elsewhere.org'), signal)
    expect([managed.displayName, free.displayName]).toEqual(['Ada Lovelace', 'ada'])
    expect(simulator.cloud.change.account('ada@example.com').displayName).toBe('Ada Lovelace')
  })

  test('that nobody manages are refused one by one', async () => {
    const cloud = await start({ users: [{ email: 'ada@elsewhere.org' }] })
    const failure = await failureOf(cloud.target.deactivateAccount(keyOf(cloud, 'ada@elsewhere.org'), signal))
    expect(failure).toMatchObject({ code: 'jira_cloud_not_managed', reach: 'refused' })
  })

  test('are removed from the site, or deleted where that is wanted', async () => {
    const site = await start({ users: [{ email: 'ada@example.com' }] })
    await site.target.deleteAccount(keyOf(site, 'ada@example.com'), signal)
    expect(site.simulator.cloud.change.account('ada@example.com')).toMatchObject({ onSite: false, status: 'active' })
    const owner = await start({ users: [{ email: 'ada@example.com' }] }, { deleteAccounts: true })
    await owner.target.deleteAccount(keyOf(owner, 'ada@example.com'), signal)
    expect(owner.simulator.cloud.change.account('ada@example.com')).toMatchObject({ onSite: true, status: 'inactive' })
  })

  test('are listed in smaller pages where large ones take too long', async () => {
    const users = Array.from({ length: 300 }, (_, index) => ({ email: `p${index}@example.com` }))
    const { target, simulator } = await start({ users, settings: { largestQuickListing: 130 } })
    expect((await collect(target)).accounts).toHaveLength(301)
    simulator.cloud.settings.largestQuickListing = 10
    expect(await failureOf(collect(target))).toMatchObject({
      code: 'jira_cloud_listing_too_slow',
      reach: 'unavailable',
    })
  })
})

describe('groups', () => {
  test('that somebody made anew under the name of one that is gone are not deleted in its place', async () => {
    const { target, simulator } = await start({ groups: [{ name: 'Makers' }] })
    await collect(target)
    simulator.cloud.change.removeGroup('Makers')
    simulator.cloud.change.addGroup({ name: 'Makers' })
    await target.deleteGroup('Makers', signal)
    expect((await collect(target)).groups).toContain('Makers')
  })

  test('of apps alone are not empty', async () => {
    const { target } = await start({
      users: [{ email: 'app@example.com', kind: 'app', groups: ['Makers'] }],
      groups: [{ name: 'Makers' }],
    })
    expect(await target.membersOf?.('Makers', signal)).toHaveLength(1)
  })

  test('that are renamed after they were listed are still the ones that were meant', async () => {
    const cloud = await start({ users: [{ email: 'ada@example.com' }], groups: [{ name: 'Makers' }] })
    await collect(cloud.target)
    cloud.simulator.cloud.change.renameGroup('Makers', 'Builders')
    const ada = { key: keyOf(cloud, 'ada@example.com'), name: 'ada@example.com' }
    await cloud.target.addMember('Makers', ada, signal)
    expect(await cloud.target.groupsOf(ada.key, signal)).toEqual(['Builders'])
    cloud.simulator.cloud.change.removeGroup('Builders')
    cloud.simulator.cloud.change.addGroup({ name: 'Makers' })
    await cloud.target.addMember('Makers', ada, signal)
    expect(await cloud.target.groupsOf(ada.key, signal)).toEqual(['Makers'])
  })

  test('that another directory provisions say so', async () => {
    const cloud = await start({ users: [{ email: 'ada@example.com' }], groups: [{ name: 'Synced', scim: true }] })
    const ada = { key: keyOf(cloud, 'ada@example.com'), name: 'ada@example.com' }
    const failure = await failureOf(cloud.target.addMember('Synced', ada, signal))
    expect(failure).toMatchObject({ code: 'jira_cloud_group_managed', reach: 'refused' })
  })

  test('that grant access are told, with the seats that they take', async () => {
    const { target } = await start({ products: [{ key: 'jira-software', seats: 5 }] }, false)
    const { accessGroups, seats, capabilities } = await target.describe(signal)
    expect(accessGroups).toEqual(['jira-software-users'])
    expect(seats).toEqual([{ application: 'jira-software', remaining: 4, groups: ['jira-software-users'] }])
    expect(capabilities.abilities.revokeAccess).toMatchObject({ able: true, way: 'emulation' })
  })
})

test('leads of projects and components are read and handed over by account id', async () => {
  const cloud = await start({
    users: [{ email: 'ada@example.com' }, { email: 'bob@example.com' }, { email: 'off@example.com', active: false }],
    projects: [{ key: 'ENG', lead: 'ada@example.com', components: [{ name: 'Core', lead: 'ada@example.com' }] }],
  })
  const leads = await cloud.target.readLeads(signal)
  expect(leads.map(({ kind, lead }) => [kind, lead])).toEqual([
    ['project', keyOf(cloud, 'ada@example.com')],
    ['component', keyOf(cloud, 'ada@example.com')],
  ])
  const [project, component] = leads
  if (!project || !component) throw new Error('no leads')
  for (const code of ['nobody@example.com', 'off@example.com']) {
    expect((await failureOf(cloud.target.reassignLead(project, code, signal))).code).toBe('jira_cloud_new_lead_refused')
  }
  for (const lead of leads) await cloud.target.reassignLead(lead, 'bob@example.com', signal)
  expect((await cloud.target.readLeads(signal)).map(({ lead }) => lead)).toEqual([
    keyOf(cloud, 'bob@example.com'),
    keyOf(cloud, 'bob@example.com'),
  ])
})

test('the limit is kept to before it is reached, and told', async () => {
  const heard: Throttling[] = []
  const users = Array.from({ length: 12 }, (_, index) => ({ email: `p${index}@example.com` }))
  const onThrottled = (throttling: Throttling) => heard.push(throttling)
  const cloud = await start({ users, settings: { burst: { perSecond: 10 } } }, {}, {}, { onThrottled })
  for (const { email } of users) await cloud.target.findAccount({ key: keyOf(cloud, email) }, signal)
  expect(heard.map(({ kind }) => kind)).toContain('nearLimit')
  expect(heard.map(({ kind }) => kind)).not.toContain('refused')
})

test('every ability has a way with its limit, or the reason against it and the way round', () => {
  for (const organization of [true, false]) {
    for (const deleteAccounts of [true, false]) {
      const { abilities, names } = jiraCloudCapabilities({ organization, deleteAccounts })
      expect(Object.keys(abilities).sort()).toEqual([...abilityNames].sort())
      for (const ability of Object.values(abilities)) expect(ability.able ? ability.note : ability.reason).toBeTruthy()
      expect(names.userNameIs).toBe('email')
    }
  }
})
