import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, openScimWorld, type ScimWorld } from './testing/scim-world.ts'

let world: ScimWorld
beforeAll(async () => {
  world = await openScimWorld({ url: 'https://sync.example.com/' })
})
afterAll(() => world.close())

const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error'
const base = 'https://sync.example.com/scim/v2/entra'
let people = 0

const newUser = (more: object = {}) => {
  people += 1
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: `person${people}@example.com`,
    externalId: `external-${people}`,
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [{ value: `person${people}@example.com`, type: 'work', primary: true }],
    active: true,
    ...more,
  }
}

const create = async (more: object = {}): Promise<Answer> => world.send('POST', '/Users', newUser(more))
const createGroup = (displayName: string, ...members: string[]) =>
  world.send('POST', '/Groups', { displayName, members: members.map((value) => ({ value })) })

/** RFC 7644 3.12: body, type and a status that is a text. */
function expectError(answer: Answer, status: number, scimType?: string): void {
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toBe('application/scim+json')
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  expect(answer.body).toEqual({
    schemas: [errorUrn],
    status: String(status),
    ...(scimType !== undefined && { scimType }),
    detail: expect.stringMatching(/\.$/),
  })
}

describe('creating', () => {
  test('answers 201 with the whole resource, Location and ETag', async () => {
    const user = newUser()
    const { status, headers, body } = await world.send('POST', '/Users', user)
    expect(status).toBe(201)
    expect(headers['content-type']).toBe('application/scim+json')
    expect(body).toMatchObject({ ...user, id: expect.any(String), meta: { resourceType: 'User' } })
    expect(headers.location).toBe(`${base}/Users/${body.id}`)
    expect(body.meta.location).toBe(headers.location)
    expect(headers.etag).toBe(body.meta.version)
    expect(body.meta.created).toBe(body.meta.lastModified)
  })

  test('of a name that is taken answers 409 uniqueness, in any case of letters, and stores nothing', async () => {
    const { body } = await create()
    const before = await world.send('GET', `/Users/${body.id}`)
    expectError(await create({ userName: body.userName.toUpperCase(), title: 'other' }), 409, 'uniqueness')
    expect(await world.send('GET', `/Users/${body.id}`)).toMatchObject({ body: before.body })
  })

  test('ignores what a client may not say: id and meta', async () => {
    const { body } = await create({ id: 'mine', meta: { resourceType: 'Other', version: 'x' } })
    expect(body.id).not.toBe('mine')
    expect(body.meta.resourceType).toBe('User')
  })

  test('without a required attribute answers 400 invalidValue', async () => {
    expectError(await world.send('POST', '/Users', { displayName: 'nobody' }), 400, 'invalidValue')
    expectError(await world.send('POST', '/Groups', { members: [] }), 400, 'invalidValue')
  })

  test.each(['', '{"userName":', '[]', '"x"', 'null'])('from the body %j answers 400 invalidSyntax', async (body) => {
    expectError(await world.send('POST', '/Users', body), 400, 'invalidSyntax')
  })

  test('a group may name members who are not there yet; they belong to it once they are', async () => {
    const { body: group } = await createGroup('Later', 'unknown-member')
    expect(group.members).toMatchObject([{ value: 'unknown-member' }])
  })
})

describe('reading', () => {
  test('one resource answers 200 with its ETag, and 304 to who has it', async () => {
    const { body, headers } = await create()
    const path = `/Users/${body.id}`
    expect(await world.send('GET', path)).toMatchObject({ status: 200, body, headers: { etag: headers.etag } })
    const unchanged = await world.send('GET', path, undefined, { 'if-none-match': String(headers.etag) })
    expect(unchanged).toMatchObject({ status: 304, text: '' })
    expect((await world.send('GET', path, undefined, { 'if-none-match': 'W/"77"' })).status).toBe(200)
  })

  test('what is not there answers 404', async () => {
    expectError(await world.send('GET', '/Users/nobody'), 404)
    expectError(await world.send('GET', '/Groups/nobody'), 404)
  })

  test('attributes and excludedAttributes say what is answered, in any case and with dots', async () => {
    const { body } = await create()
    const path = `/Users/${body.id}`
    const only = await world.send('GET', `${path}?attributes=USERNAME,name.givenName`)
    expect(only.body).toEqual({
      schemas: body.schemas,
      id: body.id,
      userName: body.userName,
      name: { givenName: 'Ada' },
    })
    const without = await world.send('GET', `${path}?excludedAttributes=emails,id`)
    expect(without.body).not.toHaveProperty('emails')
    expect(without.body.id).toBe(body.id)
    expectError(await world.send('GET', `${path}?attributes=id&excludedAttributes=name`), 400, 'invalidValue')
  })

  test('a user shows its groups, a group its members', async () => {
    const { body: user } = await create()
    const { body: group } = await createGroup('Readers', user.id)
    expect((await world.send('GET', `/Users/${user.id}`)).body.groups).toEqual([
      { value: group.id, $ref: `${base}/Groups/${group.id}`, type: 'direct', display: 'Readers' },
    ])
    expect((await world.send('GET', `/Groups/${group.id}`)).body.members).toEqual([
      { value: user.id, $ref: `${base}/Users/${user.id}`, type: 'User', display: user.userName },
    ])
    const bare = await world.send('GET', `/Groups/${group.id}?excludedAttributes=members`)
    expect(bare.body).not.toHaveProperty('members')
  })
})

