import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCursor, writeCursor } from './cursor.ts'
import { printFilter } from './filter/print-filter.ts'
import { foldResource } from './fold-resource.ts'
import { identifyingParts, readListQuery } from './list-query.ts'
import { printPath } from './resolve-path.ts'
import type { ScimAttributes } from './resource.ts'
import { groupType, userType } from './resource-types.ts'
import { ScimError } from './scim-error.ts'
import { compareSortKeys, sortKeyOf } from './sort-key.ts'

const limits = { defaultPageSize: 100, maxPageSize: 500 }

const read = (parameters: Record<string, unknown>) => readListQuery(userType, parameters, limits)

function refusalOf(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  throw new Error('nothing was refused')
}

describe('readListQuery', () => {
  test('lists everything from the first on where nothing is asked', () => {
    expect(read({})).toEqual({
      filter: undefined,
      sort: undefined,
      page: { kind: 'index', startIndex: 1, count: 100 },
      projection: undefined,
    })
  })

  test.each([
    [{ startIndex: '0' }, 1, 100],
    [{ startIndex: '-5', count: '10' }, 1, 10],
    [{ startIndex: '7', count: '0' }, 7, 0],
    [{ count: '-1' }, 1, 0],
    [{ count: '501' }, 1, 500],
    [{ startIndex: 3, count: 5 }, 3, 5],
    [{ STARTINDEX: '3', Count: '5' }, 3, 5],
    [{ startIndex: '', count: null }, 1, 100],
  ])('reads the page %j', (parameters, startIndex, count) => {
    expect(read(parameters).page).toEqual({ kind: 'index', startIndex, count })
  })

  test.each([
    [{ cursor: '' }, undefined, 100],
    [{ cursor: 'abc', count: '20' }, 'abc', 20],
    [{ cursor: 'abc', startIndex: '5' }, 'abc', 100],
  ])('reads the cursor of %j', (parameters, cursor, count) => {
    expect(read(parameters).page).toEqual({ kind: 'cursor', cursor, count })
  })

  test.each([
    [{ count: 'ten' }, 'invalidCount'],
    [{ count: '1.5' }, 'invalidCount'],
    [{ count: ['1', '2'] }, 'invalidCount'],
    [{ count: 1e300 }, 'invalidCount'],
    [{ startIndex: 'x' }, 'invalidValue'],
    [{ cursor: 5 }, 'invalidCursor'],
    [{ filter: '' }, 'invalidFilter'],
    [{ filter: '  ' }, 'invalidFilter'],
    [{ filter: ['id pr', 'id pr'] }, 'invalidFilter'],
    [{ filter: { id: 1 } }, 'invalidFilter'],
    [{ filter: 'nothing eq "x"' }, 'invalidFilter'],
    [{ sortBy: 'nothing' }, 'invalidValue'],
    [{ sortBy: 'name' }, 'invalidValue'],
    [{ sortBy: '__proto__' }, 'invalidValue'],
    [{ sortBy: 'userName', sortOrder: 'up' }, 'invalidValue'],
    [{ sortBy: ['userName', 'title'] }, 'invalidValue'],
    [{ attributes: 'userName', excludedAttributes: 'emails' }, 'invalidValue'],
    [{ attributes: [5] }, 'invalidValue'],
  ])('refuses %j', (parameters, scimType) => {
    const refusal = refusalOf(() => read(parameters))
    expect(refusal).toBeInstanceOf(ScimError)
    expect(refusal).toMatchObject({ status: 400, scimType })
  })

  test('reads filter, order and attributes of a query string and of a search body alike', () => {
    const query = {
      filter: 'userName eq "A"',
      sortBy: 'EMAILS',
      sortOrder: 'Descending',
      attributes: 'userName, emails.value',
    }
    const fromQuery = read(query)
    expect(fromQuery).toEqual(read({ ...query, attributes: ['userName', 'emails.value'] }))
    expect(fromQuery.filter && printFilter(fromQuery.filter)).toBe('userName eq "a"')
    expect(fromQuery.sort && printPath(fromQuery.sort.path)).toBe('emails.value')
    expect(fromQuery.sort?.order).toBe('descending')
    expect(fromQuery.projection?.kind).toBe('only')
  })

  test('ignores parameters that it does not know', () => {
    expect(read({ aadOptscim062020: '' })).toEqual(read({}))
  })

  test('over several types, what a type does not have neither filters nor sorts it', () => {
    const query = readListQuery(groupType, { filter: 'userName eq "x"', sortBy: 'userName' }, limits, 'absent')
    expect(query.filter).toEqual({ kind: 'constant', matches: false })
    expect(query.sort).toBeUndefined()
  })

  test('whatever is sent, it is read or refused as SCIM has it', () => {
    const names = fc.constantFrom(
      'filter',
      'sortBy',
      'sortOrder',
      'startIndex',
      'count',
      'cursor',
      'attributes',
      'excludedAttributes',
    )
    fc.assert(
      fc.property(fc.dictionary(names, fc.oneof(fc.jsonValue(), fc.string())), (parameters) => {
        try {
          read(parameters)
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('cursors', () => {
  const terms = {
    key: Buffer.alloc(32, 7),
    query: ['entra/Users', 'userName sw "a"'],
    now: 1_000_000,
    timeoutSeconds: 60,
  }
  const position = fc.record({
    row: fc.nat(),
    sortKey: fc.option(fc.oneof(fc.string({ unit: 'binary', maxLength: 256 }), fc.integer(), fc.boolean()), {
      nil: undefined,
    }),
  })

  test('come back as they were, in characters that a URL leaves alone', () => {
    fc.assert(
      fc.property(position, (at) => {
        const cursor = writeCursor(at, terms)
        expect(cursor).toMatch(/^[A-Za-z0-9._~-]+$/)
        expect(readCursor(cursor, { ...terms, now: terms.now + 60_000 })).toEqual(at)
      }),
    )
  })

  test('of another query, another service or changed by a character are refused', () => {
    const cursor = writeCursor({ row: 5, sortKey: 'a' }, terms)
    const invalid = { status: 400, scimType: 'invalidCursor' }
    const otherQuery = refusalOf(() => readCursor(cursor, { ...terms, query: ['entra/Users', ''] }))
    const otherKey = refusalOf(() => readCursor(cursor, { ...terms, key: Buffer.alloc(32, 8) }))
    expect(otherQuery).toMatchObject(invalid)
    expect(otherKey).toMatchObject(invalid)
    expect(otherQuery).not.toMatchObject({ message: otherKey instanceof Error ? otherKey.message : '' })
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.constantFrom('A', 'z', '.', '-', 'ä', ''), (at, char) => {
        fc.pre(cursor[at] !== char)
        const changed = cursor.slice(0, at) + char + cursor.slice(at + 1)
        expect(refusalOf(() => readCursor(changed, terms))).toMatchObject(invalid)
      }),
    )
  })

  test('that nobody wrote are refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('', '.', '..', 'a'.repeat(100_000))), (cursor) => {
        expect(refusalOf(() => readCursor(cursor, terms))).toMatchObject({ scimType: 'invalidCursor' })
      }),
    )
  })

  test('expire', () => {
    const cursor = writeCursor({ row: 5, sortKey: undefined }, terms)
    const refusal = refusalOf(() => readCursor(cursor, { ...terms, now: terms.now + 60_001 }))
    expect(refusal).toMatchObject({ status: 400, scimType: 'expiredCursor' })
  })

  test('the longest sort key fits into a cursor', () => {
    const at = { row: Number.MAX_SAFE_INTEGER, sortKey: '\ud800'.repeat(256) }
    expect(readCursor(writeCursor(at, terms), terms)).toEqual(at)
  })

  test('belong to filter and order, not to the size of a page', () => {
    const parts = (parameters: Record<string, unknown>) => identifyingParts(read(parameters))
    expect(parts({ filter: 'userName EQ "A"', count: '5' })).toEqual(
      parts({ filter: '(username eq "a")', attributes: 'id' }),
    )
    expect(parts({ sortBy: 'title' })).not.toEqual(parts({ sortBy: 'title', sortOrder: 'descending' }))
    expect(parts({ filter: 'title pr' })).not.toEqual(parts({}))
  })
})

describe('sortKeyOf', () => {
  function keyOf(sortBy: string, attributes: ScimAttributes) {
    const { sort } = read({ sortBy })
    if (sort === undefined) throw new Error('no order')
    return sortKeyOf(sort.path, foldResource('User', 'u1', attributes, { created: 1, lastModified: 2 }).folded)
  }

  test('takes the primary value, else the first', () => {
    expect(keyOf('emails', { emails: [{ value: 'B@x' }, { value: 'A@x', primary: true }] })).toBe('a@x')
    expect(keyOf('emails', { emails: [{ type: 'work' }, { value: 'B@x' }, { value: 'A@x' }] })).toBe('b@x')
    expect(keyOf('emails', {})).toBeUndefined()
  })

  test('folds by the attribute', () => {
    expect(keyOf('userName', { userName: 'ADA' })).toBe('ada')
    expect(keyOf('externalId', { externalId: 'ADA' })).toBe('ADA')
    expect(keyOf('meta.lastModified', {})).toBe(2)
  })

  test('is cut by code points', () => {
    expect(keyOf('title', { title: '\u{1f600}'.repeat(400) })).toBe('\u{1f600}'.repeat(256))
    expect(keyOf('title', { title: 'a'.repeat(400) })).toBe('a'.repeat(256))
  })
})

describe('compareSortKeys', () => {
  test('puts what has no value last in ascending order, and first in descending', () => {
    const keys = ['b', undefined, 'a', '\u{1f600}', '\ue000']
    expect(keys.toSorted((a, b) => compareSortKeys(a, b, 'ascending')).slice(0, 4)).toEqual([
      'a',
      'b',
      '\ue000',
      '\u{1f600}',
    ])
    const rank = (order: 'ascending' | 'descending') => compareSortKeys(undefined, 'a', order)
    expect(rank('ascending')).toBeGreaterThan(0)
    expect(rank('descending')).toBeLessThan(0)
  })

  test('is a total order over everything that an untyped attribute may hold', () => {
    const key = fc.option(fc.oneof(fc.boolean(), fc.integer(), fc.string({ unit: 'binary' })), { nil: undefined })
    fc.assert(
      fc.property(key, key, key, (a, b, c) => {
        const [ab, bc, ac] = [
          compareSortKeys(a, b, 'ascending'),
          compareSortKeys(b, c, 'ascending'),
          compareSortKeys(a, c, 'ascending'),
        ]
        expect(Math.sign(ab)).toBe(0 - Math.sign(compareSortKeys(b, a, 'ascending')))
        if (ab <= 0 && bc <= 0) expect(ac).toBeLessThanOrEqual(0)
        expect(ab === 0).toBe(a === b)
      }),
    )
  })
})
