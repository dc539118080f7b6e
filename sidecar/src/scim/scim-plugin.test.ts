import { afterEach, expect, test } from 'vitest'
import { openScimWorld, type ScimWorld } from './testing/scim-world.ts'

let world: ScimWorld | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

const ada = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'ada@example.com',
  externalId: 'okta-1',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
  active: true,
}

test('a user is created, read, found, patched, replaced and deleted', async () => {
  world = await openScimWorld()
  const created = await world.send('POST', '/Users', ada)
  expect(created.status).toBe(201)
  expect(created.headers['content-type']).toBe('application/scim+json')
  expect(created.headers.location).toBe(created.body.meta.location)
  expect(created.headers.etag).toBe(created.body.meta.version)
  expect(created.body).toMatchObject({ ...ada, meta: { resourceType: 'User' } })
  const path = `/Users/${created.body.id}`
  expect((await world.send('GET', path)).body).toEqual(created.body)

  const found = await world.send('GET', `/Users?filter=${encodeURIComponent('userName eq "ADA@example.com"')}`)
  expect(found.body).toMatchObject({ totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [created.body] })

  const disabled = await world.send('PATCH', path, {
    Operations: [{ op: 'Replace', path: 'active', value: 'False' }],
  })
  expect(disabled).toMatchObject({ status: 200, body: { active: false } })
  const replaced = await world.send('PUT', path, { ...ada, active: true, title: 'Countess' })
  expect(replaced).toMatchObject({ status: 200, body: { active: true, title: 'Countess' } })

  expect(await world.send('DELETE', path)).toMatchObject({ status: 204, text: '' })
  expect((await world.send('GET', path)).status).toBe(404)
  expect((await world.send('POST', '/Users', ada)).status).toBe(201)
})
