import { expect, test } from 'vitest'
import { applyPatch } from './apply-patch.ts'
import { parsePatch } from './patch-message.ts'
import type { ResourceTypeName, ScimAttributes } from './resource.ts'
import { ScimError } from './scim-error.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const work = { type: 'work', value: 'ada@work.example' }
const home = { type: 'home', value: 'ada@home.example' }
const ada: ScimAttributes = { userName: 'ada', active: true }

function patch(type: ResourceTypeName, attributes: ScimAttributes, ...Operations: readonly unknown[]) {
  return applyPatch({ type, id: 'u1', attributes }, parsePatch({ Operations }))
}

function refusal(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof ScimError) return `${error.status} ${error.scimType}`
    throw error
  }
  return 'no refusal'
}

const kinds = (result: ReturnType<typeof patch>) => result.deviations.map(({ kind }) => kind)

/** One operation on a user, and the attributes after it beside `userName` and `active`. */
interface Row {
  readonly name: string
  readonly before?: ScimAttributes
  readonly operation: unknown
  readonly after: ScimAttributes
}

const rfc: readonly Row[] = [
  {
    name: 'add without a path merges the attributes of the value',
    before: { title: 'Countess' },
    operation: { op: 'add', value: { nickName: 'Ada', title: 'Analyst' } },
    after: { title: 'Analyst', nickName: 'Ada' },
  },
  {
    name: 'add of a singular attribute replaces its value',
    before: { title: 'Countess' },
    operation: { op: 'add', path: 'title', value: 'Analyst' },
    after: { title: 'Analyst' },
  },
  {
    name: 'add to a multi-valued attribute appends',
    before: { emails: [work] },
    operation: { op: 'add', path: 'emails', value: [home] },
    after: { emails: [work, home] },
  },
  {
    name: 'add to a complex attribute merges the sub-attributes',
    before: { name: { givenName: 'Ada', familyName: 'Byron' } },
    operation: { op: 'add', path: 'name', value: { familyName: 'Lovelace' } },
    after: { name: { givenName: 'Ada', familyName: 'Lovelace' } },
  },
  {
    name: 'replace of a complex attribute keeps the sub-attributes that it does not name',
    before: { name: { givenName: 'Ada', familyName: 'Byron' } },
    operation: { op: 'replace', path: 'name', value: { familyName: 'Lovelace' } },
    after: { name: { givenName: 'Ada', familyName: 'Lovelace' } },
  },
  {
    name: 'remove of a multi-valued attribute without a filter removes every value',
    before: { emails: [work, home] },
    operation: { op: 'remove', path: 'emails' },
    after: {},
  },
  {
    name: 'remove by a value path removes the matching elements',
    before: { emails: [work, home] },
    operation: { op: 'remove', path: 'emails[type eq "work" and value ew "work.example"]' },
    after: { emails: [home] },
  },
  {
    name: 'remove of a sub-attribute by a value path keeps the element',
    before: { emails: [{ ...work, display: 'Ada' }] },
    operation: { op: 'remove', path: 'emails[type eq "work"].display' },
    after: { emails: [work] },
  },
  {
    name: 'remove by a value path that matches nothing succeeds',
    before: { emails: [work] },
    operation: { op: 'remove', path: 'emails[type eq "other"]' },
    after: { emails: [work] },
  },
  {
    name: 'remove of a sub-attribute leaves the others',
    before: { name: { givenName: 'Ada', familyName: 'Byron' } },
    operation: { op: 'remove', path: 'name.familyName' },
    after: { name: { givenName: 'Ada' } },
  },
  {
    name: 'remove of the last sub-attribute leaves no attribute',
    before: { name: { familyName: 'Byron' } },
    operation: { op: 'remove', path: 'name.familyName' },
    after: {},
  },
  {
    name: 'replace without a path replaces each attribute of the value',
    before: { title: 'Countess', emails: [work] },
    operation: { op: 'replace', value: { title: 'Analyst', emails: [home] } },
    after: { title: 'Analyst', emails: [home] },
  },
  {
    name: 'replace of a multi-valued attribute without a filter replaces every value',
    before: { emails: [work, home] },
    operation: { op: 'replace', path: 'emails', value: [{ value: 'new@example.org' }] },
    after: { emails: [{ value: 'new@example.org' }] },
  },
  {
    name: 'replace of an absent attribute adds it',
    operation: { op: 'replace', path: 'title', value: 'Analyst' },
    after: { title: 'Analyst' },
  },
  {
    name: 'replace by a value path replaces the whole of every matching element',
    before: {
      addresses: [
        { type: 'work', locality: 'London', country: 'GB' },
        { type: 'home', locality: 'Paris' },
      ],
    },
    operation: {
      op: 'replace',
      path: 'addresses[type eq "work"]',
      value: { type: 'work', streetAddress: '911 Universal City Plaza' },
    },
    after: {
      addresses: [
        { type: 'work', streetAddress: '911 Universal City Plaza' },
        { type: 'home', locality: 'Paris' },
      ],
    },
  },
  {
    name: 'replace by a value path with a sub-attribute changes that one of every matching element',
    before: { addresses: [{ type: 'work', locality: 'London', country: 'GB' }] },
    operation: { op: 'replace', path: 'addresses[type eq "work"].locality', value: 'Oxford' },
    after: { addresses: [{ type: 'work', locality: 'Oxford', country: 'GB' }] },
  },
  {
    name: 'an operation that makes an element primary takes it from the others',
    before: { emails: [{ ...work, primary: true }, home] },
    operation: { op: 'replace', path: 'emails[type eq "home"].primary', value: true },
    after: {
      emails: [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    },
  },
  {
    name: 'an added primary element takes it from the others',
    before: { emails: [{ ...work, primary: true }] },
    operation: { op: 'add', path: 'emails', value: [{ ...home, primary: true }] },
    after: {
      emails: [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    },
  },
  {
    name: 'names, operators of a path and URNs are read in any case',
    before: { emails: [work] },
    operation: { op: 'replace', path: 'EMAILS[Type EQ "WORK"].Value', value: 'new@work.example' },
    after: { emails: [{ type: 'work', value: 'new@work.example' }] },
  },
  {
    name: 'a bracket within quotes is part of the value',
    before: { emails: [{ type: 'a]"b', value: 'x@example.org' }, home] },
    operation: { op: 'remove', path: 'emails[type eq "a]\\"b"]' },
    after: { emails: [home] },
  },
]

const dialects: readonly Row[] = [
  {
    name: 'Entra writes Add, Replace and Remove with capitals',
    before: { title: 'Countess' },
    operation: { op: 'Replace', path: 'title', value: 'Analyst' },
    after: { title: 'Analyst' },
  },
  ...['False', 'false', 'FALSE'].map((value) => ({
    name: `Entra disables with the text ${value}`,
    operation: { op: 'Replace', path: 'active', value },
    after: { active: false },
  })),
  {
    name: 'Entra enables with the text True',
    before: { active: false },
    operation: { op: 'Replace', path: 'active', value: 'True' },
    after: { active: true },
  },
  ...['Add', 'Replace'].map((op) => ({
    name: `Entra writes the work e-mail of a user without one by ${op}`,
    before: { emails: [home] },
    operation: { op, path: 'emails[type eq "work"].value', value: 'ada@work.example' },
    after: { emails: [home, work] },
  })),
  {
    name: 'Entra writes the street of a user without a work address',
    operation: { op: 'Add', path: 'addresses[type eq "work"].streetAddress', value: '1 Main Street' },
    after: { addresses: [{ type: 'work', streetAddress: '1 Main Street' }] },
  },
  {
    name: 'Entra writes the mobile number of a user without one, and it is kept as sent',
    operation: { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+49 (170) 12-34' },
    after: { phoneNumbers: [{ type: 'mobile', value: '+49 (170) 12-34' }] },
  },
  {
    name: 'Entra keeps the spelling of the type that it selects by',
    operation: { op: 'Add', path: 'addresses[type eq "Büro"].locality', value: 'Berlin' },
    after: { addresses: [{ type: 'Büro', locality: 'Berlin' }] },
  },
  {
    name: 'Entra selects a role by the text True',
    before: { roles: [{ primary: true, value: 'User' }] },
    operation: { op: 'Replace', path: 'roles[primary eq "True"].value', value: 'Admin' },
    after: { roles: [{ primary: true, value: 'Admin' }] },
  },
  {
    name: 'Entra writes a primary role to a user without roles',
    operation: { op: 'Add', path: 'roles[primary eq "True"].value', value: 'Admin' },
    after: { roles: [{ primary: true, value: 'Admin' }] },
  },
  {
    name: 'Entra with aadOptscim062020 sends keys with dots and URNs',
    before: { name: { familyName: 'Byron' } },
    operation: {
      op: 'replace',
      value: { 'name.givenName': 'Ada', [`${enterprise}:employeeNumber`]: '42', 'emails[type eq "work"].value': 'a@b' },
    },
    after: {
      name: { familyName: 'Byron', givenName: 'Ada' },
      [enterprise]: { employeeNumber: '42' },
      emails: [{ type: 'work', value: 'a@b' }],
    },
  },
  {
    name: 'an object under the URN of an extension is merged into it',
    before: { [enterprise]: { department: 'Mathematics', division: 'A' } },
    operation: { op: 'replace', value: { [enterprise]: { division: 'B' } } },
    after: { [enterprise]: { department: 'Mathematics', division: 'B' } },
  },
  {
    name: 'Okta disables without a path',
    operation: { op: 'replace', value: { active: false } },
    after: { active: false },
  },
  ...[`${enterprise}:manager`, 'manager'].map((path) => ({
    name: `Entra sends the manager as text to ${path}`,
    operation: { op: 'Add', path, value: 'm1' },
    after: { [enterprise]: { manager: { value: 'm1' } } },
  })),
  {
    name: 'Entra sends the manager as a list of one object',
    before: { [enterprise]: { manager: { value: 'm0', $ref: '../Users/m0' } } },
    operation: { op: 'Add', path: 'manager', value: [{ $ref: null, value: 'm1' }] },
    after: { [enterprise]: { manager: { value: 'm1' } } },
  },
  ...['', null].map((value) => ({
    name: `Entra clears the manager with ${JSON.stringify(value)}`,
    before: { [enterprise]: { manager: { value: 'm1' } } },
    operation: { op: 'Replace', path: `${enterprise}:manager`, value },
    after: {},
  })),
  ...['', null].map((value) => ({
    name: `Entra clears a text with ${JSON.stringify(value)}`,
    before: { title: 'Countess' },
    operation: { op: 'Replace', path: 'title', value },
    after: {},
  })),
  {
    name: 'Entra adds a role whose value is a JSON document',
    operation: { op: 'Add', path: 'roles', value: [{ value: '{"id":"18d1","value":null,"displayName":"User"}' }] },
    after: { roles: [{ value: '{"id":"18d1","value":null,"displayName":"User"}' }] },
  },
  {
    name: 'Entra writes a custom attribute behind the URN of the core schema',
    operation: { op: 'Add', path: 'urn:ietf:params:scim:schemas:core:2.0:User:role', value: 'guest' },
    after: { role: 'guest' },
  },
  {
    name: 'Entra writes a core attribute behind the URN of the core schema',
    operation: { op: 'Add', path: 'urn:ietf:params:scim:schemas:core:2.0:User:name.givenName', value: 'Ada' },
    after: { name: { givenName: 'Ada' } },
  },
  {
    name: 'Entra writes an attribute of a custom extension',
    before: { 'urn:ietf:params:scim:schemas:extension:Acme:2.0:User': { badge: '7' } },
    operation: { op: 'Add', path: 'urn:ietf:params:scim:schemas:extension:acme:2.0:User:Badge', value: '8' },
    after: { 'urn:ietf:params:scim:schemas:extension:Acme:2.0:User': { badge: '8' } },
  },
  {
    name: 'JumpCloud adds one object where a list is expected',
    before: { emails: [work] },
    operation: { op: 'add', path: 'emails', value: home },
    after: { emails: [work, home] },
  },
  {
    name: 'Ping writes the type in capitals and means the same value',
    before: { emails: [work] },
    operation: { op: 'add', path: 'emails', value: [{ type: 'Work', value: 'ada@work.example' }] },
    after: { emails: [{ type: 'Work', value: 'ada@work.example' }] },
  },
  {
    name: 'Ping sends empty photo values',
    before: { photos: [{ type: 'photo', value: 'https://example.org/a.png' }] },
    operation: { op: 'replace', path: 'photos', value: [{ type: 'photo', value: '' }] },
    after: { photos: [{ type: 'photo' }] },
  },
  {
    name: 'a client that replaces an element without its type keeps it selectable',
    before: { emails: [work] },
    operation: { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'new@work.example' } },
    after: { emails: [{ type: 'work', value: 'new@work.example' }] },
  },
  {
    name: 'Entra names the e-mail to remove in the value',
    before: { emails: [work, home] },
    operation: { op: 'Remove', path: 'emails', value: [{ type: 'work', value: 'ADA@work.example' }] },
    after: { emails: [home] },
  },
  {
    name: 'Entra sends a password, which is not kept',
    operation: { op: 'Add', path: 'password', value: 'secret' },
    after: {},
  },
]

test.each([...rfc, ...dialects])('$name', ({ before = {}, operation, after }) => {
  const result = patch('User', { ...ada, ...before }, operation)
  expect(result.attributes).toEqual({
    ...ada,
    ...(before.active === undefined ? {} : { active: before.active }),
    ...after,
  })
})

test.each(rfc.filter(({ name }) => !/case|matches nothing/.test(name)))(
  'strict clients are not told that they deviate: $name',
  ({ before = {}, operation }) => {
    expect(patch('User', { ...ada, ...before }, operation).deviations).toEqual([])
  },
)

test.each(
  dialects.filter(
    ({ name }) => !/^(Okta|an object)|behind the URN|kept as sent|JSON document|custom ext|capitals and/.test(name),
  ),
)('the provisioning log says how the request deviated: $name', ({ before = {}, operation }) => {
  expect(patch('User', { ...ada, ...before }, operation).deviations).not.toEqual([])
})

test('deviations name attributes and never values', () => {
  const result = patch('User', ada, { op: 'Add', path: 'emails[type eq "secret"].value', value: 'secret@example.org' })
  expect(kinds(result)).toEqual(['operatorCase', 'valueCreatedFromFilter'])
  expect(JSON.stringify(result.deviations)).not.toContain('secret')
})

test.each([
  ['remove without a path', { op: 'remove' }, '400 noTarget'],
  ['remove of a required attribute', { op: 'remove', path: 'userName' }, '400 mutability'],
  ['remove of a readOnly attribute', { op: 'remove', path: 'meta' }, '400 mutability'],
  ['remove of active, which would let somebody in again', { op: 'remove', path: 'active' }, '400 mutability'],
  ['an empty active', { op: 'replace', path: 'active', value: null }, '400 invalidValue'],
  ['an empty user name', { op: 'replace', path: 'userName', value: '' }, '400 invalidValue'],
  ['a readOnly attribute', { op: 'replace', path: 'groups', value: [{ value: 'g' }] }, '400 mutability'],
  ['a readOnly sub-attribute', { op: 'add', path: 'manager.displayName', value: 'Eve' }, '400 mutability'],
  ['another id', { op: 'replace', value: { id: 'u2' } }, '400 mutability'],
  [
    'a value path without match that says more than eq',
    { op: 'replace', path: 'emails[type sw "w"].value', value: 'x' },
    '400 noTarget',
  ],
  [
    'a value path without match joined by or',
    { op: 'add', path: 'emails[type eq "a" or type eq "b"].value', value: 'x' },
    '400 noTarget',
  ],
  ['a path of three names', { op: 'add', path: 'name.given.name', value: 'x' }, '400 invalidPath'],
  ['a sub-attribute of a text', { op: 'add', path: 'title.short', value: 'x' }, '400 invalidPath'],
  ['brackets behind a text', { op: 'add', path: 'title[value eq "x"]', value: 'x' }, '400 invalidPath'],
  ['brackets that do not close', { op: 'remove', path: 'emails[type eq "work"' }, '400 invalidPath'],
  ['a filter that is none', { op: 'remove', path: 'emails[type is "work"]' }, '400 invalidFilter'],
  ['a path that reaches into JavaScript', { op: 'add', path: '__proto__', value: { admin: true } }, '400 invalidPath'],
  ['an operation without a value', { op: 'replace', path: 'title' }, '400 invalidValue'],
  ['an operation without path and object', { op: 'replace', value: 'x' }, '400 invalidValue'],
  ['a text that is neither true nor false', { op: 'replace', path: 'active', value: 'yes' }, '400 invalidValue'],
  ['an object for a text', { op: 'replace', path: 'title', value: { a: 1 } }, '400 invalidValue'],
  ['several texts for one', { op: 'replace', path: 'title', value: ['a', 'b'] }, '400 invalidValue'],
  ['a text for a name', { op: 'replace', path: 'name', value: 'Ada Lovelace' }, '400 invalidValue'],
  [
    'two primary values',
    {
      op: 'add',
      path: 'emails',
      value: [
        { value: 'a', primary: true },
        { value: 'b', primary: true },
      ],
    },
    '400 invalidValue',
  ],
  ['a removal whose list is empty', { op: 'remove', path: 'emails', value: [] }, '400 invalidValue'],
])('refuses %s', (_, operation, answer) => {
  expect(refusal(() => patch('User', { ...ada, emails: [home] }, operation))).toBe(answer)
})

test('refuses a sub-attribute of several values at once, because it does not say which', () => {
  const operation = { op: 'replace', path: 'emails.value', value: 'x' }
  expect(refusal(() => patch('User', { ...ada, emails: [work, home] }, operation))).toBe('400 invalidPath')
})

test('operations see the result of those before them', () => {
  const result = patch(
    'User',
    ada,
    { op: 'add', path: 'emails', value: [work] },
    { op: 'replace', path: 'emails[type eq "work"].display', value: 'Ada' },
  )
  expect(result.attributes.emails).toEqual([{ ...work, display: 'Ada' }])
})

test.each([
  ['an equal element', { op: 'add', path: 'emails', value: [{ ...work, primary: false }] }],
  ['an equal value', { op: 'replace', path: 'title', value: 'Analyst' }],
  ['nothing', { op: 'add', path: 'emails', value: [] }],
  ['an absent element to remove', { op: 'remove', path: 'phoneNumbers[type eq "fax"]' }],
  ['an absent attribute to remove', { op: 'remove', path: 'nickName' }],
  ['its own id', { op: 'replace', value: { id: 'u1', title: 'Analyst' } }],
])('%s changes nothing', (_, operation) => {
  const before = { ...ada, title: 'Analyst', emails: [work] }
  const result = patch('User', before, operation)
  expect(result.changed).toBe(false)
  expect(result.attributes).toBe(before)
})

test('what is undone within one request changes nothing', () => {
  const result = patch('User', ada, { op: 'add', path: 'title', value: 'x' }, { op: 'remove', path: 'title' })
  expect(result.changed).toBe(false)
})

test('Okta and authentik send the own id of a group with its new name', () => {
  const result = patch('Group', { displayName: 'Old' }, { op: 'replace', value: { id: 'u1', displayName: 'New' } })
  expect(result).toEqual({
    attributes: { displayName: 'New' },
    changed: true,
    deviations: [{ kind: 'ownId', attribute: 'id' }],
  })
})

test('Entra adds an externalId to a group that has one', () => {
  const result = patch('Group', { displayName: 'G', externalId: 'a' }, { op: 'Add', path: 'externalId', value: 'b' })
  expect(result.attributes.externalId).toBe('b')
})

test('keys that reach into JavaScript are inert, wherever they stand', () => {
  const value: unknown = JSON.parse(
    '{"__proto__":{"admin":true},"constructor":{"x":1},"name":{"__proto__":{"y":1},"givenName":"Ada"},"extra":{"prototype":{"z":1},"a":1}}',
  )
  const { attributes } = patch('User', ada, { op: 'add', value })
  expect(attributes).toEqual({ ...ada, name: { givenName: 'Ada' }, extra: { a: 1 } })
  expect(({} as Record<string, unknown>).admin).toBeUndefined()
})

test('names that every JavaScript object has are names like any other', () => {
  const first = patch('User', ada, { op: 'add', path: 'toString', value: 'x' })
  expect(first.attributes.toString).toBe('x')
  expect(patch('User', first.attributes, { op: 'remove', path: 'tostring' }).attributes).toEqual(ada)
})

test('attributes that no schema knows are lists, objects or texts as they were sent', () => {
  const added = patch('User', ada, { op: 'add', value: { tags: ['a'], desk: { floor: 1 } } }).attributes
  const changed = patch(
    'User',
    added,
    { op: 'add', path: 'tags', value: ['a', 'b'] },
    { op: 'add', path: 'Desk.room', value: '7' },
    { op: 'replace', path: 'keys[type eq "car"].value', value: 'k1' },
  )
  expect(changed.attributes).toEqual({
    ...ada,
    tags: ['a', 'b'],
    desk: { floor: 1, room: '7' },
    keys: [{ type: 'car', value: 'k1' }],
  })
})

const thousand = Array.from({ length: 1_000 }, (_, index) => ({ type: 'work', value: `v${index}` }))
const times = (count: number, operation: (index: number) => unknown) =>
  Array.from({ length: count }, (_, index) => operation(index))

test.each([
  [
    'many edits of many values',
    times(1_000, (index) => ({ op: 'replace', path: 'emails[type eq "work"].display', value: `${index}` })),
    413,
  ],
  [
    'one long filter over many values',
    [
      { op: 'remove', path: `emails[${times(400, (index) => `value eq "x${index}"`).join(' or ')}]` },
      ...times(20, (index) => ({
        op: 'remove',
        path: `emails[${times(400, () => 'display pr').join(' or ')} or value eq "${index}"]`,
      })),
    ],
    413,
  ],
  ['more values than one attribute may have', [{ op: 'add', path: 'emails', value: 'one more' }], 400],
  [
    'an object of very many parts',
    [
      {
        op: 'add',
        path: 'emails',
        value: Object.fromEntries(times(50_000, (index) => [`x${index}`, 1]) as [string, number][]),
      },
    ],
    400,
  ],
  [
    'removals of very many partial values',
    [{ op: 'remove', path: 'emails', value: times(20_000, (index) => ({ display: `${index}` })) }],
    413,
  ],
  ['more operations than one request may have', times(1_001, () => ({ op: 'remove', path: 'title' })), 413],
])('cannot be kept busy by %s', (_, operations, status) => {
  const started = performance.now()
  expect(() => patch('User', { ...ada, emails: thousand }, ...operations)).toThrow(expect.objectContaining({ status }))
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('many values are removed by many values in one go', () => {
  const value = times(900, (index) => ({ value: `V${index}` }))
  const { attributes } = patch('User', { ...ada, emails: thousand }, { op: 'remove', path: 'emails', value })
  expect(attributes.emails).toHaveLength(100)
})

test.each([
  ['by value, whatever the type', { value: 'A@x' }, ['home b@x', 'work -']],
  ['by value and type', { value: 'a@x', type: 'WORK' }, ['home a@x', 'home b@x', 'work -']],
  ['by everything said, without a value', { type: 'work', primary: false }, ['home a@x', 'home b@x']],
])('a removal names elements %s', (_, value, left) => {
  const emails = [
    { type: 'work', value: 'a@x' },
    { type: 'home', value: 'a@x' },
    { type: 'home', value: 'b@x' },
    { type: 'work', display: 'x' },
  ]
  const { attributes } = patch('User', { ...ada, emails }, { op: 'remove', path: 'emails', value: [value] })
  expect(
    (attributes.emails as { type: string; value?: string }[]).map((email) => `${email.type} ${email.value ?? '-'}`),
  ).toEqual(left)
})
