import { describe, expect, test } from 'vitest'
import { startedCrowd } from './testing/started-crowd.ts'

const group = (name: string) => ({ name, type: 'GROUP', active: true })

describe('groups', () => {
  test('are made with a 201 that has no body; the same name again is 400', async () => {
    const { send } = await startedCrowd()
    const made = await send('POST', '/group', { ...group('Engineers'), description: 'They build' })
    expect([made.status, made.text]).toEqual([201, ''])
    // A popular client refuses answers of another type, empty or not.
    expect(made.headers.get('content-type')).toBe('application/json')
    expect((await send('GET', '/group?groupname=engineers')).body).toMatchObject({
      name: 'Engineers',
      description: 'They build',
      type: 'GROUP',
      active: true,
    })
    const again = await send('POST', '/group', group('ENGINEERS'))
    expect([again.status, again.body.reason]).toEqual([400, 'INVALID_GROUP'])
    expect((await send('POST', '/group', { ...group('x'), type: 'ROLE' })).body.reason).toBe('INVALID_GROUP')
  })

  test('are replaced as a whole and cannot be renamed', async () => {
    const { send } = await startedCrowd({ groups: [{ name: 'g', description: 'text' }] })
    const updated = await send('PUT', '/group?groupname=g', { name: 'g', type: 'GROUP' })
    expect([updated.status, updated.body.active]).toEqual([200, false])
    expect((await send('GET', '/group?groupname=g')).body).not.toHaveProperty('description')
    expect((await send('PUT', '/group?groupname=g', group('h'))).status).toBe(400)
    expect((await send('DELETE', '/group?groupname=g')).status).toBe(204)
    expect((await send('DELETE', '/group?groupname=g')).body.reason).toBe('GROUP_NOT_FOUND')
  })
})

describe('memberships', () => {
  const options = { users: [{ name: 'ada' }, { name: 'eve' }], groups: [{ name: 'g', members: ['ada'] }] }

  test('are 404 for what the query names and 400 for what the body names', async () => {
    const { send } = await startedCrowd(options)
    for (const [path, name, status, reason] of [
      ['/user/group/direct?username=nobody', 'g', 404, 'USER_NOT_FOUND'],
      ['/user/group/direct?username=eve', 'none', 400, 'GROUP_NOT_FOUND'],
      ['/group/user/direct?groupname=none', 'eve', 404, 'GROUP_NOT_FOUND'],
      ['/group/user/direct?groupname=g', 'nobody', 400, 'USER_NOT_FOUND'],
      ['/group/user/direct?groupname=g', 'ADA', 409, 'MEMBERSHIP_ALREADY_EXISTS'],
    ] as const) {
      const reply = await send('POST', path, { name })
      expect([path, reply.status, reply.body.reason]).toEqual([path, status, reason])
    }
    expect((await send('POST', '/user/group/direct?username=eve', { name: 'G' })).status).toBe(201)
  })

  test('that exist are 201 in old releases', async () => {
    const { send } = await startedCrowd({ ...options, version: '2.8' })
    expect((await send('POST', '/group/user/direct?groupname=g', { name: 'ada' })).status).toBe(201)
  })

  test('are asked for one by one or as a list, and removed once', async () => {
    const { send } = await startedCrowd(options)
    expect((await send('GET', '/user/group/direct?username=ada&groupname=g')).body.name).toBe('g')
    expect((await send('GET', '/user/group/direct?username=eve&groupname=g')).body.reason).toBe('MEMBERSHIP_NOT_FOUND')
    const { body } = await send('GET', '/group/user/direct?groupname=g&expand=user')
    expect(body.users).toMatchObject([{ name: 'ada', active: true, email: 'ada@example.com' }])
    const path = '/user/group/direct?username=ada&groupname=g'
    expect((await send('DELETE', path)).status).toBe(204)
    expect((await send('DELETE', path)).body.reason).toBe('MEMBERSHIP_NOT_FOUND')
  })

  test('of everybody come as XML only', async () => {
    const { send } = await startedCrowd({ ...options, groups: [{ name: 'g', members: ['ada'], children: ['<h>'] }] })
    expect((await send('GET', '/group/membership')).status).toBe(406)
    const dump = await send('GET', '/group/membership', undefined, { accept: 'application/xml' })
    expect(dump.headers.get('content-type')).toContain('xml')
    expect(dump.text).toContain(
      '<membership group="g"><users><user name="ada"/></users><groups><group name="&#60;h&#62;"/>',
    )
  })
})

describe('nested groups', () => {
  const options = { users: [{ name: 'ada' }], groups: [{ name: 'inner', members: ['ada'] }, { name: 'outer' }] }

  test('pass their members on, and refuse circles', async () => {
    const { send } = await startedCrowd(options)
    const nest = (parent: string, name: string) =>
      send('POST', `/group/child-group/direct?groupname=${parent}`, { name })
    expect((await nest('outer', 'inner')).status).toBe(201)
    expect((await nest('outer', 'inner')).body.reason).toBe('MEMBERSHIP_ALREADY_EXISTS')
    expect([(await nest('inner', 'outer')).status, (await nest('outer', 'outer')).status]).toEqual([400, 400])
    expect((await nest('outer', 'none')).status).toBe(400)
    expect((await send('GET', '/user/group/nested?username=ada')).body.groups).toMatchObject([
      { name: 'inner' },
      { name: 'outer' },
    ])
    expect((await send('GET', '/user/group/direct?username=ada')).body.groups).toHaveLength(1)
    expect((await send('GET', '/group/user/nested?groupname=outer')).body.users).toMatchObject([{ name: 'ada' }])
    expect((await send('GET', '/group/parent-group/nested?groupname=inner')).body.groups).toMatchObject([
      { name: 'outer' },
    ])
    expect((await send('DELETE', '/group/child-group/direct?groupname=outer&child-groupname=inner')).status).toBe(204)
    expect((await send('GET', '/group/child-group/direct?groupname=outer')).body.groups).toEqual([])
  })

  test('are refused by a directory that does not nest', async () => {
    const { send } = await startedCrowd({ ...options, directories: [{ name: 'flat', nestedGroups: false }] })
    const reply = await send('POST', '/group/child-group/direct?groupname=outer', { name: 'inner' })
    expect([reply.status, reply.body.reason]).toEqual([400, 'NESTED_GROUPS_NOT_SUPPORTED'])
  })
})
