import { describe, expect, test } from 'vitest'
import { startedCrowd } from './testing/started-crowd.ts'

const ada = {
  name: 'ada',
  'first-name': 'Ada',
  'last-name': 'Lovelace',
  'display-name': 'Ada Lovelace',
  email: 'ada@example.com',
  active: true,
}
const users = [{ name: 'Ada', displayName: 'Ada Lovelace' }]

describe('reading a user', () => {
  test('is by name in any case or by key, and shows inactive ones', async () => {
    const { send, crowd } = await startedCrowd({ users: [{ name: 'Ada', active: false }] })
    const { key } = crowd.change.account('ada')
    expect((await send('GET', '/user?username=ADA')).body).toMatchObject({ name: 'Ada', key, active: false })
    expect((await send('GET', `/user?key=${key}`)).body.name).toBe('Ada')
    const none = await send('GET', '/user?username=nobody')
    expect([none.status, none.body.reason]).toEqual([404, 'USER_NOT_FOUND'])
  })
})

describe('creating a user', () => {
  test('answers 201 with the user; the same name again is 400, in any case', async () => {
    const { send } = await startedCrowd()
    const made = await send('POST', '/user', { ...ada, password: { value: 'secret' } })
    expect([made.status, made.body.name, made.body['display-name']]).toEqual([201, 'ada', 'Ada Lovelace'])
    const again = await send('POST', '/user', { ...ada, name: 'ADA' })
    expect([again.status, again.body.reason]).toEqual([400, 'INVALID_USER'])
    expect((await send('POST', '/authentication?username=ada', { value: 'secret' })).status).toBe(200)
    expect((await send('POST', '/authentication?username=ada', { value: 'no' })).body.reason).toBe(
      'INVALID_USER_AUTHENTICATION',
    )
  })

  test.each([
    ['a blank name', ' '],
    ['a name of more than 255 characters', 'x'.repeat(256)],
  ])('%s is refused', async (_what, name) => {
    const { send } = await startedCrowd()
    const reply = await send('POST', '/user', { ...ada, name })
    expect([reply.status, reply.body.reason]).toEqual([400, 'INVALID_USER'])
  })

  test('any character works in a name that is encoded', async () => {
    const { send } = await startedCrowd()
    const name = 'a/b\\c;%&ü😀 "d"'
    expect((await send('POST', '/user', { ...ada, name })).status).toBe(201)
    expect((await send('GET', `/user?username=${encodeURIComponent(name)}`)).body.name).toBe(name)
  })
})

describe('updating a user', () => {
  test('nulls every field that the body leaves out, `active` too', async () => {
    const { send, crowd } = await startedCrowd({ users })
    expect((await send('PUT', '/user?username=ada', { name: 'ada', email: 'new@example.com' })).status).toBe(204)
    expect(crowd.change.account('ada')).toMatchObject({ email: 'new@example.com', active: false })
    const { body } = await send('GET', '/user?username=ada')
    for (const field of ['first-name', 'last-name', 'display-name']) expect(body).not.toHaveProperty(field)
    expect(body.name).toBe('Ada')
  })

  test('wants the name of the query in the body', async () => {
    const { send } = await startedCrowd({ users })
    expect((await send('PUT', '/user?username=ada', { ...ada, name: 'eve' })).status).toBe(400)
    expect((await send('PUT', '/user?username=ada', { ...ada, name: undefined })).status).toBe(400)
    expect((await send('PUT', '/user?username=eve', { ...ada, name: 'eve' })).status).toBe(404)
  })

  test('leaves attributes, password and memberships alone', async () => {
    const seed = { name: 'ada', attributes: { floor: ['3'] }, groups: ['g'], password: 'p' }
    const { send, crowd } = await startedCrowd({ users: [seed] })
    await send('PUT', '/user?username=ada', { ...ada, attributes: { attributes: [] }, password: { value: 'x' } })
    const account = crowd.change.account('ada')
    expect([[...account.attributes], [...account.groups].length, account.password]).toEqual([
      [['floor', ['3']]],
      1,
      'p',
    ])
  })
})

