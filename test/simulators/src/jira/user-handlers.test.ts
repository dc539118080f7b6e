import { describe, expect, test } from 'vitest'
import { startedJira } from './testing/started-jira.ts'

const ada = { name: 'ada', displayName: 'Ada Lovelace', emailAddress: 'ada@example.com' }

describe('users', () => {
  test('are created with a key of their own and a lower-cased name', async () => {
    const { send } = await startedJira()
    const made = await send('POST', '/user', { ...ada, name: 'ADA' })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name: 'ada', key: expect.stringMatching(/^JIRAUSER\d+$/) })
    const again = await send('POST', '/user', ada)
    expect(again.status).toBe(400)
    expect(again.body.errors).toEqual({ username: 'A user with that username already exists.' })
  })

  test.each([
    [{ ...ada, name: '' }, 'username'],
    [{ ...ada, name: 'a<b' }, 'username'],
    [{ ...ada, name: 'x'.repeat(256) }, 'username'],
    [{ ...ada, emailAddress: '' }, 'email'],
    [{ ...ada, displayName: ' ' }, 'fullname'],
    [{ ...ada, password: '' }, 'password'],
    [{ ...ada, applicationKeys: ['no-such-app'] }, 'applicationKeys'],
  ])('are refused with an error of the field: %j', async (body, field) => {
    const { send, jira } = await startedJira()
    const { status, body: answer } = await send('POST', '/user', body)
    expect(status).toBe(400)
    expect(Object.keys(answer.errors)).toEqual([field])
    expect(jira.people.everyone()).toHaveLength(1)
  })

  test('keep their key when renamed, and are found by it', async () => {
    const { send } = await startedJira({ users: [ada] })
    const { key } = (await send('GET', '/user?username=ADA')).body
    const renamed = await send('PUT', `/user?key=${key}`, { name: 'ada.king' })
    expect(renamed.body).toMatchObject({ key, name: 'ada.king' })
    expect((await send('GET', '/user?username=ada')).status).toBe(404)
    expect((await send('GET', `/user?key=${key}`)).body.name).toBe('ada.king')
  })

  test('change only in the fields that were sent', async () => {
    const { send } = await startedJira({ users: [ada] })
    await send('PUT', '/user?username=ada', { emailAddress: 'new@example.com' })
    const off = await send('PUT', '/user?username=ada', { active: 'false' })
    expect(off.body).toMatchObject({ displayName: 'Ada Lovelace', emailAddress: 'new@example.com', active: false })
  })

  test('show groups and roles only where they are expanded', async () => {
    const { send } = await startedJira({
      users: [{ ...ada, groups: ['inner'] }],
      groups: [{ name: 'outer', subgroups: ['inner'] }],
    })
    const plain = await send('GET', '/user?username=ada')
    expect(plain.body.groups).toEqual({ size: 2, items: [] })
    const full = await send('GET', '/user?username=ada&expand=groups,applicationRoles')
    expect(full.body.groups.items.map((group: { name: string }) => group.name)).toEqual(['inner', 'outer'])
  })

  test('with issues cannot be deleted, others can', async () => {
    const { send } = await startedJira({ users: [ada, { name: 'grace', hasActivity: true }] })
    expect((await send('DELETE', '/user?username=ada')).status).toBe(204)
    expect((await send('DELETE', '/user?username=grace')).status).toBe(400)
    expect((await send('DELETE', '/user?username=nobody')).body.errorMessages).toEqual([
      "The user named 'nobody' does not exist",
    ])
  })

  test('compare without the locale of the process', async () => {
    const { send } = await startedJira({ users: [{ name: 'INGA' }] })
    expect((await send('GET', '/user?username=inga')).status).toBe(200)
  })
})
