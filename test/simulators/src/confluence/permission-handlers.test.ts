import { describe, expect, test } from 'vitest'
import { bearer } from '../data-center/testing/client.ts'
import { startedConfluence } from './testing/started-confluence.ts'

const use = { targetType: 'application', operationKey: 'use' }
const administer = { targetType: 'application', operationKey: 'administer' }
const ada = { users: [{ name: 'ada', groups: ['team'] }], tokens: [{ token: 'ada', user: 'ada' }] }
const operations = (body: { operation: { targetType: string; operationKey: string } }[]) =>
  body.map(({ operation }) => `${operation.targetType}/${operation.operationKey}`)

describe('global permissions', () => {
  test('are listed for administrators, but not in 8.5', async () => {
    const { send } = await startedConfluence(ada)
    const { body } = await send('GET', '/permissions')
    const ofUsers = body.filter((each: { subject: { name?: string } }) => each.subject.name === 'confluence-users')
    expect(operations(ofUsers)).toEqual(['application/use', 'personal_space/create', 'space/create'])
    expect((await send('GET', '/permissions', undefined, {})).status).toBe(401)
    expect((await send('GET', '/permissions', undefined, bearer('ada'))).status).toBe(401)
    const old = await startedConfluence({ version: '8.5' })
    expect((await old.send('GET', '/permissions')).status).toBe(404)
  })

  test('of a user are the direct ones, by key', async () => {
    const { send } = await startedConfluence(ada)
    const key = (await send('GET', '/user?username=ada')).body.userKey
    expect((await send('GET', `/permissions/user/${key}`)).body).toEqual([])
    expect((await send('GET', '/permissions/user/ada')).status).toBe(404)
    const newer = await startedConfluence({ ...ada, version: '10' })
    expect((await newer.send('GET', '/permissions/user/ada')).body).toEqual([])
  })

  test('are granted and revoked from 9.3 on, and losing use loses all', async () => {
    const { send } = await startedConfluence({ ...ada, version: '10' })
    const list = async () => (await send('GET', '/user/list', undefined, bearer('ada'))).status
    expect(await list()).toBe(403)
    expect((await send('PUT', '/permissions/group/team/grant', [use, administer])).status).toBe(204)
    expect(await list()).toBe(200)
    expect(operations((await send('GET', '/permissions/group/team')).body)).toHaveLength(2)
    expect((await send('PUT', '/permissions/group/team/revoke', [use])).status).toBe(204)
    expect((await send('GET', '/permissions/group/team')).body).toEqual([])
    expect((await send('PUT', '/permissions/group/team/grant', [{ targetType: 'x', operationKey: 'y' }])).status).toBe(
      400,
    )
    const older = await startedConfluence({ ...ada, version: '9.2' })
    expect((await older.send('PUT', '/permissions/group/team/grant', [use])).status).toBe(404)
  })

  test('are replaced in bulk, all or nothing, of 40 subjects at most', async () => {
    const { send } = await startedConfluence({ ...ada, version: '10' })
    const entry = { groupName: 'team', operations: [use] }
    const broken = await send('PUT', '/permissions', [entry, { groupName: 'nowhere', operations: [] }])
    expect([broken.status, (await send('GET', '/permissions/group/team')).body]).toEqual([404, []])
    expect((await send('PUT', '/permissions', Array(41).fill(entry))).status).toBe(400)
    expect((await send('PUT', '/permissions', [entry])).status).toBe(204)
    expect(operations((await send('GET', '/permissions/group/team')).body)).toEqual(['application/use'])
  })

  test('of the super group stay', async () => {
    const { send } = await startedConfluence({ version: '10' })
    await send('PUT', '/permissions/group/confluence-administrators/revoke', [use])
    expect((await send('GET', '/permissions/group/confluence-administrators')).body).toHaveLength(5)
  })
})