describe('lists', () => {
  test('that match nothing are 200 with 0, never 404', async () => {
    const answer = await world.send('GET', `/Users?filter=${encodeURIComponent('userName eq "no such person"')}`)
    expect(answer).toMatchObject({
      status: 200,
      body: { totalResults: 0, Resources: [], startIndex: 1, itemsPerPage: 0 },
    })
  })

  test('with a filter that is none are 400 invalidFilter, never everybody', async () => {
    for (const filter of ['', 'foo', 'userName xx "a"', 'userName eq', 'noSuch eq "x"', 'active gt true']) {
      expectError(await world.send('GET', `/Users?filter=${encodeURIComponent(filter)}`), 400, 'invalidFilter')
    }
  })

  test('page by index, and tell the true total also past the end', async () => {
    const first = await world.send('GET', '/Users?startIndex=1&count=2')
    const { totalResults } = first.body
    expect(first.body).toMatchObject({ startIndex: 1, itemsPerPage: 2 })
    expect((await world.send('GET', '/Users?count=0')).body).toMatchObject({ totalResults, Resources: [] })
    expect((await world.send('GET', '/Users?startIndex=0&count=-4')).body).toMatchObject({
      totalResults,
      startIndex: 1,
    })
    const past = await world.send('GET', '/Users?startIndex=10000')
    expect(past.body).toMatchObject({ totalResults, Resources: [], itemsPerPage: 0 })
    expect(typeof totalResults).toBe('number')
  })

  test('page by cursor through everything once', async () => {
    const ids: string[] = []
    let cursor: string | undefined = ''
    let pages = 0
    for (; cursor !== undefined; pages++) {
      const { body }: Answer = await world.send('GET', `/Users?count=2&cursor=${cursor}&sortBy=userName`)
      ids.push(...body.Resources.map(({ id }: { id: string }) => id))
      cursor = body.nextCursor
    }
    expect(pages).toBeGreaterThan(1)
    const all = await world.send('GET', '/Users?count=1000')
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(all.body.Resources.map(({ id }: { id: string }) => id).toSorted())
    expectError(await world.send('GET', '/Users?cursor=forged'), 400, 'invalidCursor')
  })

  test('a cursor ends after an hour', async () => {
    const { body } = await world.send('GET', '/Users?count=1&cursor=')
    world.clock.now += 3_601_000
    expectError(await world.send('GET', `/Users?count=1&cursor=${body.nextCursor}`), 400, 'expiredCursor')
  })

  test('are sorted', async () => {
    const { body } = await world.send('GET', '/Users?sortBy=userName&sortOrder=descending&count=1000')
    const names = body.Resources.map(({ userName }: { userName: string }) => userName.toLowerCase())
    expect(names).toEqual(names.toSorted().reverse())
  })

  test('come from .search and from the root, too', async () => {
    const { body: user } = await create()
    const filter = `userName eq "${user.userName}"`
    const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter }
    for (const [method, path, body] of [
      ['POST', '/Users/.search', search],
      ['POST', '/.search', search],
      ['GET', `/?filter=${encodeURIComponent(filter)}`, undefined],
      ['GET', `?filter=${encodeURIComponent(filter)}`, undefined],
    ] as const) {
      const answer = await world.send(method, path, body)
      expect(answer).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id: user.id }] } })
    }
    expect(
      (await world.send('POST', '/Groups/.search', { filter: 'displayName pr', count: 1 })).body.itemsPerPage,
    ).toBe(1)
  })

  test('over all types page from users into groups', async () => {
    const { body: all } = await world.send('GET', '?count=1000')
    const users = (await world.send('GET', '/Users?count=0')).body.totalResults
    const { body } = await world.send('GET', `?startIndex=${users}&count=2`)
    expect(body.Resources).toEqual(all.Resources.slice(users - 1, users + 1))
    expect(body.Resources.map(({ meta }: { meta: { resourceType: string } }) => meta.resourceType)).toEqual([
      'User',
      'Group',
    ])
  })

  test('ignore parameters that nobody knows, such as the flag of Entra', async () => {
    expect((await world.send('GET', '/Users?aadOptscim062020&x=y')).status).toBe(200)
  })
})

