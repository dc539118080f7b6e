import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerResource, etagOf, type StoredBody } from './answer-resource.ts'
import { listResponse } from './list-response.ts'
import { readProjection } from './projection.ts'
import type { ScimAttributes } from './resource.ts'
import { groupType, userType } from './resource-types.ts'
import { readBody, writeBody } from './stored-body.ts'
import { user } from './testing/arbitrary-filters.ts'

const baseUrl = 'https://sync.example/scim/v2/entra'
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const attributes: ScimAttributes = {
  userName: 'ada',
  externalId: 'e1',
  active: true,
  [enterprise]: { manager: { value: 'm1' } },
  'urn:acme:User': { badge: 7 },
}

const stored = (type: typeof userType, values: ScimAttributes): StoredBody => ({
  type: type.name,
  id: 'r1',
  body: writeBody(type, 'r1', values),
  version: 3,
  created: Date.parse('2024-01-01T00:00:00Z'),
  lastModified: Date.parse('2024-02-01T00:00:00.5Z'),
})

const metaOf = (type: string, path: string) => ({
  resourceType: type,
  created: '2024-01-01T00:00:00.000Z',
  lastModified: '2024-02-01T00:00:00.500Z',
  location: `${baseUrl}/${path}/r1`,
  version: 'W/"3"',
})

describe('answerResource', () => {
  test('answers a user with schemas, id, meta and what was sent', () => {
    expect(JSON.parse(answerResource(stored(userType, attributes), { baseUrl }))).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise, 'urn:acme:User'],
      id: 'r1',
      ...attributes,
      meta: metaOf('User', 'Users'),
    })
  })

  test('answers a group with its members, whose addresses are complete', () => {
    const members = [
      { value: 'u1', type: 'User', display: 'Ada "the" King' },
      { value: 'not here/yet \ud800', type: 'Group' },
    ] as const
    expect(JSON.parse(answerResource(stored(groupType, { displayName: 'Engines' }), { baseUrl, members }))).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      id: 'r1',
      displayName: 'Engines',
      members: [
        { value: 'u1', $ref: `${baseUrl}/Users/u1`, type: 'User', display: 'Ada "the" King' },
        { value: 'not here/yet \ud800', $ref: `${baseUrl}/Groups/not%20here%2Fyet%20%EF%BF%BD`, type: 'Group' },
      ],
      meta: metaOf('Group', 'Groups'),
    })
  })

  test('answers the groups of a user, direct and through others', () => {
    const groups = [
      { value: 'g1', type: 'direct', display: 'Engines' },
      { value: 'g2', type: 'indirect' },
    ] as const
    expect(JSON.parse(answerResource(stored(userType, attributes), { baseUrl, groups }))).toMatchObject({
      groups: [
        { value: 'g1', $ref: `${baseUrl}/Groups/g1`, type: 'direct', display: 'Engines' },
        { value: 'g2', $ref: `${baseUrl}/Groups/g2`, type: 'indirect' },
      ],
    })
  })

  test('no members are no attribute', () => {
    expect(answerResource(stored(groupType, { displayName: 'Engines' }), { baseUrl, members: [] })).not.toContain(
      'members',
    )
  })

  test('leaves members out where they are excluded, whatever is given', () => {
    const projection = readProjection(groupType, [], ['members'])
    const members = [{ value: 'u1', type: 'User' }] as const
    const group = stored(groupType, { displayName: 'Engines' })
    expect(answerResource(group, { baseUrl, projection, members })).toBe(answerResource(group, { baseUrl }))
  })

  test('answers what is asked for alone', () => {
    const projection = readProjection(userType, ['userName', 'meta.location'], [])
    expect(JSON.parse(answerResource(stored(userType, attributes), { baseUrl, projection }))).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise, 'urn:acme:User'],
      id: 'r1',
      userName: 'ada',
      meta: { location: `${baseUrl}/Users/r1` },
    })
  })

  test('meta.version is the ETag', () => {
    expect(JSON.parse(answerResource(stored(userType, attributes), { baseUrl })).meta.version).toBe(etagOf(3))
  })
})

describe('a stored body', () => {
  test('holds every attribute as it was sent', () => {
    fc.assert(
      fc.property(user, ({ attributes: sent }) => {
        expect(readBody(writeBody(userType, 'u1', sent))).toEqual(JSON.parse(JSON.stringify(sent)))
      }),
    )
  })

  test('holds no password and nothing that the service says itself', () => {
    const body = writeBody(userType, 'u1', {
      userName: 'ada',
      password: 'secret',
      id: 'mine',
      meta: { version: 'x' },
      schemas: [],
    })
    expect(JSON.parse(body)).toEqual({ schemas: [userType.schema.urn], id: 'u1', userName: 'ada' })
  })
})

describe('listResponse', () => {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse']

  test('counts what it holds, in integers', () => {
    const page = listResponse({ totalResults: 12, startIndex: 11, resources: ['{"id":"a"}', '{"id":"b"}'] })
    expect(JSON.parse(page)).toEqual({
      schemas,
      totalResults: 12,
      startIndex: 11,
      itemsPerPage: 2,
      Resources: [{ id: 'a' }, { id: 'b' }],
    })
  })

  test('is well-formed without a match', () => {
    expect(JSON.parse(listResponse({ totalResults: 0, startIndex: 1, resources: [] }))).toEqual({
      schemas,
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    })
  })

  test('carries the next cursor, and no index beside it', () => {
    const page = listResponse({ totalResults: undefined, resources: ['{}'], nextCursor: 'abc.def' })
    expect(JSON.parse(page)).toEqual({ schemas, itemsPerPage: 1, nextCursor: 'abc.def', Resources: [{}] })
  })
})
