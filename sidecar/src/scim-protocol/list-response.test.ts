import { describe, expect, test } from 'vitest'
import { listResponse, resourceTexts } from './list-response.ts'

describe('listResponse', () => {
  const nothing = resourceTexts([])
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse']

  test('counts what it holds, in integers', () => {
    const page = listResponse({
      totalResults: 12,
      startIndex: 11,
      resources: [resourceTexts(['{"id":"a"}']), nothing, resourceTexts(['{"id":"b"}', '{"id":"Ä"}'])],
    })
    expect(JSON.parse(page)).toEqual({
      schemas,
      totalResults: 12,
      startIndex: 11,
      itemsPerPage: 3,
      Resources: [{ id: 'a' }, { id: 'b' }, { id: 'Ä' }],
    })
  })

  test('is well-formed without a match', () => {
    expect(JSON.parse(listResponse({ totalResults: 0, startIndex: 1, resources: [nothing] }))).toEqual({
      schemas,
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    })
  })

  test('carries the next cursor, and no index beside it', () => {
    const page = listResponse({ totalResults: undefined, resources: [resourceTexts(['{}'])], nextCursor: 'abc.def' })
    expect(JSON.parse(page)).toEqual({ schemas, itemsPerPage: 1, nextCursor: 'abc.def', Resources: [{}] })
  })
})