describe('replacing', () => {
  test('answers 200 with what was sent; what it leaves out is gone, but nobody is let in again', async () => {
    const { body } = await create({ title: 'Countess', active: false })
    const { active: _, ...rest } = newUser({ userName: body.userName })
    const replaced = await world.send('PUT', `/Users/${body.id}`, rest)
    expect(replaced).toMatchObject({ status: 200, body: { id: body.id, active: false } })
    expect(replaced.body).not.toHaveProperty('title')
    expect(replaced.headers.etag).not.toBe(body.meta.version)
  })

  test('does not create', async () => {
    expectError(await world.send('PUT', '/Users/nobody', newUser()), 404)
  })

  test('with what is there already changes neither version nor time', async () => {
    const { body } = await create()
    const again = await world.send('PUT', `/Users/${body.id}`, body)
    expect(again.body).toEqual(body)
  })

  test('a group without members empties it, and the log says so', async () => {
    const { body: user } = await create()
    const { body: group } = await createGroup('Emptied', user.id)
    const replaced = await world.send('PUT', `/Groups/${group.id}`, { displayName: 'Emptied' })
    expect(replaced.body).not.toHaveProperty('members')
    const logged = world.store.raw.prepare("select detail from scim_log where method = 'PUT' order by id desc").get()
    expect(logged).toEqual({ detail: expect.stringContaining('emptied') })
  })
})

