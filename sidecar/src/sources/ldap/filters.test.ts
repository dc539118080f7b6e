import type { Filter } from 'ldapts'
import { BerWriter, FilterParser } from 'ldapts'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../problem/problem.ts'
import { allOf, anyOf, equals, parseFilter } from './filters.ts'
import { readHeader } from './wire/ber-header.ts'

/** The filter as it goes over the wire. */
function sent(filter: Filter): Buffer {
  const writer = new BerWriter()
  filter.write(writer)
  return writer.buffer
}

/** Values that would change a filter if they were pasted into its text. */
const hostile = [
  '*',
  'a*',
  'admin)(&)',
  'admin)(|(uid=*',
  '*)(uid=*))(|(uid=*',
  'x)(objectClass=*)',
  'a)(!(userAccountControl:1.2.840.113556.1.4.803:=2)',
  '\\2a',
  '\\',
  'a\\',
  '\0',
  'a\0)(uid=b',
  '(',
  ')',
  '&',
  '|(',
  '=',
  '>=1',
  ':dn:=x',
  ' leading and trailing ',
  "' or '1'='1",
  'ü\u0000ß',
  '\u202e)(uid=*',
  'uid=a,dc=x)(member=*',
]

describe('LDAP injection', () => {
  test.each(hostile)('%j is one value of one equality, and nothing else', (value) => {
    const bytes = sent(equals('uid', value))
    const assertion = readHeader(bytes, 0)
    const attribute = readHeader(bytes, assertion.start)
    const sentValue = readHeader(bytes, attribute.end)
    expect(assertion).toEqual({ tag: 0xa3, start: 2, end: bytes.length })
    expect(bytes.toString('utf8', attribute.start, attribute.end)).toBe('uid')
    expect(bytes.toString('utf8', sentValue.start, sentValue.end)).toBe(value)
    expect(sentValue.end).toBe(bytes.length)
  })

  test.each(hostile)('%j beside another filter leaves that as it is', (value) => {
    const kind = parseFilter('(&(objectCategory=person)(objectClass=user))', 'users.filter')
    const bytes = sent(allOf(anyOf([equals('uid', value), equals('mail', value)]), kind))
    const and = readHeader(bytes, 0)
    const or = readHeader(bytes, and.start)
    expect([and.tag, or.tag]).toEqual([0xa0, 0xa1])
    expect(bytes.subarray(or.end)).toEqual(sent(kind))
  })
})

describe('filters of administrators', () => {
  test.each([
    '(objectClass=person)',
    'objectClass=person',
    '(&(objectClass=person)(!(employeeType=external)))',
    '(userAccountControl:1.2.840.113556.1.4.803:=2)',
    '(cn=a\\28b\\29\\2a)',
    ' (cn=J\\c3\\bcrgen) ',
    '(cn=a*b*c)',
  ])('%s is one', (text) => {
    expect(sent(parseFilter(text, 'users.filter')).length).toBeGreaterThan(4)
  })

  test.each([
    '(',
    ')',
    '()',
    '(cn=a',
    '(cn=a))',
    '(&(uid=x)',
    '(cn=a)(cn=b)',
    '(cn=a)x',
    'nothing',
    '(!)',
    '(cn=\\zz)',
  ])('%s is none, and the setting is named', (text) => {
    expect(() => parseFilter(text, 'users.filter')).toThrow(/^users\.filter is not/)
    expect(() => parseFilter(text, 'users.filter')).toThrow(Problem)
  })

  test('ldapts itself would take a filter that is not closed', () => {
    expect(() => FilterParser.parseString('(&(uid=x)')).not.toThrow()
  })
})
