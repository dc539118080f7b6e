import { expect, test } from 'vitest'
import { type BulkAttempt, bulkAttempts } from './bulk-attempts.ts'
import { bulkReferences, resolveBulkIds, withoutBulkIds } from './bulk-references.ts'
import { type BulkOperation, bulkPayloadTooLarge, readBulk } from './read-bulk.ts'

const post = (bulkId: string, ...members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName: bulkId, members: members.map((value) => ({ value: `bulkId:${value}` })) },
})

function attemptsOf(...operations: object[]): string[] {
  const read = readBulk({ Operations: operations }).operations
  return bulkAttempts(read.filter((operation): operation is BulkOperation => operation.kind === 'operation')).map(print)
}

function print(attempt: BulkAttempt): string {
  const { index, method } = attempt.operation
  const without = attempt.kind === 'execute' && attempt.without.size > 0 ? ` without ${[...attempt.without]}` : ''
  return `${attempt.kind} ${method} ${index}${without}`
}

test('reads operations, their type, id, version and references', () => {
  const data = { schemas: [], Operations: [{ op: 'add', path: 'members', value: [{ value: 'bulkId:ada' }] }] }
  const { operations, failOnErrors } = readBulk({
    failOnErrors: 2,
    operations: [{ method: 'patch', path: '/Groups/g%201', version: 'W/"3"', data }],
  })
  expect(failOnErrors).toBe(2)
  expect(operations).toEqual([
    {
      kind: 'operation',
      index: 0,
      method: 'PATCH',
      bulkId: undefined,
      type: 'Group',
      id: 'g 1',
      version: 'W/"3"',
      data,
      references: new Set(['ada']),
    },
  ])
})

test.each([
  ['no method', { path: '/Users' }],
  ['an unknown method', { method: 'GET', path: '/Users/1' }],
  ['a POST without bulkId', { method: 'POST', path: '/Users', data: {} }],
  ['a POST to a resource', { method: 'POST', path: '/Users/1', bulkId: 'x' }],
  ['a PUT to a collection', { method: 'PUT', path: '/Users' }],
  ['an endpoint that is none', { method: 'DELETE', path: '/Devices/1' }],
  ['a path that is badly encoded', { method: 'DELETE', path: '/Users/%zz' }],
  ['no operation at all', 'x'],
  [
    'data that is too deep',
    { method: 'PUT', path: '/Users/1', data: JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown },
  ],
])('%s is refused alone', (_, operation) => {
  const { operations } = readBulk({ Operations: [operation, { method: 'DELETE', path: '/Users/1' }] })
  expect(operations).toMatchObject([
    { kind: 'refused', error: { status: 400, scimType: 'invalidSyntax' } },
    { kind: 'operation' },
  ])
})

test('the second use of a bulkId is refused', () => {
  expect(readBulk({ Operations: [post('a'), post('a')] }).operations).toMatchObject([
    { kind: 'operation' },
    { kind: 'refused' },
  ])
})

test.each([[0], ['2'], [1.5], [-1]])('failOnErrors of %j is refused', (failOnErrors) => {
  expect(() => readBulk({ failOnErrors, Operations: [] })).toThrow(
    expect.objectContaining({ scimType: 'invalidSyntax' }),
  )
})

test('too many operations and too many bytes are refused with 413, naming the limit', () => {
  expect(() => readBulk({ Operations: [post('a'), post('b')] }, 1)).toThrow(expect.objectContaining({ status: 413 }))
  expect(() => readBulk({ Operations: [post('a'), post('b')] }, 1)).toThrow('1 operations (maxOperations)')
  expect(bulkPayloadTooLarge(1_000)).toMatchObject({
    status: 413,
    message: expect.stringContaining('1000 bytes (maxPayloadSize)'),
  })
})

test('operations keep their order where nothing refers forward', () => {
  expect(attemptsOf(post('a'), post('b', 'a'), { method: 'DELETE', path: '/Users/1' })).toEqual([
    'execute POST 0',
    'execute POST 1',
    'execute DELETE 2',
  ])
})

test('what is referred to is created first', () => {
  expect(attemptsOf(post('a', 'b'), post('b', 'c'), post('c'))).toEqual([
    'execute POST 2',
    'execute POST 1',
    'execute POST 0',
  ])
})

test('a path can refer to what the request creates', () => {
  expect(attemptsOf({ method: 'DELETE', path: '/Groups/bulkId:a' }, post('a'))).toEqual([
    'execute POST 1',
    'execute DELETE 0',
  ])
})

test('a circle is created in part and completed at the end', () => {
  expect(attemptsOf(post('a', 'b'), post('b', 'a'))).toEqual([
    'execute POST 1 without a',
    'execute POST 0',
    'complete POST 1',
  ])
})

test('who refers to himself is completed at the end', () => {
  expect(attemptsOf(post('a', 'a'))).toEqual(['execute POST 0 without a', 'complete POST 0'])
})

test('a chain of a thousand is ordered', () => {
  const chain = Array.from({ length: 1_000 }, (_, index) => post(`${index}`, `${index + 1}`))
  expect(attemptsOf(...chain)[0]).toBe('execute POST 999')
})

test('references are found and resolved wherever they stand', () => {
  const data = {
    members: [{ value: 'bulkId:a', $ref: '../Users/bulkId:a' }],
    manager: { value: 'bulkId:b c' },
    Operations: [{ path: 'members[value eq "bulkId:a"]' }],
    text: 'not a bulkId:x reference',
  }
  expect(bulkReferences(data)).toEqual(new Set(['a', 'b c']))
  expect(
    resolveBulkIds(
      data,
      new Map([
        ['a', '1'],
        ['b c', '2'],
      ]),
    ),
  ).toEqual({
    members: [{ value: '1', $ref: '../Users/1' }],
    manager: { value: '2' },
    Operations: [{ path: 'members[value eq "1"]' }],
    text: 'not a bulkId:x reference',
  })
})

test('a reference to what was not created is a conflict', () => {
  expect(() => resolveBulkIds('bulkId:a', new Map())).toThrow(expect.objectContaining({ status: 409 }))
})

test('what refers to something later is left out whole', () => {
  const data = { displayName: 'x', members: [{ value: 'bulkId:a', type: 'Group' }, { value: 'bulkId:b' }] }
  expect(withoutBulkIds(data, new Set(['a']))).toEqual({ displayName: 'x', members: [{ value: 'bulkId:b' }] })
})
