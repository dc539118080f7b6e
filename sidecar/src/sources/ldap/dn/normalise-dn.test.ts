import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDnIndex } from './dn-index.ts'
import { escapeDnValue } from './escape-dn-value.ts'
import { normaliseDn } from './normalise-dn.ts'
import { parseDn } from './parse-dn.ts'

const type = fc.constantFrom('cn', 'OU', 'dc', 'uid', 'givenName', '2.5.4.5')
const value = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
    fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...' ,+"\\<>;=#ab\0*()é') }),
  )
  .filter((text) => text.isWellFormed())
const rdns = fc.array(fc.tuple(type, value), { minLength: 1, maxLength: 4 })

type Rdns = readonly (readonly [string, string])[]
const written = (levels: Rdns) => levels.map(([name, text]) => `${name}=${escapeDnValue(text)}`).join(',')
/** Every byte as hex, spaces beside separators, other case of the types: the same name. */
const otherwise = (levels: Rdns) =>
  levels
    .map(([name, text]) => ` ${name.toUpperCase()} = ${Buffer.from(text).toString('hex').replace(/../g, '\\$&')} `)
    .join(',')

describe('escaping', () => {
  test('what is escaped is read back as it was', () => {
    fc.assert(
      fc.property(rdns, (levels) => {
        const read = parseDn(written(levels))
        expect(read?.map(([ava]) => [ava?.type, ava?.value])).toEqual(levels)
      }),
    )
  })

  test.each([
    ['Ann, Dr.', 'Ann\\, Dr.'],
    [' both ', '\\ both\\ '],
    [' ', '\\ '],
    ['#1', '\\#1'],
    ['a#1', 'a#1'],
    ['a\\b', 'a\\\\b'],
    ['a\0b', 'a\\00b'],
    ['x)(uid=*', 'x)(uid\\=*'],
    ['a,dc=evil', 'a\\,dc\\=evil'],
  ])('%j is written %j', (text, escaped) => {
    expect(escapeDnValue(text)).toBe(escaped)
  })
})

describe('one form', () => {
  test('however a name is written, it has the same form', () => {
    fc.assert(
      fc.property(rdns, (levels) => {
        expect(normaliseDn(otherwise(levels))).toBe(normaliseDn(written(levels)))
      }),
    )
  })

  test('the form of the form is the form', () => {
    fc.assert(
      fc.property(rdns, (levels) => {
        const form = normaliseDn(written(levels))
        expect(normaliseDn(form)).toBe(form)
      }),
    )
  })

  test.each([
    ['CN=Ann,DC=Example,DC=com', 'cn=ann, dc=example , DC=COM'],
    ['CN=Ann,DC=Example,DC=com', 'cn=ann, dc=example, DC=COM'],
    ['cn=Ann\\2c Dr.,dc=x', 'CN="Ann, Dr.",dc=x'],
    ['cn=J\\c3\\bcrgen,dc=x', 'cn=Jürgen,dc=x'],
    ['cn=Ju\u0308rgen,dc=x', 'cn=Jürgen,dc=x'],
    ['cn=Ann;dc=x', 'cn=Ann,dc=x'],
    ['cn=Ann   Smith,dc=x', 'cn=ann smith,dc=x'],
    ['cn=#0403616263,dc=x', 'cn=abc,dc=x'],
    ['cn=a+uid=b,dc=x', 'UID=b+CN=a,dc=x'],
    ['2.5.4.3=ann,dc=x', 'commonName=Ann,dc=x'],
    ['OID.2.5.4.3=ann,dc=x', 'cn=Ann,dc=x'],
  ])('%s is %s', (one, other) => {
    expect(normaliseDn(one)).toBe(normaliseDn(other))
  })

  test.each([
    ['cn=a\\,b,dc=x', 'cn=a,b=,dc=x'],
    ['cn=a\\,dc\\=y,dc=x', 'cn=a,dc=y,dc=x'],
    ['cn=\\ a,dc=x', 'cn=\\#a,dc=x'],
    ['cn=a+uid=b,dc=x', 'cn=a,uid=b,dc=x'],
    ['cn=a', 'cn=aa'],
  ])('%s is not %s', (one, other) => {
    expect(normaliseDn(one)).not.toBe(normaliseDn(other))
  })

  test.each(['no name', 'cn', '=a', 'cn=a,', 'cn="a', 'cn=a\\', ',', 'cn=#zz', 'CN=a,\0'])(
    '%j is only itself',
    (text) => {
      expect(parseDn(text)).toBeUndefined()
      expect(normaliseDn(text)).toBe(text)
    },
  )
})

test('an index finds names in any spelling, and those added after the first search', () => {
  const index = createDnIndex<number>()
  index.add(Buffer.from('CN=Ann\\, Dr.,DC=x'), 1)
  expect(index.find('cn="ann, dr.",dc=X')).toBe(1)
  index.add(Buffer.from('CN=Bob,DC=x'), 2)
  expect([index.find('cn=bob,dc=x'), index.find('CN=Bob,DC=x'), index.find('cn=eve,dc=x')]).toEqual([2, 2, undefined])
})
