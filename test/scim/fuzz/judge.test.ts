import { expect, test } from 'vitest'
import { judge } from './judge.ts'
import type { FuzzRequest } from './random-requests.ts'

const list: FuzzRequest = { method: 'GET', path: '/Users', headers: {}, body: undefined, expected: 'refused' }
const type = 'application/scim+json'
const error = (status: number, more = {}) => ({
  status,
  type,
  text: JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    detail: 'There is nothing like that here.',
    ...more,
  }),
})

test.each([
  ['a fault', list, error(500)],
  ['a method of /Users that does not exist', list, error(501)],
  ['a page of the framework', list, { status: 404, type: 'text/html', text: '<h1>404</h1>' }],
  ['an error that is none of SCIM', list, { status: 404, type, text: '{"statusCode":404,"message":"Not Found"}' }],
  ['a status as a number', list, error(404, { status: 404 })],
  ['a sentence that tells of SQL', list, error(400, { detail: 'SqliteError: no such column: x' })],
  ['a list for a filter that is none', list, { status: 200, type, text: '{"totalResults":7}' }],
  [
    'people for a filter of nobody',
    { ...list, expected: 'empty' as const },
    { status: 200, type, text: '{"totalResults":1}' },
  ],
])('%s is noticed', (_, request, reply) => {
  expect(judge(request, reply)).not.toEqual([])
})

test.each([
  ['a refusal', list, error(400)],
  ['nobody', { ...list, expected: 'empty' as const }, { status: 200, type, text: '{"totalResults":0}' }],
  ['/Me', { ...list, path: '/Me' }, error(501)],
  ['an empty 204', { ...list, method: 'DELETE' }, { status: 204, type: '', text: '' }],
])('%s is as it should be', (_, request, reply) => {
  expect(judge(request, reply)).toEqual([])
})
