import { describe, expect, test } from 'vitest'
import { startedJira } from './testing/started-jira.ts'

const ada = { name: 'ada', displayName: 'Ada Lovelace', emailAddress: 'ada@example.com' }

describe('groups', () => {
  test('keep their case and are found in any', async () => {
    const { send } = await startedJira()
    expect((await send('POST', '/group', { name: 'Platform Team' })).status).toBe(201)
    expect((await send('POST', '/group', { name: 'platform team' })).status).toBe(400)
    expect((await send('GET', '/group?groupname=PLATFORM%20TEAM')).body.name).toBe('Platform Team')
  })

  test('picker has no offset, gives 20 unless asked for more, and marks the match', async () => {
    const { send } = await startedJira({ groups: 30 })
    const some = await send('GET', '/groups/picker?query=team')
    expect(some.body).toMatchObject({ total: 30, header: 'Showing 20 of 30 matching groups' })
    expect(some.body.groups[0].html).toContain('<b>team</b>')
    expect((await send('GET', '/groups/picker?query=&maxResults=1000')).body.groups).toHaveLength(32)
  })

  test('members come in pages of 50, from subgroups too', async () => {
    const users = Array.from({ length: 70 }, (_, index) => ({
      name: `u${index}`,
      active: index !== 0,
      groups: ['inner'],
    }))
    const { send } = await startedJira({ users, groups: [{ name: 'outer', subgroups: ['inner'], members: ['u1'] }] })
    const first = await send('GET', '/group/member?groupname=outer&includeInactiveUsers=true&maxResults=1000')
    expect(first.body).toMatchObject({ maxResults: 50, total: 70, isLast: false })
    const second = await fetch(first.body.nextPage, { headers: { authorization: 'Bearer jira-admin-token' } })
    expect(await second.json()).toMatchObject({ startAt: 50, isLast: true })
    expect((await send('GET', '/group/member?groupname=outer')).body.total).toBe(69)
    const inherited = await send('DELETE', '/group/user?groupname=outer&username=u2')
    expect(inherited.status).toBe(400)
    expect(inherited.body.errorMessages[0]).toContain('is not a member')
  })

  test('refuse a second join, a stranger, and what does not exist', async () => {
    const { send } = await startedJira({ users: [ada], groups: [{ name: 'team' }] })
    expect((await send('POST', '/group/user?groupname=team', { name: 'ada' })).status).toBe(201)
    const twice = await send('POST', '/group/user?groupname=team', { name: 'ada' })
    expect(twice.status).toBe(400)
    expect(twice.body.errorMessages[0]).toContain('already a member')
    expect((await send('POST', '/group/user?groupname=team', { name: 'nobody' })).status).toBe(404)
    expect((await send('POST', '/group/user?groupname=none', { name: 'ada' })).status).toBe(404)
    expect((await send('DELETE', '/group/user?groupname=team&username=ada')).status).toBe(200)
    expect((await send('DELETE', '/group/user?groupname=team&username=ada')).status).toBe(400)
  })

  test('keep their last administrator', async () => {
    const { send } = await startedJira()
    expect((await send('DELETE', '/group/user?groupname=jira-administrators&username=admin')).status).toBe(400)
    expect((await send('DELETE', '/group?groupname=jira-administrators')).status).toBe(400)
  })

  test('in use go only with a swap group', async () => {
    const { send, jira } = await startedJira({ groups: [{ name: 'used', usedInRestrictions: true }, { name: 'heir' }] })
    expect((await send('DELETE', '/group?groupname=used')).status).toBe(400)
    expect((await send('DELETE', '/group?groupname=used&swapGroup=heir')).status).toBe(200)
    expect(jira.groups.find('heir')?.usedInRestrictions).toBe(true)
  })
})
