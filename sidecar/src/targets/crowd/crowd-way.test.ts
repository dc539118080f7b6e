import { startConfluenceSimulator } from '@rollcall/simulators/confluence/confluence-simulator'
import { admin as confluenceAdmin, createConfluence } from '@rollcall/simulators/confluence/create-confluence'
import { createCrowd } from '@rollcall/simulators/crowd/create-crowd'
import { application } from '@rollcall/simulators/crowd/crowd'
import { startCrowdSimulator } from '@rollcall/simulators/crowd/crowd-simulator'
import { synchronize } from '@rollcall/simulators/crowd/synchronize'
import { afterEach, describe, expect, test } from 'vitest'
import type { AccountKey } from '../../identity/ids.ts'
import { bitbucketCapabilities } from '../bitbucket/bitbucket-capabilities.ts'
import { collect } from '../conformance/collect.ts'
import { failureOf } from '../conformance/failure-of.ts'
import { jiraCapabilities } from '../jira/jira-capabilities.ts'
import { openTarget } from '../registry.ts'
import { crowdCapabilities } from './crowd-capabilities.ts'
import { capabilitiesWithCrowd } from './crowd-way-capabilities.ts'
import { openBesideCrowd } from './testing/testing-sites.ts'

const signal = new AbortController().signal

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

/** A Confluence whose directory follows a Crowd, as slowly as one does. */
async function confluenceBehindCrowd() {
  const crowd = createCrowd({
    users: [{ name: 'ada', displayName: 'Ada Lovelace' }, { name: 'bob' }],
    groups: [
      { name: 'Company', members: ['bob'] },
      { name: 'Makers', members: ['ada'] },
    ],
  })
  const confluence = createConfluence({
    version: '9.2',
    directories: [{ name: 'Internal' }, { name: 'Crowd', kind: 'CROWD' }],
  })
  synchronize(crowd, confluence)
  const crowdServer = await startCrowdSimulator({ crowd, contextPath: '/crowd' })
  const confluenceServer = await startConfluenceSimulator({ confluence })
  const openAgain = () =>
    openTarget('confluence', {
      url: confluenceServer.url,
      credentials: { method: 'pat', token: confluenceAdmin.token },
      crowd: { url: crowdServer.url, application: application.name, password: application.password },
    })
  const target = openAgain()
  open.push(target, crowdServer, confluenceServer)
  const key = confluence.change.user('ada').key as AccountKey
  return { crowd, confluence, target, openAgain, key, follow: () => synchronize(crowd, confluence) }
}

