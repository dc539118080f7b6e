import { describe, expect, test } from 'vitest'
import type { ApplicationSeed } from './application.ts'
import type { AccountSeed, CrowdGroupSeed } from './seeds.ts'
import { startedCrowd } from './testing/started-crowd.ts'

const directories = [{ name: 'first' }, { name: 'second' }] as const
const rollcall = { name: 'rollcall', password: 'crowd-password' }

/** Users and groups of both names in both directories unless others are given. */
function started(application: Partial<ApplicationSeed> = {}, users: AccountSeed[] = [], groups: CrowdGroupSeed[] = []) {
  return startedCrowd({ directories, users, groups, applications: [{ ...rollcall, ...application }] })
}

const inBoth = <T extends { name: string }>(seed: T) => [
  { ...seed, directory: 'first' },
  { ...seed, directory: 'second' },
]
const ada = { name: 'ada', 'display-name': 'Changed', email: 'ada@x.org', active: true }
const group = { name: 'g', type: 'GROUP', active: true }

const permittingOnly = (second: ApplicationSeed['directories'] = []) => ({
  directories: [{ name: 'first', permissions: [] }, ...second],
})

describe('writes reach', () => {
  test('the first directory that permits it, for a new user', async () => {
    const { send, crowd } = await started(permittingOnly([{ name: 'second', permissions: ['addUser'] }]))
    expect((await send('POST', '/user', ada)).status).toBe(201)
    expect(crowd.change.account('ada').directory.name).toBe('second')
  })

  test('every directory that permits it, for a new group', async () => {
    const { send, crowd } = await started()
    await send('POST', '/group', group)
    expect(crowd.directories.map((each) => each.group('g')?.name)).toEqual(['g', 'g'])
    expect((await send('GET', '/search?entity-type=group')).body.groups).toHaveLength(1)
    await send('DELETE', '/group?groupname=g')
    expect(crowd.directories.map((each) => each.group('g'))).toEqual([undefined, undefined])
  })

  test('only the first directory that holds the user, for an update and a deletion', async () => {
    const { send, crowd } = await started({}, inBoth({ name: 'ada' }))
    await send('PUT', '/user?username=ada', ada)
    expect(crowd.directories.map((each) => each.account('ada')?.displayName)).toEqual(['Changed', 'ada'])
    await send('DELETE', '/user?username=ada')
    expect((await send('GET', '/user?username=ada')).body['display-name']).toBe('ada')
  })

  test('nothing where the mapping or the directory lacks the permission', async () => {
    const users = [{ name: 'ada', groups: ['g'] }]
    const { send, crowd } = await started(permittingOnly(), users)
    for (const [method, path, body] of [
      ['POST', '/user', { ...ada, name: 'new' }],
      ['PUT', '/user?username=ada', ada],
      ['POST', '/user/rename?username=ada', { 'new-name': 'b' }],
      ['DELETE', '/user?username=ada', undefined],
      ['PUT', '/user/password?username=ada', { value: 'x' }],
      ['POST', '/user/attribute?username=ada', { attributes: [{ name: 'a', values: ['b'] }] }],
      ['POST', '/group', { ...group, name: 'new' }],
      ['PUT', '/group?groupname=g', group],
      ['DELETE', '/group?groupname=g', undefined],
      ['DELETE', '/group/user/direct?groupname=g&username=ada', undefined],
    ] as const) {
      const reply = await send(method, path, body)
      expect([path, reply.status, reply.body.reason]).toEqual([path, 403, 'APPLICATION_PERMISSION_DENIED'])
    }
    crowd.applications[0]?.mappings[0]?.permissions.add('removeUser')
    expect((await send('DELETE', '/user?username=ada')).status).toBe(204)
  })

  test('the first directory that holds the user and permits it, for a membership; a missing group is made there', async () => {
    const application = {
      directories: [{ name: 'first', permissions: [] }, { name: 'second' }],
      aggregateMemberships: true,
    }
    const { send, crowd } = await started(application, inBoth({ name: 'ada' }), [{ name: 'g', directory: 'first' }])
    expect((await send('POST', '/group/user/direct?groupname=g', { name: 'ada' })).status).toBe(201)
    expect(crowd.directories.map((each) => each.group('g')?.members.size)).toEqual([0, 1])
  })
})

describe('memberships in two directories', () => {
  const users = [
    { name: 'ada', directory: 'first', groups: ['one'] },
    { name: 'ada', directory: 'second', groups: ['two'] },
  ]

  test.each([
    ['merge where the application aggregates', true, ['one', 'two']],
    ['are those of the first directory otherwise', false, ['one']],
  ])('%s', async (_what, aggregateMemberships, names) => {
    const { send } = await started({ aggregateMemberships }, users)
    const { body } = await send('GET', '/user/group/direct?username=ada')
    expect(body.groups.map((each: { name: string }) => each.name)).toEqual(names)
    const members = (await send('GET', '/group/user/direct?groupname=two')).body.users
    expect(members).toHaveLength(aggregateMemberships ? 1 : 0)
  })

  test.each([
    [true, [0, 0]],
    [false, [0, 1]],
  ])('are removed in all directories if aggregating is %s', async (aggregateMemberships, left) => {
    const { send, crowd } = await started({ aggregateMemberships }, inBoth({ name: 'ada', groups: ['g'] }))
    expect((await send('DELETE', '/group/user/direct?groupname=g&username=ada')).status).toBe(204)
    expect(crowd.directories.map((each) => each.group('g')?.members.size)).toEqual(left)
  })
})
