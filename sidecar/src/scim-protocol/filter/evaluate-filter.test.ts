import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldResource } from '../fold-resource.ts'
import type { FoldedObject } from '../fold-value.ts'
import type { ScimAttributes } from '../resource.ts'
import { userType } from '../resource-types.ts'
import { user, userFilter } from '../testing/arbitrary-filters.ts'
import { matchesObviously } from '../testing/match-obviously.ts'
import { evaluateFilter } from './evaluate-filter.ts'
import { parseFilter } from './parse-filter.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const ada = fold({
  userName: 'Ada@Example.com',
  externalId: 'Ext-1',
  active: false,
  name: { givenName: 'Ada', familyName: 'King' },
  emails: [
    { value: 'ada@work.example', type: 'work', primary: true },
    { value: 'ada@home.example', type: 'home' },
  ],
  [enterprise]: { department: 'Engines', manager: { value: 'M1' } },
  'urn:acme:User': { badge: 7, desk: { code: 'B-12' }, tags: ['a', 'B'] },
})

function fold(attributes: ScimAttributes): FoldedObject {
  const meta = { created: Date.parse('2024-01-01T00:00:00Z'), lastModified: Date.parse('2024-06-01T12:00:00.500Z') }
  return foldResource('User', 'u1', attributes, meta).folded
}

const matches = (filter: string): boolean => evaluateFilter(parseFilter(userType, filter), ada)

describe('evaluateFilter', () => {
  test.each([
    'userName eq "ADA@example.COM"',
    'id eq "u1"',
    'externalId eq "Ext-1"',
    'active eq false',
    'active eq "False"',
    'active pr',
    'userName co "@EXAMPLE"',
    'userName sw "ada"',
    'userName ew ".com"',
    'emails co "home"',
    'emails.type eq "home" and emails.value co "work"',
    'emails[type eq "home" and value co "home"]',
    'emails[type eq "work"].value eq "ada@work.example"',
    'emails[primary eq false].type eq "home"',
    'emails.primary eq false',
    'emails ne "ada@work.example"',
    'title ne "x"',
    'title eq null',
    'nickName eq null or nickName pr',
    'not (title pr)',
    'name pr',
    'meta.lastModified gt "2024-06-01T12:00:00Z"',
    'meta.lastModified eq "2024-06-01T14:00:00.5+02:00"',
    'meta.created lt "2024-01-01T00:00:01Z"',
    'userName gt "ABC" and userName lt "b"',
    `${enterprise}:department eq "engines"`,
    `${enterprise}:manager eq "M1"`,
    'urn:ACME:user:BADGE ge 7',
    'urn:acme:User:badge lt 10',
    'urn:acme:User:desk.code sw "b-"',
    'urn:acme:User:desk[code eq "B-12"]',
    'urn:acme:User:tags eq "b"',
    'urn:acme:User:desk pr',
  ])('%s matches', (filter) => {
    expect(matches(filter)).toBe(true)
  })

  test.each([
    'externalId eq "ext-1"',
    'emails[type eq "home" and value co "work"]',
    'emails[type eq "work"].value eq "ada@home.example"',
    'emails[type eq "other"]',
    'title eq "x"',
    'title co ""',
    'title pr',
    'nickName gt "a"',
    'meta.created gt "2024-01-01T01:00:00+01:00"',
    `${enterprise}:manager eq "m1"`,
    'urn:acme:User:badge eq "7"',
    'urn:acme:User:badge gt "6"',
    'urn:acme:User:nothing pr',
    'urn:other:User:badge eq 7',
    'groups pr',
    'userName gt "b"',
  ])('%s does not match', (filter) => {
    expect(matches(filter)).toBe(false)
  })

  test('texts are ordered by code point', () => {
    const astral = fold({ userName: '\u{1f600}' })
    expect(evaluateFilter(parseFilter(userType, 'userName gt "\ue000"'), astral)).toBe(true)
  })

  test('agrees with a slow and obvious evaluator', () => {
    fc.assert(
      fc.property(userFilter, user, (filter, { attributes, created, lastModified }) => {
        const meta = { created: Date.parse(created), lastModified: Date.parse(lastModified) }
        const resource = { ...attributes, id: 'u1', meta: { created, lastModified } }
        const folded = foldResource('User', 'u1', attributes, meta).folded
        expect(evaluateFilter(filter, folded)).toBe(matchesObviously(filter, resource))
      }),
      { numRuns: 3_000 },
    )
  })
})
