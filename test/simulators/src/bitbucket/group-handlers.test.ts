import { describe, expect, test } from 'vitest'
import { startedBitbucket } from './testing/started-bitbucket.ts'

const names = (body: { values: { name: string }[] }) => body.values.map((each) => each.name)
const people = ['ada', 'bob', 'eve'].map((name) => ({ name }))
const team = { name: 'Team', members: ['ada'] }

describe('groups', () => {
  test('are made by query parameter and deleted', async () => {
    const { send, simulator } = await startedBitbucket()
    const made = await send('POST', '/admin/groups?name=Team+A')
    expect([made.status, made.body]).toEqual([200, { name: 'Team A', deletable: true }])
    expect((await send('POST', '/admin/groups?name=team+a')).status).toBe(409)
    expect((await send('POST', '/admin/groups?name=')).status).toBe(400)
    expect((await send('GET', '/groups?filter=TEAM')).body.values).toEqual(['Team A'])
    expect((await send('DELETE', '/admin/groups?name=team+a')).body).toEqual({ name: 'Team A', deletable: true })
    expect((await send('DELETE', '/admin/groups?name=team+a')).status).toBe(404)
    expect(simulator.violations).toEqual([])
  })

  test('are not deleted where they have more permissions than the caller, or are what he has them from', async () => {
    const { send, bitbucket } = await startedBitbucket({ permissions: { bosses: 'ADMIN' } })
    bitbucket.permissions.grantGroup('stash-administrators', 'ADMIN')
    bitbucket.permissions.grantGroup('bosses', 'SYS_ADMIN')
    expect((await send('DELETE', '/admin/groups?name=bosses')).status).toBe(403)
    expect((await send('DELETE', '/admin/groups?name=stash-administrators')).status).toBe(409)
  })
})

describe('memberships', () => {
  test('are added all or nothing', async () => {
    const { send, bitbucket } = await startedBitbucket({ users: people, groups: [team] })
    const add = (users: string[], group = 'team') => send('POST', '/admin/groups/add-users', { group, users })
    const failed = await add(['bob', 'nobody', 'eve'])
    expect([failed.status, bitbucket.change.group('team').members.size]).toEqual([404, 1])
    const done = await add(['ADA', 'bob', 'eve'])
    expect([done.status, done.text, bitbucket.change.group('team').members.size]).toEqual([200, '', 3])
    expect((await add(['bob'], 'nowhere')).status).toBe(404)
  })

  test('are added to several groups at once, and one by one the old way', async () => {
    const { send, bitbucket } = await startedBitbucket({ users: people, groups: [team, { name: 'other' }] })
    expect((await send('POST', '/admin/users/add-groups', { user: 'bob', groups: ['team', 'nowhere'] })).status).toBe(
      404,
    )
    expect((await send('POST', '/admin/users/add-groups', { user: 'bob', groups: ['team', 'other'] })).status).toBe(200)
    expect((await send('POST', '/admin/groups/add-user', { context: 'team', itemName: 'eve' })).status).toBe(200)
    expect((await send('POST', '/admin/users/add-group', { context: 'eve', itemName: 'other' })).status).toBe(200)
    const sizes = ['team', 'other'].map((name) => bitbucket.change.group(name).members.size)
    expect(sizes).toEqual([3, 2])
  })

  test('are removed one at a time; who is none is 404 or 200', async () => {
    const { send, bitbucket } = await startedBitbucket({ users: people, groups: [team] })
    const remove = () => send('POST', '/admin/users/remove-group', { context: 'ada', itemName: 'TEAM' })
    expect((await remove()).status).toBe(200)
    expect((await remove()).status).toBe(404)
    bitbucket.settings.removalOfStranger = 200
    expect((await remove()).status).toBe(200)
    expect((await send('POST', '/admin/groups/remove-user', { context: 'team', itemName: 'nobody' })).status).toBe(404)
  })

  test('are listed from both sides, subgroups included', async () => {
    const { send, bitbucket } = await startedBitbucket({
      users: people,
      groups: [team, { name: 'outer', subgroups: ['Team'], members: ['bob'] }],
    })
    expect(names((await send('GET', '/admin/groups/more-members?context=OUTER')).body)).toEqual(['ada', 'bob'])
    expect(names((await send('GET', '/admin/groups/more-members?context=outer&filter=b')).body)).toEqual(['bob'])
    expect(names((await send('GET', '/admin/groups/more-non-members?context=outer')).body)).toEqual(['admin', 'eve'])
    const own = (await send('GET', '/admin/users/more-members?context=ada')).body
    expect(own.values).toEqual([
      { name: 'outer', deletable: true },
      { name: 'Team', deletable: true },
    ])
    expect(names((await send('GET', '/admin/users/more-non-members?context=bob')).body)).toContain('Team')
    expect((await send('GET', '/admin/groups/more-members?context=nowhere')).status).toBe(404)
    bitbucket.settings.membersOfNowhere = 200
    expect((await send('GET', '/admin/groups/more-members?context=nowhere')).body).toMatchObject({ size: 0 })
  })
})
