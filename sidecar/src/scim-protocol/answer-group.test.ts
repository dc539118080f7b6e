import { describe, expect, test } from 'vitest'
import { answerGroup } from './answer-group.ts'
import { etagOf } from './meta-text.ts'
import { readProjection } from './projection.ts'
import type { ScimAttributes } from './resource.ts'
import { groupType } from './resource-types.ts'
import { type StoredBody, writeBody } from './stored-body.ts'

const baseUrl = 'https://sync.example/scim/v2/entra'

const stored = (attributes: ScimAttributes): StoredBody => ({
  type: 'Group',
  id: 'r1',
  body: writeBody(groupType, 'r1', attributes),
  version: 3,
  created: Date.parse('2024-01-01T00:00:00Z'),
  lastModified: Date.parse('2024-02-01T00:00:00.5Z'),
})
const engines = stored({ displayName: 'Engines', 'urn:acme:Group': { badge: 7 } })

describe('answerGroup', () => {
  test('answers a group with schemas, id, meta, what was sent, and members whose addresses are complete', () => {
    const members = [
      { value: 'u1', type: 'User', display: 'Ada "the" King' },
      { value: 'not here/yet \ud800', type: 'Group' },
    ] as const
    expect(JSON.parse(answerGroup(engines, { baseUrl, members }))).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group', 'urn:acme:Group'],
      id: 'r1',
      displayName: 'Engines',
      'urn:acme:Group': { badge: 7 },
      members: [
        { value: 'u1', $ref: `${baseUrl}/Users/u1`, type: 'User', display: 'Ada "the" King' },
        { value: 'not here/yet \ud800', $ref: `${baseUrl}/Groups/not%20here%2Fyet%20%EF%BF%BD`, type: 'Group' },
      ],
      meta: {
        resourceType: 'Group',
        created: '2024-01-01T00:00:00.000Z',
        lastModified: '2024-02-01T00:00:00.500Z',
        location: `${baseUrl}/Groups/r1`,
        version: 'W/"3"',
      },
    })
  })

  test('no members are no attribute', () => {
    expect(answerGroup(engines, { baseUrl, members: [] })).not.toContain('members')
  })

  test('leaves members out where they are excluded, whatever is given', () => {
    const projection = readProjection(groupType, [], ['members'])
    const members = [{ value: 'u1', type: 'User' }] as const
    expect(answerGroup(engines, { baseUrl, projection, members })).toBe(answerGroup(engines, { baseUrl }))
  })

  test('answers what is asked for alone', () => {
    const projection = readProjection(groupType, ['displayName', 'meta.location'], [])
    expect(JSON.parse(answerGroup(engines, { baseUrl, projection }))).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group', 'urn:acme:Group'],
      id: 'r1',
      displayName: 'Engines',
      meta: { location: `${baseUrl}/Groups/r1` },
    })
  })

  test('meta.version is the ETag', () => {
    expect(JSON.parse(answerGroup(engines, { baseUrl })).meta.version).toBe(etagOf(3))
  })
})
