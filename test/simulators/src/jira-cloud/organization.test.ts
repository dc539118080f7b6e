import { describe, expect, test } from 'vitest'
import { bearer } from '../data-center/testing/client.ts'
import { startedCloud } from './testing/started-cloud.ts'

const ada = 'ada@example.com'
const users = [
  { email: ada, displayName: 'Ada' },
  { email: 'eve@elsewhere.org' },
  { email: 'scim@example.com', scim: true },
]
const day = 86_400_000

test('needs a key of the organization that has not expired', async () => {
  const { organization, cloud, idOf } = await startedCloud({ users })
  cloud.organization.apiKeys.set('old', Date.now() - 1)
  for (const key of ['none', 'old']) {
    const reply = await organization('GET', `/users/${idOf(ada)}/manage/profile`, undefined, bearer(key))
    expect([reply.status, reply.body]).toEqual([401, { key: 'unauthorized' }])
  }
})

test('manages the accounts of verified domains only', async () => {
  const { manage, organization } = await startedCloud({ users })
  const foreign = await manage('eve@elsewhere.org', 'PATCH', '/profile', { name: 'Eve' })
  expect([foreign.status, foreign.body.key]).toEqual([403, 'forbidden'])
  const unknown = await organization('GET', '/users/none/manage')
  expect([unknown.status, unknown.body.key]).toEqual([404, 'accountNotFound'])
})

test('may not write to what is provisioned from outside, and says why', async () => {
  const { manage } = await startedCloud({ users })
  for (const [method, path, body, key] of [
    ['PATCH', '/profile', { name: 'x' }, 'forbidden.fieldMutation'],
    ['PUT', '/email', { email: 'x@example.com' }, 'forbidden.action'],
    ['POST', '/lifecycle/disable', {}, 'forbidden.action'],
    ['POST', '/lifecycle/delete', undefined, 'forbidden.action'],
  ] as const) {
    const reply = await manage('scim@example.com', method, path, body)
    expect([path, reply.status, reply.body.key]).toEqual([path, 403, key])
  }
  const { body } = await manage('scim@example.com', 'GET', '')
  expect(body['email.set']).toEqual({ allowed: false, reason: { key: 'externalDirectory.scim' } })
  expect((await manage(ada, 'GET', '')).body['lifecycle.enablement']).toEqual({ allowed: true })
})

describe('the profile', () => {
  test('is changed field by field, and seen on the site', async () => {
    const { manage, send, idOf } = await startedCloud({ users })
    const patched = await manage(ada, 'PATCH', '/profile', { name: 'Countess', extended_profile: { department: 'R' } })
    expect([patched.status, patched.body.account.name]).toEqual([200, 'Countess'])
    expect((await manage(ada, 'GET', '/profile')).body.account).toMatchObject({
      account_id: idOf(ada),
      account_status: 'active',
      nickname: 'Ada',
      extended_profile: { department: 'R' },
    })
    expect((await send('GET', `/user?accountId=${idOf(ada)}`)).body.displayName).toBe('Countess')
  })

  test('refuses what breaks the limits of a field, and what is read only', async () => {
    const { manage, simulator } = await startedCloud({ users })
    const long = await manage(ada, 'PATCH', '/profile', { name: 'x'.repeat(101), nickname: 'a\u0007' })
    expect([long.status, long.body.key]).toEqual([400, 'fieldConstraintsViolated'])
    expect(long.body.context.fieldViolations).toEqual([
      { field: 'name', violations: [{ key: 'maxLength' }] },
      { field: 'nickname', violations: [{ key: 'validCharacters' }] },
    ])
    expect((await manage(ada, 'PATCH', '/profile', { email: 'x@example.com' })).status).toBe(400)
    expect(simulator.violations).toHaveLength(1)
  })
})

test('an e-mail is set into verified domains only, and to one account', async () => {
  const { manage, cloud } = await startedCloud({ users })
  const set = (email: string) => manage(ada, 'PUT', '/email', { email })
  expect((await set('ada@elsewhere.org')).body).toEqual({
    key: 'forbidden.unclaimedDomain',
    context: { domain: 'elsewhere.org' },
  })
  expect((await set('SCIM@example.com')).status).toBe(400)
  expect((await set('countess@example.com')).status).toBe(204)
  expect(cloud.accounts.findByEmail('countess@example.com')?.displayName).toBe('Ada')
})

describe('the life of an account', () => {
  test('is ended and begun again, whatever it leads', async () => {
    const { manage, send, idOf } = await startedCloud({ users, projects: [{ key: 'ENG', lead: ada }] })
    expect((await manage(ada, 'POST', '/lifecycle/disable', { message: 'left' })).status).toBe(204)
    const { body } = await send('GET', '/project/search?expand=lead')
    expect(body.values).toMatchObject([{ key: 'ENG', lead: { accountId: idOf(ada), active: false } }])
    expect((await manage(ada, 'POST', '/lifecycle/enable')).status).toBe(204)
    expect((await send('GET', `/user?accountId=${idOf(ada)}`)).body.active).toBe(true)
  })

  test('wants a body to be disabled with', async () => {
    const { manage } = await startedCloud({ users })
    const bare = await manage(ada, 'POST', '/lifecycle/disable')
    expect([bare.status, bare.body.key]).toEqual([400, 'bodyParseFailure'])
    expect((await manage(ada, 'POST', '/lifecycle/disable', {})).status).toBe(204)
  })

  test('ends 14 days after its deletion, until when it can be taken back', async () => {
    let now = Date.now()
    const { manage, organization, send, idOf } = await startedCloud({ users, now: () => now })
    const id = idOf(ada)
    const active = async () => (await send('GET', `/user?accountId=${id}`)).body.active
    expect((await manage(ada, 'POST', '/lifecycle/delete')).status).toBe(200)
    expect(await active()).toBe(false)
    expect((await manage(ada, 'POST', '/lifecycle/delete')).status).toBe(409)
    expect((await manage(ada, 'POST', '/lifecycle/enable')).body.key).toBe('conflict.lifecycleErrors')
    now += 13 * day
    expect((await manage(ada, 'POST', '/lifecycle/cancel-delete')).status).toBe(200)
    expect(await active()).toBe(true)
    await manage(ada, 'POST', '/lifecycle/delete')
    now += 14 * day
    const closed = (await send('GET', `/user?accountId=${id}`)).body
    expect(closed).toMatchObject({ active: false, displayName: 'Former user', groups: { size: 0 } })
    expect(closed).not.toHaveProperty('emailAddress')
    expect((await organization('POST', `/users/${id}/manage/lifecycle/cancel-delete`)).status).toBe(404)
  })
})
