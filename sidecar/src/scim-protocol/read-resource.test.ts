import { expect, test } from 'vitest'
import { protocolLimits } from './protocol-limits.ts'
import { readResource } from './read-resource.ts'
import { replaceAttributes } from './replace-resource.ts'
import { ScimError } from './scim-error.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const acme = 'urn:ietf:params:scim:schemas:extension:Acme:2.0:User'

const user = (body: object) => readResource('User', { userName: 'ada', ...body })

function refusalOf(action: () => unknown): ScimError {
  try {
    action()
  } catch (error) {
    if (error instanceof ScimError) return error
    throw error
  }
  throw new Error('was not refused')
}

test.each<[name: string, body: object, attributes: object]>([
  [
    'names in any case get the spelling of their schema',
    { UserNAME: 'eve', Name: { GIVENNAME: 'Ada' } },
    { userName: 'eve', name: { givenName: 'Ada' } },
  ],
  ['null, [], "" and {} are absent', { title: null, emails: [], nickName: '', name: {}, addresses: [null] }, {}],
  [
    'Entra sends addresses: null, roles: [] and manager: null',
    { addresses: null, roles: [], manager: null, department: null },
    {},
  ],
  ['Entra sends department at the top', { department: 'Mathematics' }, { [enterprise]: { department: 'Mathematics' } }],
  ['Entra sends meta and a resource type', { meta: { resourceType: 'User' }, active: true }, { active: true }],
  ['Entra sends True for active', { active: 'True' }, { active: true }],
  [
    'Entra sends the manager as text',
    { [enterprise]: { manager: 'm1' } },
    { [enterprise]: { manager: { value: 'm1' } } },
  ],
  [
    'Entra sends the manager as a list',
    { [enterprise]: { manager: [{ value: 'm1', $ref: null }] } },
    { [enterprise]: { manager: { value: 'm1' } } },
  ],
  [
    'Entra sends a custom extension without naming it in schemas',
    { schemas: [], [acme]: { Badge: 7 } },
    { [acme]: { Badge: 7 } },
  ],
  [
    'Okta sends back id, meta and groups, which are ours',
    { id: 'u1', meta: { version: 'x' }, groups: [{ value: 'g' }], locale: 'en' },
    { locale: 'en' },
  ],
  [
    'the name of the manager is ours',
    { [enterprise]: { manager: { value: 'm1', displayName: 'Eve' } } },
    { [enterprise]: { manager: { value: 'm1' } } },
  ],
  ['authentik sends its id in the body', { id: 'other', displayName: 'Ada' }, { displayName: 'Ada' }],
  [
    'scim-for-keycloak sends keys with dots',
    { 'name.givenName': 'Ada', 'name.familyName': 'L' },
    { name: { givenName: 'Ada', familyName: 'L' } },
  ],
  [
    'a key behind the URN of the core schema is a core attribute',
    { 'urn:ietf:params:scim:schemas:core:2.0:User:title': 'x' },
    { title: 'x' },
  ],
  [
    'a key behind the URN of an extension is its attribute',
    { [`${enterprise}:department`]: 'x' },
    { [enterprise]: { department: 'x' } },
  ],
  [
    'one object where a list is expected is a list of one',
    { emails: { value: 'a@b' } },
    { emails: [{ value: 'a@b' }] },
  ],
  ['a text where an element is expected is its value', { emails: ['a@b'] }, { emails: [{ value: 'a@b' }] }],
  [
    'an element that repeats is one element',
    {
      emails: [
        { type: 'work', value: 'a@b' },
        { type: 'Work', value: 'A@b', display: 'x' },
      ],
    },
    { emails: [{ type: 'Work', value: 'A@b', display: 'x' }] },
  ],
  [
    'values are kept as sent',
    { phoneNumbers: [{ type: 'work', value: ' 0049/170-1 ' }] },
    { phoneNumbers: [{ type: 'work', value: ' 0049/170-1 ' }] },
  ],
  ['a number for a text is text', { [enterprise]: { employeeNumber: 42 } }, { [enterprise]: { employeeNumber: '42' } }],
  [
    'what no schema knows is kept',
    { favourite: { colour: 'blue', none: null }, 'odd key': [1, 2] },
    { favourite: { colour: 'blue' }, 'odd key': [1, 2] },
  ],
  [
    'the URN of another resource type is ignored',
    { 'urn:ietf:params:scim:schemas:core:2.0:Group': { displayName: 'x' } },
    {},
  ],
  [
    'an extension whose URN ends in a name is kept whole',
    { 'urn:example:badges': { colour: 'red' } },
    { 'urn:example:badges': { colour: 'red' } },
  ],
])('%s', (_, body, attributes) => {
  expect(user(body).attributes).toEqual({ userName: 'ada', ...attributes })
})