describe('renaming a user', () => {
  test('keeps the key and the memberships, and may change the case only', async () => {
    const { send, crowd } = await startedCrowd({ users: [{ name: 'ada', groups: ['g'] }] })
    const { key } = crowd.change.account('ada')
    const renamed = await send('POST', '/user/rename?username=ada', { 'new-name': 'Ada.L' })
    expect([renamed.status, renamed.body.name, renamed.body.key]).toEqual([200, 'Ada.L', key])
    expect((await send('GET', '/group/user/direct?groupname=g')).body.users).toMatchObject([{ name: 'Ada.L' }])
    expect((await send('POST', '/user/rename?username=ada.l', { 'new-name': 'ADA.L' })).body.name).toBe('ADA.L')
    expect((await send('GET', '/user?username=ada')).status).toBe(404)
  })

  test.each([
    ['2.8', 500, 'OPERATION_FAILED'],
    ['6.3', 400, 'INVALID_USER'],
  ] as const)('to a name in use is refused by %s with %i', async (version, status, reason) => {
    const { send } = await startedCrowd({ version, users: [{ name: 'ada' }, { name: 'eve' }] })
    const reply = await send('POST', '/user/rename?username=ada', { 'new-name': 'EVE' })
    expect([reply.status, reply.body.reason]).toEqual([status, reason])
  })

  test('is not for LDAP', async () => {
    const { send } = await startedCrowd({ users, directories: [{ name: 'LDAP', kind: 'CONNECTOR' }] })
    expect((await send('POST', '/user/rename?username=ada', { 'new-name': 'eve' })).status).toBe(400)
  })
})

describe('attributes', () => {
  test('are replaced by name, others stay, no values take one away', async () => {
    const { send } = await startedCrowd({ users: [{ name: 'ada', attributes: { floor: ['3'], team: ['a', 'b'] } }] })
    const set = (attributes: object[]) => send('POST', '/user/attribute?username=ada', { attributes })
    expect((await set([{ name: 'floor', values: ['4', '5'] }])).status).toBe(204)
    expect((await set([{ name: 'team', values: [] }])).status).toBe(204)
    const { body } = await send('GET', '/user?username=ada&expand=attributes')
    expect(body.attributes.attributes).toMatchObject([{ name: 'floor', values: ['4', '5'] }])
    expect((await send('GET', '/user?username=ada')).body.attributes.attributes).toEqual([])
    expect((await send('DELETE', '/user/attribute?username=ada&attributename=floor')).status).toBe(204)
    expect((await send('GET', '/user/attribute?username=ada')).body.attributes).toEqual([])
  })

  test('hold at most 255 characters', async () => {
    const { send } = await startedCrowd({ users })
    const set = (value: string) =>
      send('POST', '/user/attribute?username=ada', { attributes: [{ name: 'x', values: [value] }] })
    expect((await set('x'.repeat(255))).status).toBe(204)
    expect((await set('x'.repeat(256))).status).toBe(400)
  })

  test('belong to groups as well', async () => {
    const { send } = await startedCrowd({ groups: [{ name: 'g' }] })
    await send('POST', '/group/attribute?groupname=g', { attributes: [{ name: 'owner', values: ['ada'] }] })
    const { body } = await send('GET', '/group?groupname=G&expand=attributes')
    expect(body.attributes.attributes).toMatchObject([{ name: 'owner', values: ['ada'] }])
  })
})

test('passwords are set, cleared and mailed; an inactive account is told as such', async () => {
  const { send, crowd } = await startedCrowd({ users: [{ name: 'ada', password: 'old' }] })
  expect((await send('PUT', '/user/password?username=ada', { value: 'new' })).status).toBe(204)
  expect((await send('PUT', '/user/password?username=ada', { value: '' })).status).toBe(400)
  crowd.change.changeUser('ada', { active: false })
  const { body } = await send('POST', '/authentication?username=ada', { value: 'new' })
  expect(body.reason).toBe('INACTIVE_ACCOUNT')
  expect((await send('POST', '/user/mail/password?username=ada')).status).toBe(204)
  expect((await send('DELETE', '/user/password?username=ada')).status).toBe(204)
  expect(crowd.change.account('ada').password).toBeUndefined()
})

test('a session lives until it is closed', async () => {
  const { send } = await startedCrowd({ users: [{ name: 'ada', password: 'p' }] })
  const opened = await send('POST', '/session', { username: 'ada', password: 'p', 'validation-factors': {} })
  expect([opened.status, opened.body.user.name]).toEqual([201, 'ada'])
  const path = `/session/${opened.body.token}`
  expect((await send('GET', path)).status).toBe(200)
  expect((await send('POST', path, {})).status).toBe(200)
  expect((await send('DELETE', '/session?username=ada')).status).toBe(204)
  expect((await send('GET', path)).body.reason).toBe('INVALID_SSO_TOKEN')
})

test('a deleted user is gone, with the memberships', async () => {
  const { send, crowd } = await startedCrowd({ users: [{ name: 'ada', groups: ['g'] }] })
  expect((await send('DELETE', '/user?username=ADA')).status).toBe(204)
  expect((await send('DELETE', '/user?username=ada')).status).toBe(404)
  expect(crowd.change.group('g').members.size).toBe(0)
})