describe('patching', () => {
  test('a user answers 200 with the whole user', async () => {
    const { body } = await create()
    const patched = await world.send('PATCH', `/Users/${body.id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'Replace', path: 'active', value: 'False' }],
    })
    expect(patched).toMatchObject({ status: 200, body: { ...body, active: false, meta: expect.anything() } })
  })

  test('a group answers 204 without members, or what is asked for', async () => {
    const { body: user } = await create()
    const { body: group } = await createGroup('Patched')
    const add = { Operations: [{ op: 'Add', path: 'members', value: [{ value: user.id }] }] }
    expect(await world.send('PATCH', `/Groups/${group.id}`, add)).toMatchObject({ status: 204, text: '' })
    const remove = { Operations: [{ op: 'Remove', path: 'members', value: [{ value: user.id }] }] }
    const answer = await world.send('PATCH', `/Groups/${group.id}?attributes=displayName`, remove)
    expect(answer).toMatchObject({ status: 200, body: { displayName: 'Patched' } })
    expect((await world.send('GET', `/Groups/${group.id}`)).body).not.toHaveProperty('members')
  })

  test('is all or nothing', async () => {
    const { body } = await create()
    const half = { Operations: [{ op: 'replace', path: 'title', value: 'x' }, { op: 'remove' }] }
    expectError(await world.send('PATCH', `/Users/${body.id}`, half), 400, 'noTarget')
    expect((await world.send('GET', `/Users/${body.id}`)).body).toEqual(body)
  })

  test('applies to the named versions only', async () => {
    const { body } = await create()
    const path = `/Users/${body.id}`
    const patch = { Operations: [{ op: 'replace', path: 'title', value: 'x' }] }
    expectError(await world.send('PATCH', path, patch, { 'if-match': 'W/"9"' }), 412)
    expectError(await world.send('DELETE', path, undefined, { 'if-match': '"other"' }), 412)
    expect((await world.send('PATCH', path, patch, { 'if-match': body.meta.version })).status).toBe(200)
    expect((await world.send('PUT', path, newUser(), { 'if-match': '*' })).status).toBe(200)
  })
})

test('deleting answers 204; afterwards it is 404 for everything, and the name is free', async () => {
  const { body } = await create()
  const path = `/Users/${body.id}`
  expect(await world.send('DELETE', path)).toMatchObject({ status: 204, text: '' })
  for (const method of ['GET', 'DELETE'] as const) expectError(await world.send(method, path), 404)
  expectError(await world.send('PUT', path, newUser()), 404)
  expectError(await world.send('PATCH', path, { Operations: [{ op: 'add', path: 'title', value: 'x' }] }), 404)
  expect((await world.send('POST', '/Users', newUser({ userName: body.userName }))).status).toBe(201)
})

describe('discovery', () => {
  const open = (path: string) => world.inject({ method: 'GET', url: `/scim/v2/entra${path}` })

  test('needs no credentials, and a wrong one is refused all the same', async () => {
    for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/ResourceTypes/User', '/Schemas']) {
      expect((await open(path)).status).toBe(200)
      expectError(await world.send('GET', path, undefined, { authorization: 'Bearer wrong' }), 401)
    }
    expectError(await world.inject({ method: 'GET', url: '/scim/v2/other/Schemas' }), 401)
  })

  test('says what the service can do', async () => {
    expect((await open('/ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 16_777_216 },
      filter: { supported: true, maxResults: 1_000 },
      etag: { supported: true },
      pagination: { cursor: true, index: true },
    })
  })

  test('lists types and schemas, and gives each by its name', async () => {
    expect((await open('/ResourceTypes')).body).toMatchObject({ totalResults: 2, itemsPerPage: 2 })
    const { body } = await open('/Schemas')
    expect(body.totalResults).toBe(3)
    for (const schema of body.Resources) expect((await open(`/Schemas/${schema.id}`)).body).toEqual(schema)
    expectError(await open('/Schemas/urn:other'), 404)
    expectError(await open('/ResourceTypes/Device'), 404)
  })

  test('cannot be filtered, and ignores the other parameters of lists', async () => {
    expectError(await open('/Schemas?filter=id%20pr'), 403)
    expect((await open('/Schemas?startIndex=2&count=1&sortBy=id')).body.totalResults).toBe(3)
  })

  test('is read only', async () => {
    for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas']) {
      expectError(await world.send('POST', path, {}), 405)
    }
  })
})

describe('bulk', () => {
  const bulk = (Operations: readonly object[], more: object = {}) =>
    world.send('POST', '/Bulk', { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations, ...more })

  test('resolves references, also forward ones, and answers each operation in its place', async () => {
    const user = newUser()
    const answer = await bulk([
      { method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: 'Bulk', members: [{ value: 'bulkId:u' }] } },
      { method: 'POST', path: '/Users', bulkId: 'u', data: user },
      { method: 'POST', path: '/Users', bulkId: 'again', data: user },
      { method: 'PATCH', path: '/Users/bulkId:u', data: { Operations: [{ op: 'add', path: 'title', value: 'x' }] } },
      { method: 'DELETE', path: '/Users/nobody' },
    ])
    expect(answer.status).toBe(200)
    const [group, first, second, patched, deleted] = answer.body.Operations
    expect(group).toMatchObject({ method: 'POST', bulkId: 'g', status: '201', version: 'W/"1"' })
    expect(first).toMatchObject({ status: '201', location: expect.stringContaining(`${base}/Users/`) })
    expect(second).toMatchObject({ status: '409', response: { schemas: [errorUrn], scimType: 'uniqueness' } })
    expect(second).not.toHaveProperty('location')
    expect(patched).toMatchObject({ status: '200', location: first.location })
    expect(deleted).toMatchObject({ status: '404', location: `${base}/Users/nobody` })
    const stored = await world.send('GET', group.location.slice(base.length))
    expect(stored.body.members).toMatchObject([{ value: first.location.split('/').at(-1) }])
  })

  test('two groups that contain each other are both created', async () => {
    const { body } = await bulk([
      { method: 'POST', path: '/Groups', bulkId: 'a', data: { displayName: 'A', members: [{ value: 'bulkId:b' }] } },
      { method: 'POST', path: '/Groups', bulkId: 'b', data: { displayName: 'B', members: [{ value: 'bulkId:a' }] } },
    ])
    const [a, b] = body.Operations
    expect([a.status, b.status]).toEqual(['201', '201'])
    for (const [one, other] of [
      [a, b],
      [b, a],
    ]) {
      const { body: group } = await world.send('GET', one.location.slice(base.length))
      expect(group.members).toMatchObject([{ value: other.location.split('/').at(-1), type: 'Group' }])
    }
  })

  test('stops after as many errors as are allowed', async () => {
    const { body } = await bulk(
      [
        { method: 'DELETE', path: '/Users/a' },
        { method: 'DELETE', path: '/Users/b' },
      ],
      { failOnErrors: 1 },
    )
    expect(body.Operations).toHaveLength(1)
  })

  test('is refused with 413 over its number of operations', async () => {
    const operations = Array.from({ length: 1_001 }, () => ({ method: 'DELETE', path: '/Users/a' }))
    expectError(await bulk(operations), 413)
  })
})

describe('errors', () => {
  test('a method that a path does not have is 405 with Allow, never 404', async () => {
    const { body } = await create()
    for (const [method, path, allow] of [
      ['DELETE', '/Users', 'GET, POST'],
      ['POST', `/Users/${body.id}`, 'GET, PUT, PATCH, DELETE'],
      ['GET', '/Users/.search', 'POST'],
      ['GET', '/Bulk', 'POST'],
      ['PUT', '/Groups', 'GET, POST'],
    ] as const) {
      const answer = await world.send(method, path, method === 'GET' || method === 'DELETE' ? undefined : {})
      expectError(answer, 405)
      expect(answer.headers.allow).toBe(allow)
    }
  })

  test('/Me is 501, a path that nobody knows is 404', async () => {
    expectError(await world.send('GET', '/Me'), 501)
    expectError(await world.send('GET', '/Devices'), 404)
    expectError(await world.send('GET', '/Users/a/b'), 404)
  })

  test('other media types are 415; charset, no type and plain JSON are read', async () => {
    const send = (type: string | undefined) =>
      world.inject({
        method: 'POST',
        url: '/scim/v2/entra/Users',
        headers: { authorization: `Bearer ${world.token}`, ...(type && { 'content-type': type }) },
        payload: JSON.stringify(newUser()),
      })
    expectError(await send('text/plain'), 415)
    expectError(await send('application/xml'), 415)
    for (const type of [
      'application/json',
      'application/scim+json; charset=utf-8',
      'Application/SCIM+JSON',
      undefined,
    ]) {
      expect((await send(type)).status).toBe(201)
    }
  })

  test('a body over the limit is 413', async () => {
    expectError(await create({ title: 'x'.repeat(1_048_576) }), 413)
    const members = Array.from({ length: 20_000 }, (_, index) => ({ value: `${index}${'-'.repeat(60)}` }))
    expect((await world.send('POST', '/Groups', { displayName: 'Large', members })).status).toBe(201)
  })

  test('M-09: a client of version 1.1 is told to use 2.0', async () => {
    const answer = await world.inject({ method: 'GET', url: '/scim/v1/entra/Users' })
    expectError(answer, 404, 'invalidVers')
    expect(answer.body.detail).toContain('SCIM 2.0')
  })

  test('an address that cannot be decoded is 400', async () => {
    expectError(await world.send('GET', '/Users/%zz'), 400, 'invalidSyntax')
  })

  test('what nobody foresaw is 500 without a word about the inside', async () => {
    const broken = await openScimWorld()
    broken.store.raw.exec('drop table scim_user')
    const answer = await broken.send('GET', '/Users/x')
    expectError(answer, 500)
    expect(answer.text).not.toMatch(/scim_user|sqlite/i)
    await broken.close()
  })

  test('outside of /scim there is nothing', async () => {
    for (const url of ['/', '/api/status', '/health', '/metrics']) {
      expect((await world.inject({ method: 'GET', url })).status).toBe(404)
    }
  })
})

test('slashes too many and letters of another case reach the same endpoints', async () => {
  for (const url of ['/scim/v2/entra//Users', '/scim/v2/entra/Users/', '//scim/v2/entra/users', '/scim/v2/entra/']) {
    const answer = await world.inject({ method: 'GET', url, headers: { authorization: `Bearer ${world.token}` } })
    expect(answer.status).toBe(200)
  }
})

test('JSON is answered as plain JSON to who accepts nothing else', async () => {
  for (const [accept, type] of [
    ['application/json', 'application/json'],
    ['application/scim+json', 'application/scim+json'],
    ['application/json, application/scim+json', 'application/scim+json'],
    ['*/*', 'application/scim+json'],
  ] as const) {
    expect((await world.send('GET', '/Users?count=0', undefined, { accept })).headers['content-type']).toBe(type)
  }
})

test('the log has a row for each request, with names of attributes and without values or credentials', async () => {
  const { body } = await create({ password: 'secret-password', title: 'secret-title' })
  await world.send('GET', `/Users/${body.id}`)
  await world.send('PATCH', `/Users/${body.id}`, {
    Operations: [{ op: 'Replace', path: 'emails[value eq "secret-address"].type', value: 'work' }],
  })
  await world.scim.flushLog()
  const rows = world.store.raw.prepare('select * from scim_log where scim_id = ? order by method').all(body.id)
  expect(rows).toMatchObject([
    { method: 'GET', status: 200 },
    { method: 'PATCH', status: 200, attributes: '["emails"]', detail: expect.stringContaining('made from the filter') },
    { method: 'POST', status: 201, subject_name: body.userName, detail: expect.stringContaining('password') },
  ])
  expect(JSON.stringify(rows)).not.toMatch(/secret-/)
  expect(JSON.stringify(rows)).not.toContain(world.token)
})
