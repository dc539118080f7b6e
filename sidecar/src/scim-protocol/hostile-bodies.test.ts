import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyPatch } from './apply-patch.ts'
import { type BulkAttempt, bulkAttempts } from './bulk-attempts.ts'
import { resolveBulkIds, withoutBulkIds } from './bulk-references.ts'
import { foldResource } from './fold-resource.ts'
import { planGroupPatch } from './group-patch.ts'
import { identityOfUser } from './identity-of-user.ts'
import { parsePatch } from './patch-message.ts'
import { type BulkOperation, readBulk } from './read-bulk.ts'
import { readResource } from './read-resource.ts'
import type { ResourceTypeName, ScimAttributes } from './resource.ts'
import { ScimError } from './scim-error.ts'
import { sourceGroupOf } from './source-group-of.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const names = [
  'userName',
  'USERNAME',
  'displayName',
  'active',
  'name',
  'name.givenName',
  'emails',
  'emails.value',
  'emails[type eq "work"].value',
  'emails[type eq "work" or not (primary eq true)]',
  'emails[',
  'emails[]',
  'addresses',
  'roles[primary eq "True"].value',
  'members',
  'members[value eq "a"]',
  'manager',
  'manager.value',
  'department',
  enterprise,
  `${enterprise}:manager`,
  `${enterprise}:manager.displayName`,
  'urn:ietf:params:scim:schemas:core:2.0:User',
  'urn:ietf:params:scim:schemas:core:2.0:User:role',
  'urn:x',
  'urn:a:b:User',
  'urn:a:b:User:c.d',
  'urn:ietf:params:scim:api:messages:2.0:PatchOp',
  'id',
  'meta',
  'groups',
  'schemas',
  'password',
  'externalId',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'value',
  'type',
  'primary',
  '$ref',
  '',
  '.',
  'a.b.c',
  'ä',
  ':',
  'x509Certificates',
  'op',
  'path',
  'Operations',
  'method',
  'bulkId',
  'data',
  'version',
  'failOnErrors',
]
const texts = [
  ...names,
  'true',
  'False',
  'add',
  'Replace',
  'REMOVE',
  'POST',
  'put',
  '/Users',
  '/Groups/bulkId:a',
  'bulkId:a',
  'bulkId:',
  'a',
  '\u0000',
  '\ud800',
]
const key = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.string() })
const leaf = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...texts) },
  fc.constantFrom<unknown>(null, true, false, 0, -1.5, 1e308, undefined),
  fc.string(),
)
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))
const operation = fc.record({
  op: fc.constantFrom('add', 'Replace', 'remove'),
  path: fc.option(key, { nil: undefined }),
  value: json,
})
const bulkOperation = fc.record({
  method: fc.constantFrom('POST', 'PATCH', 'DELETE'),
  path: fc.constantFrom('/Users', '/Groups/1', '/Groups/bulkId:b'),
  bulkId: fc.constantFrom('a', 'b', undefined),
  data: json,
})

/** The result, or undefined for a refusal; every other error is a failure of the test. */
function unlessRefused<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    expect(error.message.length).toBeLessThan(500)
    return undefined
  }
}

/** What is kept can be stored, answered, filtered and mapped, and holds nothing that means "no value". */
function isSound(type: ResourceTypeName, attributes: ScimAttributes): void {
  const text = JSON.stringify(attributes)
  expect(JSON.parse(text)).toEqual(attributes)
  expect(holdsNothing(attributes)).toBe(false)
  for (const name of ['id', 'meta', 'password', 'schemas']) expect(attributes).not.toHaveProperty(name)
  foldResource(type, 'x', attributes, { created: 1, lastModified: 2 })
  if (type === 'User') identityOfUser('x', attributes)
  else sourceGroupOf('x', attributes)
}

/** An empty object, list or text within a value, or a key that reaches into JavaScript. */
function holdsNothing(value: unknown): boolean {
  if (typeof value !== 'object') return value === '' || value === undefined
  if (value === null || Object.keys(value).length === 0 || Object.hasOwn(value, '__proto__')) return true
  return Object.values(value).some(holdsNothing)
}

const type = fc.constantFrom<ResourceTypeName>('User', 'Group')

test('whatever a body holds, it is read or refused', () => {
  let read = 0
  fc.assert(
    fc.property(type, json, (typeName, extra) => {
      const body =
        typeof extra === 'object' && extra !== null && !Array.isArray(extra)
          ? { userName: 'ada', displayName: 'G', ...extra }
          : extra
      const resource = unlessRefused(() => readResource(typeName, body))
      if (resource === undefined) return
      read++
      isSound(typeName, resource.attributes)
    }),
    { numRuns: 10_000 },
  )
  expect(read).toBeGreaterThan(500)
})

test('whatever a PATCH holds, it is applied or refused', () => {
  let applied = 0
  fc.assert(
    fc.property(type, json, fc.array(operation, { maxLength: 4 }), (typeName, extra, Operations) => {
      const body = typeof extra === 'object' && extra !== null && !Array.isArray(extra) ? extra : {}
      const attributes = unlessRefused(() =>
        readResource(typeName, { userName: 'ada', displayName: 'G', ...body }),
      )?.attributes
      const result = unlessRefused(() =>
        applyPatch(
          { type: typeName, id: 'x', attributes: attributes ?? { userName: 'ada', displayName: 'G' } },
          parsePatch({ Operations }),
        ),
      )
      unlessRefused(() =>
        planGroupPatch(parsePatch({ Operations })).attributes({ id: 'x', attributes: { displayName: 'G' } }),
      )
      unlessRefused(() => parsePatch(extra))
      if (result === undefined) return
      applied++
      isSound(typeName, result.attributes)
    }),
    { numRuns: 10_000 },
  )
  expect(applied).toBeGreaterThan(500)
})

test('whatever a bulk request holds, it is read or refused', () => {
  fc.assert(
    fc.property(json, fc.array(fc.oneof(bulkOperation, json), { maxLength: 6 }), (extra, Operations) => {
      unlessRefused(() => readBulk(extra))
      const request = unlessRefused(() => readBulk({ Operations }))
      const usable = (request?.operations ?? []).filter((one): one is BulkOperation => one.kind === 'operation')
      const known = new Map<string, string>()
      for (const attempt of bulkAttempts(usable)) attemptOne(attempt, known)
      expect(request?.operations.map(({ index }) => index)).toEqual(Operations.map((_, index) => index))
    }),
    { numRuns: 5_000 },
  )
})

function attemptOne(attempt: BulkAttempt, known: Map<string, string>): void {
  const { data, bulkId } = attempt.operation
  unlessRefused(() => resolveBulkIds(attempt.kind === 'execute' ? withoutBulkIds(data, attempt.without) : data, known))
  if (bulkId !== undefined) known.set(bulkId, `id of ${bulkId}`)
}
