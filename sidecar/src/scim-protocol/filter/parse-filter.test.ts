import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupType, userType } from '../resource-types.ts'
import { ScimError } from '../scim-error.ts'
import { userFilter } from '../testing/arbitrary-filters.ts'
import { filterLimits } from './filter.ts'
import { parseFilter, parseValueFilter } from './parse-filter.ts'
import { printFilter } from './print-filter.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const readUser = (filter: string): string => printFilter(parseFilter(userType, filter))

function refusalOf(read: () => unknown): ScimError {
  try {
    read()
  } catch (error) {
    if (error instanceof ScimError) return error
    throw error
  }
  throw new Error('the filter was read')
}

describe('parseFilter', () => {
  test.each([
    ['userName eq "bjensen"', 'userName eq "bjensen"'],
    ['name.familyName co "O\'Malley"', 'name.familyName co "o\'malley"'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"', 'userName sw "j"'],
    ['title pr', 'title pr'],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', 'meta.lastModified gt "2011-05-13T04:42:34.000Z"'],
    ['meta.lastModified ge "2011-05-13T06:42:34.123456+02:00"', 'meta.lastModified ge "2011-05-13T04:42:34.123Z"'],
    ['title pr and userType eq "Employee"', 'title pr and userType eq "employee"'],
    ['title pr or userType eq "Intern"', 'title pr or userType eq "intern"'],
    [
      'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
      'userType eq "employee" and (emails.value co "example.com" or emails.value co "example.org")',
    ],
    [
      'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
      'userType ne "employee" and not (emails.value co "example.com" or emails.value co "example.org")',
    ],
    ['userType eq "Employee" and (emails.type eq "work")', 'userType eq "employee" and emails.type eq "work"'],
    [
      'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
      'userType eq "employee" and emails[type eq "work" and value co "@example.com"]',
    ],
    [
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
    ],
    [`${enterprise}:manager.value eq "26118915"`, `${enterprise}:manager.value eq "26118915"`],
  ])('reads the form %s of the RFC', (filter, expected) => {
    expect(readUser(filter)).toBe(expected)
  })

  test.each([
    [
      'a comparison after a value path (Entra)',
      'emails[type eq "work"].value eq "A@b.c"',
      'emails[type eq "work" and value eq "a@b.c"]',
    ],
    [
      'the same after a list of conditions',
      'emails[type eq "work" or type eq "home"].value eq "x"',
      'emails[(type eq "work" or type eq "home") and value eq "x"]',
    ],
    [
      'operators in upper case (scim-for-keycloak)',
      'displayName EQ "x" AND NOT (title PR)',
      'displayName eq "x" and not (title pr)',
    ],
    ["a value without quotes (Microsoft's example)", 'externalId eq jyoung', 'externalId eq "jyoung"'],
    ['an address without quotes', 'userName eq a@b.c', 'userName eq "a@b.c"'],
    ['a number for text', 'externalId eq 123', 'externalId eq "123"'],
    ['a boolean as text (Entra)', 'roles[primary eq "True"].value eq "x"', 'roles[primary eq true and value eq "x"]'],
    ['a boolean in capitals', 'active eq FALSE', 'active eq false'],
    [
      'the bare manager (Entra)',
      `id eq "1" and ${enterprise}:manager eq "2"`,
      `id eq "1" and ${enterprise}:manager.value eq "2"`,
    ],
    ['null as absence', 'title eq null', 'not (title pr)'],
    ['not null as presence', 'emails ne null', 'emails.value pr'],
    ['an absent primary as false', 'emails[primary eq false]', 'emails[primary ne true]'],
    ['the same without brackets', 'emails.primary eq false', 'emails[primary ne true]'],
    ['names in any case', 'USERNAME eq "x" and EMAILS[TYPE eq "work"]', 'userName eq "x" and emails[type eq "work"]'],
    ['an extension that nobody described', 'urn:acme:User:badge.Code eq 5', 'urn:acme:User:badge.Code eq 5'],
    ['JSON escapes', String.raw`title eq "a\"\u0062\\"`, String.raw`title eq "a\"b\\"`],
    ['no spaces around brackets', '(title pr)and(not(active eq true))', 'title pr and not (active eq true)'],
  ])('understands %s', (_, filter, expected) => {
    expect(readUser(filter)).toBe(expected)
  })

  test('not binds tighter than and, and tighter than or', () => {
    const tree = parseFilter(userType, 'title pr or not (active eq true) and userName pr')
    expect(tree).toMatchObject({
      kind: 'or',
      filters: [{ kind: 'present' }, { kind: 'and', filters: [{ kind: 'not' }, { kind: 'present' }] }],
    })
  })

  test('members of a group are compared by their value', () => {
    expect(printFilter(parseFilter(groupType, 'id eq "1" and members eq "2"'))).toBe(
      'id eq "1" and members.value eq "2"',
    )
  })

  test.each([
    '',
    ' ',
    'userName',
    'userName eq',
    'userName xx "a"',
    'userName eq "a',
    'userName eq "a" and',
    'userName eq "a" or or title pr',
    'userName eq "a" title pr',
    'userName eq Sales Team',
    "userName eq 'a'",
    'userName eq “a”',
    'userName eq and',
    'userName eq (title)',
    'userName eq "\u0001"',
    String.raw`userName eq "\x"`,
    'not userName eq "a"',
    '(userName eq "a"',
    'userName eq "a")',
    'emails[type eq "work"',
    'emails[]',
    'emails[type eq "work"].value',
    'emails[type eq "work"].nothing eq "x"',
    'emails[type eq "work"] .value eq "x"',
    'emails.value[type eq "x"]',
    'userName[value eq "x"]',
    'emails[emails[type eq "x"]]',
    'urn:acme:User:a[b[c eq 1]]',
    'nothing eq "x"',
    'members eq "x"',
    'name eq "x"',
    'addresses co "x"',
    'active gt true',
    'active co "tr"',
    'active eq "yes"',
    'x509Certificates.value gt "a"',
    'meta.created gt "yesterday"',
    'meta.created sw "2011"',
    'meta.created gt 5',
    'title gt null',
    'urn:acme:User:badge gt true',
    'urn:acme:User:badge co 5',
    'urn:acme:User:__proto__ eq "x"',
    '__proto__ pr',
    'constructor.name eq "Object"',
    'userName eq "a" && title pr',
    'userName == "a"',
    '"userName" eq "a"',
    ') or (userName pr',
  ])('refuses %s as invalidFilter', (filter) => {
    expect(refusalOf(() => parseFilter(userType, filter))).toMatchObject({ status: 400, scimType: 'invalidFilter' })
  })

  test('does not repeat what the filter says', () => {
    for (const filter of [
      'secretName eq "secretValue"',
      'title zz "secretValue"',
      'active eq "secretValue"',
      'title eq "secretValue',
    ]) {
      expect(refusalOf(() => parseFilter(userType, filter)).message).not.toMatch(/secret/)
    }
  })

  test('is bounded in length, depth and comparisons, each with its own sentence', () => {
    const long = `title eq "${'a'.repeat(filterLimits.length)}"`
    const deep = `${'('.repeat(5_000)}title pr${')'.repeat(5_000)}`
    const nots = `${'not('.repeat(3_000)}title pr${')'.repeat(3_000)}`
    const many = Array.from({ length: filterLimits.terms + 1 }, () => 'title pr').join(' or ')
    const sentences = [long, deep, many].map((filter) => refusalOf(() => parseFilter(userType, filter)).message)
    expect(new Set(sentences).size).toBe(3)
    expect(refusalOf(() => parseFilter(userType, nots)).scimType).toBe('invalidFilter')
  })

  test('reads what lies within the bounds', () => {
    expect(readUser(`${'('.repeat(filterLimits.depth)}title pr${')'.repeat(filterLimits.depth)}`)).toBe('title pr')
    expect(readUser(`title eq "${'a'.repeat(8_192)}"`)).toHaveLength(8_192 + 11)
    expect(() => readUser(Array.from({ length: filterLimits.terms }, () => 'id eq "1"').join(' or '))).not.toThrow()
  })

  test('an attribute that the type does not have has no value on a query over several types', () => {
    const read = (filter: string) => printFilter(parseFilter(groupType, filter, 'absent'))
    expect(read('userName eq "x"')).toBe('false')
    expect(read('userName ne "x" and userName eq null')).toBe('true and true')
    expect(read('emails[type eq "work"].value eq "x" or displayName eq "x"')).toBe('false or displayName eq "x"')
    expect(read('members.value eq "x"')).toBe('members.value eq "x"')
  })

  test.each([
    'userName eq (',
    'userName eq (title)',
    'emails[type eq',
    'emails[type zz "a"]',
    '==',
    'userName',
    'a b c',
    'x.y.z eq "a"',
    "userName ne 'a'",
    'usrName ne "a"',
    'nosuch[type eq "a"]',
    'members[nosuch ne "a"]',
    'name.nosuch eq null',
  ])('a query over several types refuses %s all the same', (filter) => {
    expect(refusalOf(() => parseFilter(groupType, filter, 'absent')).scimType).toBe('invalidFilter')
  })

  test('what is printed reads back as the same tree', () => {
    fc.assert(
      fc.property(userFilter, (filter) => {
        expect(parseFilter(userType, printFilter(filter))).toEqual(filter)
      }),
      { numRuns: 500 },
    )
  })

  test('garbage is refused as invalidFilter or read, quickly', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '"',
      '.',
      ' ',
      'not',
      'and',
      'or',
      'eq',
      'pr',
      'emails',
      'type',
      'userName',
      '"x"',
      ':',
      'urn:',
      '\\',
      '5',
      'null',
      '\u0000',
    )
    const soup = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))
    const spaced = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(' '))
    const cut = fc
      .tuple(userFilter.map(printFilter), fc.nat(), fc.nat(), fc.string({ maxLength: 3 }))
      .map(([filter, a, b, added]) => {
        const from = a % (filter.length + 1)
        return filter.slice(0, from) + added + filter.slice(from + (b % 4))
      })
    const started = performance.now()
    fc.assert(
      fc.property(
        fc.oneof(soup, spaced, cut, fc.string({ unit: 'binary' })),
        fc.constantFrom('refused', 'absent'),
        (filter, unknown) => {
          try {
            parseFilter(groupType, filter, unknown)
            parseFilter(userType, filter, unknown)
          } catch (error) {
            expect(error).toBeInstanceOf(ScimError)
            expect(error).toMatchObject({ scimType: 'invalidFilter' })
          }
        },
      ),
      { numRuns: 5_000 },
    )
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  test.each([
    ['words', 'a'],
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['dots', '.'],
    ['colons', ':'],
    ['brackets', 'emails['],
    ['nots', 'not '],
    ['URNs', 'urn:a'],
    ['spaces', ' '],
  ])('takes no time over %s without end', (_, piece) => {
    const filter = piece.repeat(Math.floor(filterLimits.length / piece.length))
    const started = performance.now()
    expect(refusalOf(() => parseFilter(userType, filter)).scimType).toBe('invalidFilter')
    expect(performance.now() - started).toBeLessThan(200)
  })
})

describe('parseValueFilter', () => {
  test('reads conditions on the elements of one attribute', () => {
    const emails = userType.attributes.get('emails')
    if (emails === undefined) throw new Error('users have emails')
    expect(printFilter(parseValueFilter(emails, 'TYPE eq "Work" and primary eq "True"'))).toBe(
      'type eq "work" and primary eq true',
    )
    expect(refusalOf(() => parseValueFilter(emails, 'userName eq "x"')).scimType).toBe('invalidFilter')
  })
})
