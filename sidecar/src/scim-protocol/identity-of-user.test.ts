import { expect, test } from 'vitest'
import { identityOfUser } from './identity-of-user.ts'
import type { ScimAttributes } from './resource.ts'
import { sourceGroupOf } from './source-group-of.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const acme = 'urn:ietf:params:scim:schemas:extension:Acme:2.0:User'

test.each<[name: string, emails: ScimAttributes['emails'], email: string | undefined]>([
  [
    'the primary one',
    [
      { value: 'a', type: 'work' },
      { value: 'b', primary: true },
    ],
    'b',
  ],
  [
    'else the one of work',
    [
      { value: 'a', type: 'home' },
      { value: 'b', type: 'Work' },
    ],
    'b',
  ],
  ['else the first', [{ value: 'a', type: 'home' }, { value: 'b' }], 'a'],
  ['one that has a value', [{ type: 'work', primary: true }, { value: 'b' }], 'b'],
  ['none', [], undefined],
])('the e-mail is %s', (_, emails, email) => {
  expect(identityOfUser('1', { userName: 'ada', ...(emails && { emails }) }).email).toBe(email)
})

test.each<[name: string, attributes: ScimAttributes, displayName: string | undefined]>([
  ['displayName', { displayName: 'A', name: { formatted: 'B' } }, 'A'],
  ['else name.formatted', { name: { formatted: 'B', givenName: 'C' } }, 'B'],
  ['else given and family name', { name: { givenName: 'Ada', familyName: 'L' } }, 'Ada L'],
  ['else the one there is', { name: { familyName: 'L' } }, 'L'],
  ['else nothing', {}, undefined],
])('the display name is %s', (_, attributes, displayName) => {
  expect(identityOfUser('1', { userName: 'ada', ...attributes }).displayName).toBe(displayName)
})

test('a person whom nobody calls inactive is active', () => {
  expect(
    [undefined, true, false].map((active) => identityOfUser('1', active === undefined ? {} : { active }).active),
  ).toEqual([true, true, false])
})

test('the identity is keyed by the id that we issued', () => {
  const { externalId, attributes } = identityOfUser('u1', { userName: 'ada', externalId: '1' })
  expect([externalId, attributes.externalId, attributes.clientExternalId]).toEqual(['u1', '1', '1'])
})

test('a mapping finds every attribute by name', () => {
  const { attributes } = identityOfUser('u1', {
    title: 'Analyst',
    name: { givenName: 'Ada' },
    emails: [{ value: 'a', type: 'work' }, { value: 'b' }, { value: 'c', type: 'work' }],
    addresses: [{ type: 'work', locality: 'London' }],
    [enterprise]: { department: 'Mathematics', manager: { value: 'm1' } },
    [acme]: { badge: 7, title: 'not the title' },
  })
  expect(attributes).toEqual({
    title: 'Analyst',
    'name.givenName': 'Ada',
    emails: ['a', 'b', 'c'],
    'emails.work': 'a',
    'addresses.work.locality': 'London',
    [`${enterprise}:department`]: 'Mathematics',
    [`${enterprise}:manager`]: 'm1',
    [`${enterprise}:manager.value`]: 'm1',
    department: 'Mathematics',
    manager: 'm1',
    'manager.value': 'm1',
    [`${acme}:badge`]: 7,
    [`${acme}:title`]: 'not the title',
    badge: 7,
  })
})

test('a group is keyed by the id that we issued', () => {
  expect(sourceGroupOf('g1', { displayName: 'G', externalId: 'x' })).toEqual({
    externalId: 'g1',
    displayName: 'G',
    membersReadable: true,
    attributes: { displayName: 'G', externalId: 'x', clientExternalId: 'x' },
  })
})