test('Okta sends a password on create, which is dropped and noted', () => {
  const read = user({ password: 'secret' })
  expect(read.attributes).toEqual({ userName: 'ada' })
  expect(read.passwordSent).toBe(true)
  expect(JSON.stringify(read)).not.toContain('secret')
})

test('keys that reach into JavaScript are inert', () => {
  const body: unknown = JSON.parse('{"userName":"ada","__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}')
  expect(readResource('User', body).attributes).toEqual({ userName: 'ada' })
})

test('Entra creates a group with a schema of its own', () => {
  const schemas = [
    'urn:ietf:params:scim:schemas:core:2.0:Group',
    'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
  ]
  const read = readResource('Group', { schemas, displayName: 'G', externalId: 'x', meta: { resourceType: 'Group' } })
  expect(read).toEqual({
    attributes: { displayName: 'G', externalId: 'x' },
    members: undefined,
    passwordSent: false,
    deviations: [],
  })
})

test.each<[name: string, members: unknown, ids: readonly string[]]>([
  ['Okta sends members with display', [{ value: 'a', display: 'ada' }, { value: 'b' }], ['a', 'b']],
  ['Okta sends an empty list', [], []],
  ['Entra sends $ref: null', [{ $ref: null, value: 'a' }], ['a']],
  ['one member as an object', { value: 'a' }, ['a']],
  ['ids as texts', ['a', 'b'], ['a', 'b']],
  ['a member twice', [{ value: 'a' }, { value: 'a', type: 'User' }], ['a']],
])('members of a group: %s', (_, members, ids) => {
  expect(readResource('Group', { displayName: 'G', Members: members }).members).toEqual(ids)
})

test('ten thousand members are read in one go', () => {
  const members = Array.from({ length: 10_000 }, (_, index) => ({ value: `u${index}` }))
  expect(readResource('Group', { displayName: 'G', members }).members).toHaveLength(10_000)
})

test.each<[name: string, body: unknown, answer: string]>([
  ['a body that is no object', [], 'invalidSyntax'],
  ['a user without a name', {}, 'invalidValue'],
  ['a user with an empty name', { userName: '' }, 'invalidValue'],
  ['true or false that is neither', { userName: 'a', active: 'maybe' }, 'invalidValue'],
  ['an object where a text belongs', { userName: { a: 1 } }, 'invalidValue'],
  [
    'two primary values',
    {
      userName: 'a',
      emails: [
        { value: 'x', primary: true },
        { value: 'y', primary: 'True' },
      ],
    },
    'invalidValue',
  ],
  ['text for an extension', { userName: 'a', [enterprise]: 'x' }, 'invalidValue'],
  ['too long a text', { userName: 'a'.repeat(protocolLimits.textLength + 1) }, 'invalidValue'],
  [
    'too many values',
    { userName: 'a', emails: Array.from({ length: protocolLimits.values + 1 }, (_, i) => `${i}`) },
    'invalidValue',
  ],
  [
    'too many attributes',
    { userName: 'a', ...Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`x${i}`, 1])) },
    'invalidValue',
  ],
  [
    'JSON that is too deep',
    { userName: 'a', x: JSON.parse(`${'['.repeat(2_000)}1${']'.repeat(2_000)}`) as unknown },
    'invalidValue',
  ],
])('refuses %s', (_, body, scimType) => {
  const error = refusalOf(() => readResource('User', body))
  expect(error).toMatchObject({ status: 400, scimType })
  expect(error.message).toMatch(/^.{20,400}\.$/)
})

test('refuses more members than one request may name', () => {
  const members = Array.from({ length: protocolLimits.members + 1 }, (_, index) => `${index}`)
  expect(refusalOf(() => readResource('Group', { displayName: 'G', members }))).toMatchObject({ status: 413 })
})

test('refuses a member without an id', () => {
  expect(refusalOf(() => readResource('Group', { displayName: 'G', members: [{ display: 'x' }] })).scimType).toBe(
    'invalidValue',
  )
})

test('a PUT clears what it leaves out', () => {
  const { attributes, changed } = replaceAttributes({ userName: 'ada', title: 'x', [acme]: { a: 1 } }, user({}))
  expect([attributes, changed]).toEqual([{ userName: 'ada' }, true])
})

test('a PUT without active does not let a leaver in again', () => {
  expect(replaceAttributes({ userName: 'ada', active: false }, user({})).attributes).toEqual({
    userName: 'ada',
    active: false,
  })
})

test('a PUT of the same resource changes nothing, in whatever order its keys are', () => {
  const stored = { name: { familyName: 'L', givenName: 'Ada' }, userName: 'ada' }
  const result = replaceAttributes(stored, user({ name: { givenName: 'Ada', familyName: 'L' } }))
  expect(result.changed).toBe(false)
  expect(result.attributes).toBe(stored)
})
