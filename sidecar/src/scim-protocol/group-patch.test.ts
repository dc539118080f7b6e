import { expect, test } from 'vitest'
import { type MemberChange, planGroupPatch } from './group-patch.ts'
import { parsePatch } from './patch-message.ts'
import { ScimError } from './scim-error.ts'

const plan = (...Operations: readonly unknown[]) => planGroupPatch(parsePatch({ Operations }))

test.each<[name: string, operation: unknown, changes: readonly MemberChange[]]>([
  [
    'Entra adds one member',
    { op: 'Add', path: 'members', value: [{ $ref: null, value: 'a' }] },
    [{ kind: 'add', ids: ['a'] }],
  ],
  [
    'Entra removes a member by a value array',
    { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'a' }] },
    [{ kind: 'remove', ids: ['a'] }],
  ],
  [
    'Entra with aadOptscim062020 removes a member by a value path',
    { op: 'remove', path: 'members[value eq "a"]' },
    [{ kind: 'remove', ids: ['a'] }],
  ],
  [
    'authentik removes members by a value array',
    { op: 'remove', path: 'members', value: [{ value: 'a' }, { value: 'b' }] },
    [{ kind: 'remove', ids: ['a', 'b'] }],
  ],
  [
    'JumpCloud removes a member by one object',
    { op: 'remove', path: 'members', value: { value: 'a' } },
    [{ kind: 'remove', ids: ['a'] }],
  ],
  [
    'Okta adds with display',
    { op: 'add', path: 'members', value: [{ value: 'a', display: 'ada@x' }] },
    [{ kind: 'add', ids: ['a'] }],
  ],
  ['Okta removes by a value path', { op: 'remove', path: 'members[value eq "a"]' }, [{ kind: 'remove', ids: ['a'] }]],
  [
    'Okta replaces the list',
    { op: 'replace', path: 'members', value: [{ value: 'a' }, { value: 'b' }] },
    [{ kind: 'replaceAll', ids: ['a', 'b'] }],
  ],
  [
    'OneLogin replaces the list without a path',
    { op: 'replace', value: { members: [{ value: 'a' }] } },
    [{ kind: 'replaceAll', ids: ['a'] }],
  ],
  ['Ping adds ids as texts', { op: 'add', path: 'members', value: ['a', 'b'] }, [{ kind: 'add', ids: ['a', 'b'] }]],
  ['AWS adds without a path', { op: 'add', value: { members: [{ value: 'a' }] } }, [{ kind: 'add', ids: ['a'] }]],
  [
    'scim-for-keycloak adds with type and $ref',
    { op: 'ADD', path: 'Members', value: [{ value: 'a', type: 'User', $ref: 'https://x/Users/a' }] },
    [{ kind: 'add', ids: ['a'] }],
  ],
  [
    'several ids joined by or',
    { op: 'remove', path: 'members[value eq "a" or (value eq "b" or value eq "a")]' },
    [{ kind: 'remove', ids: ['a', 'b'] }],
  ],
  [
    'the path behind the URN of its schema',
    { op: 'add', path: 'urn:ietf:params:scim:schemas:core:2.0:Group:members', value: ['a'] },
    [{ kind: 'add', ids: ['a'] }],
  ],
  ['by the RFC, a removal without a value takes all', { op: 'remove', path: 'members' }, [{ kind: 'removeAll' }]],
  ['an empty replacement takes all', { op: 'replace', path: 'members', value: [] }, [{ kind: 'removeAll' }]],
  ['null in a replacement takes all', { op: 'replace', path: 'members', value: null }, [{ kind: 'removeAll' }]],
  ['an empty addition is nothing', { op: 'add', path: 'members', value: [] }, []],
])('%s', (_, operation, changes) => {
  const planned = plan(operation)
  expect(planned.members).toEqual(changes)
  expect(planned.attributes({ id: 'g', attributes: { displayName: 'G' } }).changed).toBe(false)
})

test('Okta renames and changes members in one request', () => {
  const planned = plan(
    { op: 'replace', value: { id: 'g', displayName: 'New' } },
    { op: 'remove', path: 'members[value eq "a"]' },
    { op: 'add', path: 'members', value: [{ value: 'b' }] },
  )
  expect(planned.members).toEqual([
    { kind: 'remove', ids: ['a'] },
    { kind: 'add', ids: ['b'] },
  ])
  expect(planned.attributes({ id: 'g', attributes: { displayName: 'Old' } }).attributes).toEqual({ displayName: 'New' })
})

test('one object without a path can hold the name and the members', () => {
  const planned = plan({ op: 'replace', value: { displayName: 'New', members: ['a'] } })
  expect(planned.members).toEqual([{ kind: 'replaceAll', ids: ['a'] }])
  expect(planned.attributes({ id: 'g', attributes: { displayName: 'Old' } }).attributes).toEqual({ displayName: 'New' })
})

test('the log is told that only the named members were removed', () => {
  expect(plan({ op: 'Remove', path: 'members', value: [{ value: 'a' }] }).deviations).toEqual([
    { kind: 'operatorCase', attribute: 'op' },
    { kind: 'removalByValue', attribute: 'members' },
  ])
})

test.each([
  ['a filter by type', { op: 'remove', path: 'members[type eq "User"]' }, 'invalidFilter'],
  ['a filter by everything but one', { op: 'remove', path: 'members[value ne "a"]' }, 'invalidFilter'],
  ['ids joined by and', { op: 'remove', path: 'members[value eq "a" and value eq "b"]' }, 'invalidFilter'],
  ['another name of a member', { op: 'replace', path: 'members[value eq "a"].display', value: 'x' }, 'mutability'],
  ['another id of a member', { op: 'replace', path: 'members[value eq "a"]', value: { value: 'b' } }, 'mutability'],
  ['the removal of a part of a member', { op: 'remove', path: 'members.type' }, 'mutability'],
  ['a member without an id', { op: 'add', path: 'members', value: [{ display: 'x' }] }, 'invalidValue'],
  ['a removal whose list is empty', { op: 'remove', path: 'members', value: [] }, 'invalidValue'],
  ['an addition without a value', { op: 'add', path: 'members' }, 'invalidValue'],
])('refuses %s', (_, operation, scimType) => {
  expect(() => plan(operation)).toThrow(expect.objectContaining({ status: 400, scimType }))
})

test('a faulty operation on attributes fails the whole plan when it is carried out', () => {
  const planned = plan({ op: 'add', path: 'members', value: ['a'] }, { op: 'remove', path: 'displayName' })
  expect(() => planned.attributes({ id: 'g', attributes: { displayName: 'G' } })).toThrow(ScimError)
})
