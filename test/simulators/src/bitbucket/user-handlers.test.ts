import { describe, expect, test } from 'vitest'
import { startedBitbucket } from './testing/started-bitbucket.ts'

const ada = { name: 'ada', displayName: 'Ada Lovelace', emailAddress: 'ada@example.com' }
const asked = (fields: Record<string, string>) => `/admin/users?${new URLSearchParams(fields)}`
const fields = { ...ada, password: 'x1', addToDefaultGroup: 'false' }

describe('users', () => {
  test('are made from query parameters, answered without a body, and read back by filter', async () => {
    const { send, bitbucket } = await startedBitbucket()
    const made = await send('POST', asked({ ...fields, name: 'Ada/Lovelace' }))
    expect([made.status, made.text]).toEqual([204, ''])
    const { body } = await send('GET', '/admin/users?filter=ada')
    expect(body.values).toHaveLength(1)
    expect(body.values[0]).toMatchObject({
      name: 'Ada/Lovelace',
      slug: 'ada_lovelace',
      id: expect.any(Number),
      directoryName: 'Bitbucket Internal Directory',
      mutableDetails: true,
      deletable: true,
    })
    expect(bitbucket.change.user('ada/lovelace').groups).toEqual([])
    expect((await send('POST', asked({ ...fields, name: 'ADA/lovelace' }))).status).toBe(409)
  })

  test('land in the default group unless the request says otherwise', async () => {
    const { send, bitbucket } = await startedBitbucket()
    const { addToDefaultGroup: _no, ...rest } = fields
    await send('POST', asked(rest))
    expect(bitbucket.change.user('ada').groups.map((group) => group.name)).toEqual(['stash-users'])
  })

  test.each([
    [{ ...fields, name: '' }],
    [{ ...fields, name: 'x'.repeat(256) }],
    [{ ...fields, displayName: ' ' }],
    [{ ...fields, emailAddress: 'nowhere' }],
    [{ ...fields, password: '' }],
  ])('are refused with 400: %j', async (query) => {
    const { send, simulator } = await startedBitbucket()
    const { status, body } = await send('POST', asked(query))
    expect(status).toBe(400)
    expect(body.errors[0].message).toBeTypeOf('string')
    expect(simulator.violations).toEqual([])
  })

  test('need no password where a mail tells them, and there it must be possible to send one', async () => {
    const { password: _none, ...rest } = { ...fields, notify: 'true' }
    const { send, bitbucket } = await startedBitbucket()
    expect((await send('POST', asked(rest))).status).toBe(204)
    bitbucket.settings.mailServer = false
    expect((await send('POST', asked({ ...rest, name: 'grace' }))).status).toBe(400)
  })

  test('change in the fields that were sent, and know no inactive state', async () => {
    const { send, simulator } = await startedBitbucket({ users: [ada] })
    const { status, body } = await send('PUT', '/admin/users', { name: 'ADA', email: 'new@example.com' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ displayName: 'Ada Lovelace', emailAddress: 'new@example.com', active: true })
    const off = await send('PUT', '/admin/users', { name: 'ada', active: false })
    expect([off.status, off.body.errors[0].message]).toEqual([400, 'Unrecognized field "active"'])
    expect(simulator.violations).toHaveLength(1)
    expect((await send('PUT', '/admin/users', { name: 'nobody', email: 'a@b' })).status).toBe(404)
  })

  test('keep their id when renamed, while the slug follows', async () => {
    const { send } = await startedBitbucket({ users: [ada, { name: 'grace' }] })
    const before = (await send('GET', '/users/ada')).body
    const { status, body } = await send('POST', '/admin/users/rename', { name: 'ada', newName: 'ada.king' })
    expect([status, body.id, body.slug]).toEqual([200, before.id, 'ada.king'])
    expect((await send('GET', '/users/ada')).status).toBe(404)
    expect((await send('POST', '/admin/users/rename', { name: 'grace', newName: 'ADA.King' })).status).toBe(400)
  })

  test('are deleted by others only, and can be erased afterwards only', async () => {
    const { send } = await startedBitbucket({ users: [ada] })
    expect((await send('DELETE', '/admin/users?name=admin')).status).toBe(409)
    expect((await send('GET', '/admin/users/erasure?name=ada')).status).toBe(409)
    const gone = await send('DELETE', '/admin/users?name=ada')
    expect([gone.status, gone.body.name]).toEqual([200, 'ada'])
    expect((await send('GET', '/users/ada')).status).toBe(404)
    expect((await send('GET', '/admin/users/erasure?name=ada')).status).toBe(204)
    expect((await send('POST', '/admin/users/erasure?name=ada')).body.newIdentifier).toMatch(/^user-/)
    expect((await send('GET', '/admin/users/erasure?name=ada')).status).toBe(404)
  })
})
