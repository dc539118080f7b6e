import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leavesBodyWhole, needsGroups, needsMembers, project, readProjection } from './projection.ts'
import type { ScimObject } from './resource.ts'
import { groupType, schemas, userType } from './resource-types.ts'
import { ScimError } from './scim-error.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const ada: ScimObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
  id: 'u1',
  userName: 'ada',
  name: { givenName: 'Ada', familyName: 'King' },
  emails: [{ value: 'a@b.c', type: 'work' }, { type: 'home' }],
  nobodyKnows: { this: 'attribute' },
  [enterprise]: { department: 'Engines', manager: { value: 'm1', displayName: 'Charles' } },
  'urn:Acme:User': { badge: 7, desk: { code: 'B', floor: 2 } },
  'urn:acme:Employee': { grade: 3 },
  meta: { resourceType: 'User', version: 'W/"1"' },
}

function only(...names: string[]): ScimObject {
  const projection = readProjection(userType, names, [])
  return projection === undefined ? ada : project(projection, ada)
}

function without(...names: string[]): ScimObject {
  const projection = readProjection(userType, [], names)
  return projection === undefined ? ada : project(projection, ada)
}

const base = { schemas: ada.schemas, id: 'u1' }

describe('attributes', () => {
  test.each<[string, ScimObject]>([
    ['userName', { userName: 'ada' }],
    ['USERNAME', { userName: 'ada' }],
    ['id', {}],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName', { userName: 'ada' }],
    ['name', { name: { givenName: 'Ada', familyName: 'King' } }],
    ['name.givenName', { name: { givenName: 'Ada' } }],
    ['emails.value', { emails: [{ value: 'a@b.c' }] }],
    ['emails.display', {}],
    ['meta.version', { meta: { version: 'W/"1"' } }],
    [`${enterprise}:department`, { [enterprise]: { department: 'Engines' } }],
    [`${enterprise}:manager.value`, { [enterprise]: { manager: { value: 'm1' } } }],
    [
      enterprise.toUpperCase(),
      { [enterprise]: { department: 'Engines', manager: { value: 'm1', displayName: 'Charles' } } },
    ],
    ['urn:acme:user:desk.code', { 'urn:Acme:User': { desk: { code: 'B' } } }],
    ['urn:acme:User', { 'urn:Acme:User': { badge: 7, desk: { code: 'B', floor: 2 } } }],
    ['urn:acme:Employee', { 'urn:acme:Employee': { grade: 3 } }],
    ['nobodyKnows', { nobodyKnows: { this: 'attribute' } }],
    ['password', {}],
    ['nothing', {}],
    ['__proto__', {}],
    ['constructor', {}],
    ['a b', {}],
  ])('%s alone answers that, id and schemas', (name, expected) => {
    expect(only(name)).toEqual({ ...base, ...expected })
  })

  test('a whole attribute outweighs a part of it', () => {
    expect(only('name', 'name.givenName')).toEqual(only('name'))
    expect(only('name.givenName', 'name')).toEqual(only('name'))
  })

  test('the URN of the core schema answers all of it, and nothing of extensions', () => {
    expect(Object.keys(only('urn:ietf:params:scim:schemas:core:2.0:User'))).toEqual([
      'schemas',
      'id',
      'userName',
      'name',
      'emails',
    ])
  })
})

describe('excludedAttributes', () => {
  test('takes away what is named, and never id or schemas', () => {
    expect(
      without('id', 'schemas', 'name.givenName', 'emails', 'meta', enterprise, 'urn:acme:User:desk', 'nobodyKnows'),
    ).toEqual({
      ...base,
      userName: 'ada',
      name: { familyName: 'King' },
      'urn:Acme:User': { badge: 7 },
      'urn:acme:Employee': { grade: 3 },
    })
  })

  test('an object of which nothing is left goes too', () => {
    expect(without('name.givenName', 'name.familyName')).not.toHaveProperty('name')
    expect(without('emails.value', 'emails.type')).not.toHaveProperty('emails')
  })
})

describe('readProjection', () => {
  test('refuses both at once', () => {
    expect(() => readProjection(userType, ['userName'], ['emails'])).toThrow(ScimError)
  })

  test('is nothing where nothing is asked', () => {
    expect(readProjection(userType, [], [])).toBeUndefined()
  })

  test('members and groups are read only where they are answered', () => {
    const members = (attributes: string[], excluded: string[]) =>
      needsMembers(readProjection(groupType, attributes, excluded))
    expect(members([], [])).toBe(true)
    expect(members([], ['members'])).toBe(false)
    expect(members([], ['members.display'])).toBe(true)
    expect(members(['displayName'], [])).toBe(false)
    expect(members(['members.value'], [])).toBe(true)
    expect(needsGroups(readProjection(userType, [], ['groups']))).toBe(false)
    expect(needsGroups(readProjection(userType, ['GROUPS'], []))).toBe(true)
  })

  test('a body stays whole where members alone are left out', () => {
    expect(leavesBodyWhole(readProjection(groupType, [], ['members']))).toBe(true)
    expect(leavesBodyWhole(readProjection(groupType, [], ['members', 'displayName']))).toBe(false)
    expect(leavesBodyWhole(readProjection(groupType, [], ['members.display']))).toBe(false)
    expect(leavesBodyWhole(readProjection(groupType, ['members'], []))).toBe(false)
  })

  test('no attribute is returned on request only, for which a whole answer would have to be taken apart', () => {
    const returned = schemas
      .flatMap(({ attributes }) => [...attributes.values()])
      .map((attribute) => attribute.returned)
    expect(returned).not.toContain('request')
  })
})

describe('laws of a projection', () => {
  const name = fc.constantFrom(
    ...[
      'userName',
      'name',
      'name.givenName',
      'name.familyName',
      'emails',
      'emails.value',
      'emails.type',
      'nobodyKnows',
      'meta',
      'meta.version',
      'id',
      'nothing',
    ],
    ...[
      enterprise,
      `${enterprise}:department`,
      `${enterprise}:manager.value`,
      'urn:acme:User:badge',
      'urn:acme:User:desk.code',
    ],
  )
  const names = fc.array(name, { minLength: 1, maxLength: 6 })

  const leavesOf = (value: unknown, at = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]) => leavesOf(member, Array.isArray(value) ? at : `${at}/${key}`))
      : [`${at}=${value}`]

  test('what is answered is part of the resource, with id and schemas', () => {
    fc.assert(
      fc.property(names, (asked) => {
        for (const projected of [only(...asked), without(...asked)]) {
          expect(leavesOf(ada)).toEqual(expect.arrayContaining(leavesOf(projected)))
          expect(projected).toMatchObject(base)
        }
      }),
    )
  })

  test('asking for names and excluding the same names shares the resource out', () => {
    fc.assert(
      fc.property(names, (asked) => {
        const always = leavesOf(base)
        const parts = [...leavesOf(only(...asked)), ...leavesOf(without(...asked))].filter(
          (leaf) => !always.includes(leaf),
        )
        expect(parts.toSorted()).toEqual(
          leavesOf(ada)
            .filter((leaf) => !always.includes(leaf))
            .toSorted(),
        )
      }),
    )
  })

  test('projecting again changes nothing, and the order of names says nothing', () => {
    fc.assert(
      fc.property(names, (asked) => {
        const projection = readProjection(userType, asked, [])
        const projected = only(...asked)
        expect(projection && project(projection, projected)).toEqual(projected)
        expect(only(...asked.toReversed())).toEqual(projected)
      }),
    )
  })
})