describe('a product that sees changes in Crowd an hour later', () => {
  test('says so in the description of each ability that goes this way', async () => {
    const { target } = await confluenceBehindCrowd()
    const { abilities } = (await target.describe(signal)).capabilities
    for (const ability of ['renameUser', 'updateUser', 'setAttributes', 'addChildGroup'] as const) {
      expect(abilities[ability]).toMatchObject({
        able: true,
        way: 'crowd',
        note: expect.stringContaining('60 minutes'),
      })
    }
    expect(abilities.deactivateUser).not.toMatchObject({ way: 'crowd' })
    expect(abilities.reassignProjectLead.able).toBe(false)
  })

  test('finds a rename done, before and after it has synchronised', async () => {
    const { crowd, confluence, target, key, follow } = await confluenceBehindCrowd()
    for (let times = 0; times < 2; times += 1) await target.renameAccount(key, 'countess', signal)
    expect(confluence.people.find('countess')).toBeUndefined()
    await target.updateAccount(key, { displayName: 'Ada King' }, signal)
    expect(crowd.change.account('countess').displayName).toBe('Ada King')
    follow()
    expect(await target.findAccount({ key }, signal)).toMatchObject({ name: 'countess', displayName: 'Ada King' })
    await target.renameAccount(key, 'ada', signal)
    expect(crowd.change.account('ada').displayName).toBe('Ada King')
  })

  test('finds a rename done although the service was restarted in between', async () => {
    const { crowd, target, openAgain, key } = await confluenceBehindCrowd()
    await target.renameAccount(key, 'countess', signal)
    const restarted = openAgain()
    open.push(restarted)
    await restarted.renameAccount(key, 'countess', signal)
    expect(crowd.change.account('countess').key).toBeDefined()
    expect((await failureOf(restarted.renameAccount(key, 'bob', signal))).code).toBe('crowd_way_name_unknown')
  })

  test('refuses an account that has no user of its name in Crowd', async () => {
    const { confluence, target } = await confluenceBehindCrowd()
    const local = confluence.change.addUser({ name: 'local', directory: 'Internal' }).key as AccountKey
    const failure = await failureOf(target.updateAccount(local, { displayName: 'x' }, signal))
    expect(failure).toMatchObject({ code: 'crowd_way_name_unknown', reach: 'refused' })
  })

  test('tells direct members from those that Confluence shows for a child group', async () => {
    const { confluence, target, key, follow } = await confluenceBehindCrowd()
    await target.nesting?.addChild('Company', 'Makers', signal)
    follow()
    const seen = await collect(target)
    expect(seen.children.get('Company')).toEqual(['Makers'])
    const bob = confluence.change.user('bob').key as AccountKey
    expect(seen.members.get('Company')).toEqual([bob])
    expect(await target.membersOf?.('Company', signal)).toEqual([bob])
    expect(await target.groupsOf(key, signal)).toEqual(['Makers'])
  })

  test('takes somebody out of a group whom a child group keeps in it, since Crowd tells the one from the other', async () => {
    const { crowd, target, key, follow } = await confluenceBehindCrowd()
    crowd.change.join('Company', 'ada')
    crowd.change.nest('Company', 'Makers')
    follow()
    await target.removeMember('Company', { key, name: 'ada' }, signal)
    expect([...crowd.change.group('Company').members].map(({ name }) => name)).toEqual(['bob'])
    expect(await target.groupsOf(key, signal)).toEqual(['Makers'])
  })

  test('counts members whom Confluence has not seen yet: a group of theirs is not empty', async () => {
    const { crowd, confluence, target, follow } = await confluenceBehindCrowd()
    await target.nesting?.addChild('Company', 'Makers', signal)
    follow()
    crowd.change.addUser({ name: 'newcomer', groups: ['Company'] })
    const bob = confluence.change.user('bob').key as AccountKey
    expect(await target.membersOf?.('Company', signal)).toEqual([bob, 'newcomer'])
  })
})

describe('which way an ability goes', () => {
  const crowd = crowdCapabilities({ product: 'jira', keyless: false })

  test('the own API of a product comes before Crowd, above all where Jira checks leads', () => {
    const { abilities } = capabilitiesWithCrowd(jiraCapabilities(), crowd, true)
    expect(abilities.deactivateUser).not.toMatchObject({ way: 'crowd' })
    expect(abilities.addChildGroup).toMatchObject({ way: 'crowd', note: expect.stringContaining('at once') })
  })

  test('where Jira refuses all deactivations, Crowd stands in and leads are still reassigned before', () => {
    const readOnly = jiraCapabilities((ability) =>
      ability === 'deactivateUser' ? { able: false, reason: 'read-only' } : { able: true },
    )
    const { abilities } = capabilitiesWithCrowd(readOnly, crowd, true)
    expect(abilities.deactivateUser).toMatchObject({
      way: 'crowd',
      note: expect.stringContaining('leads are reassigned'),
    })
    expect(abilities.reassignProjectLead.able).toBe(true)
  })

  test('what neither can do says why not for both', () => {
    const flat = crowdCapabilities({ product: 'crowd', keyless: false }, () => ({
      able: false,
      reason: 'Not permitted.',
    }))
    const { abilities } = capabilitiesWithCrowd(jiraCapabilities(), flat, false)
    expect(abilities.addChildGroup).toMatchObject({ reason: expect.stringMatching(/no REST call.*Not permitted/) })
  })

  test('Bitbucket deactivates through Crowd, and nothing has to stand in for it any more', async () => {
    const { target, product, close } = await openBesideCrowd('bitbucket', { accounts: [{ name: 'ada' }] })
    open.push({ close })
    expect(bitbucketCapabilities().abilities.revokeAccess.able).toBe(true)
    const { abilities } = (await target.describe(signal)).capabilities
    expect(abilities.deactivateUser).toMatchObject({ able: true, way: 'crowd' })
    expect(abilities.revokeAccess).toMatchObject({ able: false, reason: expect.stringContaining('through Crowd') })
    await target.deactivateAccount(product.accountNamed('ada')?.key as AccountKey, signal)
    expect(product.accountNamed('ada')?.active).toBe(false)
  })
})
