import { expect, test } from 'vitest'
import { evaluateFilter } from './filter/evaluate-filter.ts'
import { parseFilter } from './filter/parse-filter.ts'
import { foldResource } from './fold-resource.ts'
import { userType } from './resource-types.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const folded = foldResource(
  'User',
  'U1',
  {
    userName: ' Ärger@X.org',
    externalId: 'ABC',
    emails: [{ value: 'ADA@x.org', type: 'work' }, { value: 'ada@X.org', type: 'home' }, { type: 'other' }],
    [enterprise]: { department: 'Mathematics', manager: { value: 'M1' } },
    'urn:ietf:params:scim:schemas:extension:Acme:2.0:User': { Badge: 'Red' },
  },
  { created: Date.UTC(2026, 0, 1), lastModified: Date.UTC(2026, 0, 2) },
)

test('keys and e-mails are found in any case', () => {
  expect(folded.userNameKey).toBe('ärger@x.org')
  expect(folded.displayNameKey).toBeUndefined()
  expect(folded.emails).toEqual(['ada@x.org'])
  expect(folded.externalId).toBe('ABC')
})

test.each([
  ['id eq "U1"', true],
  ['id eq "u1"', false],
  ['externalId eq "ABC"', true],
  ['externalId eq "abc"', false],
  ['emails[type eq "Work"].value eq "ada@X.ORG"', true],
  ['manager eq "M1"', true],
  [`${enterprise}:manager eq "M1"`, true],
  [`${enterprise}:manager eq "m1"`, false],
  [`${enterprise}:department eq "mathematics"`, true],
  ['urn:ietf:params:scim:schemas:extension:acme:2.0:User:badge eq "RED"', true],
  ['meta.created eq "2026-01-01T01:00:00+01:00"', true],
  ['meta.lastModified gt "2026-01-01T00:00:00Z"', true],
  ['meta.resourceType eq "User"', true],
])('a filter is evaluated on the folded resource: %s', (filter, matches) => {
  const evaluate = () => evaluateFilter(parseFilter(userType, filter, 'absent'), folded.folded)
  expect(evaluate()).toBe(matches)
})
