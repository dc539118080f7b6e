import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectionId } from '../../identity/ids.ts'
import type { CursorPosition } from '../../scim-protocol/cursor.ts'
import { evaluateFilter } from '../../scim-protocol/filter/evaluate-filter.ts'
import { parseFilter } from '../../scim-protocol/filter/parse-filter.ts'
import { foldResource } from '../../scim-protocol/fold-resource.ts'
import { resolvePath } from '../../scim-protocol/resolve-path.ts'
import type { ScimAttributes } from '../../scim-protocol/resource.ts'
import { userType } from '../../scim-protocol/resource-types.ts'
import { compareSortKeys, type Sort, sortKeyOf } from '../../scim-protocol/sort-key.ts'
import { user } from '../../scim-protocol/testing/arbitrary-filters.ts'
import { createGroupCommit, type GroupCommit } from '../../store/group-commit.ts'
import type { Store } from '../../store/open-database.ts'
import { prepareStatements, type Statements } from '../../store/statements.ts'
import { openTestStore } from '../../store/testing/databases.ts'
import { seedConnection } from '../testing/seeds.ts'
import { type ListedResources, type ListRequest, listResources } from './list-resources.ts'
import { createUser, deleteUser } from './scim-users.ts'

let store: Store
let commit: GroupCommit
let read: Statements
let connections = 0

beforeAll(async () => {
  store = await openTestStore()
  commit = createGroupCommit(store)
  read = prepareStatements(store.raw)
})
afterAll(() => store.close())

const newConnection = () => seedConnection(store.db, `c${++connections}`)
const idsOf = ({ keys }: ListedResources): string[] =>
  keys.map(
    (key) => read.get<{ id: string }>('select scim_id as id from scim_user where identity_id = ?', key)?.id ?? '',
  )

async function allPages(request: Omit<ListRequest, 'page'>, count: number): Promise<string[]> {
  const ids: string[] = []
  let after: CursorPosition | undefined
  do {
    const page = await listResources(read, { ...request, page: { kind: 'cursor', after, count } })
    expect(page.keys.length).toBeLessThanOrEqual(count)
    ids.push(...idsOf(page))
    after = page.next
  } while (after !== undefined)
  return ids
}

function sortBy(name: string, order: Sort['order']): Sort {
  const path = resolvePath(userType, name)
  if (path?.kind !== 'attribute') throw new TypeError(`users have no ${name}`)
  return { path, order }
}

const sort = fc.option(
  fc
    .tuple(
      fc.constantFrom(
        'id',
        'userName',
        'active',
        'name.givenName',
        'emails.value',
        'meta.created',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
        'urn:acme:User:badge',
      ),
      fc.constantFrom<Sort['order']>('ascending', 'descending'),
    )
    .map(([name, order]) => sortBy(name, order)),
  { nil: undefined },
)
const filter = fc.constantFrom(undefined, 'active eq true', 'emails pr', 'userName sw "a" or active ne true')

describe('listing', () => {
  test('sorts, filters and pages as the slow way does, by index and by cursor', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(user, { maxLength: 9 }),
        sort,
        filter,
        fc.integer({ min: 1, max: 4 }),
        async (users, by, text, count) => {
          const connection = await newConnection()
          const stored = users.map(({ attributes, created }, index) => {
            const named = { ...attributes, userName: `${attributes.userName}${index}` } as ScimAttributes
            const at = Date.parse(created)
            const { folded } = foldResource('User', `id${9 - index}`, named, { created: at, lastModified: at })
            return { id: `id${9 - index}`, named, at, folded }
          })
          for (const { id, named, at } of stored)
            await commit.write((write) => createUser(write, connection, named, at, id))
          const tree = text === undefined ? undefined : parseFilter(userType, text)
          const expected = stored.filter(({ folded }) => tree === undefined || evaluateFilter(tree, folded))
          if (by !== undefined) {
            expected.sort((a, b) =>
              compareSortKeys(sortKeyOf(by.path, a.folded), sortKeyOf(by.path, b.folded), by.order),
            )
          }
          const ids = expected.map(({ id }) => id)
          const request = { type: 'User', connection, filter: tree, sort: by } as const
          expect(await allPages(request, count)).toEqual(ids)
          const page = await listResources(read, { ...request, page: { kind: 'index', startIndex: 2, count } })
          expect([idsOf(page), page.total]).toEqual([ids.slice(1, 1 + count), ids.length])
        },
      ),
      { numRuns: 150 },
    )
  })

  describe('of 2,500 users', () => {
    let connection: ConnectionId

    beforeAll(async () => {
      connection = await newConnection()
      await commit.write((write) => {
        for (let number = 1; number <= 2500; number++) {
          createUser(
            write,
            connection,
            { userName: `u${number}`, title: number % 5 === 0 ? 'five' : 'other' },
            number,
            `n${number}`,
          )
        }
      })
    })

    test('a filter without an index finds all of them, piece by piece, and others are served meanwhile', async () => {
      const filter = parseFilter(userType, 'title eq "five"')
      let turns = 0
      const counting = setInterval(() => turns++, 0)
      const page = await listResources(read, {
        type: 'User',
        connection,
        filter,
        page: { kind: 'index', startIndex: 491, count: 100 },
      })
      clearInterval(counting)
      expect(page.total).toBe(500)
      expect(idsOf(page)).toEqual(Array.from({ length: 10 }, (_, index) => `n${(491 + index) * 5}`))
      expect(turns).toBeGreaterThan(0)
    })

    test('count 0 gives the total alone, and a page past the end is empty', async () => {
      const none = await listResources(read, {
        type: 'User',
        connection,
        page: { kind: 'index', startIndex: 1, count: 0 },
      })
      expect([none.keys, none.total]).toEqual([[], 2500])
      const past = await listResources(read, {
        type: 'User',
        connection,
        page: { kind: 'index', startIndex: 2501, count: 5 },
      })
      expect([past.keys, past.total]).toEqual([[], 2500])
    })

    test('pages by index are right in any order of asking, and after somebody leaves or comes back', async () => {
      const of = await newConnection()
      const names = Array.from({ length: 60 }, (_, index) => `m${index}`)
      const create = (id: string) =>
        commit.write((write) => createUser(write, of, { userName: id, externalId: id }, 1, id))
      await Promise.all(names.map(create))
      const pageAt = async (startIndex: number, count: number) =>
        idsOf(await listResources(read, { type: 'User', connection: of, page: { kind: 'index', startIndex, count } }))
      const expectPages = async () => {
        for (const start of [41, 11, 51, 1, 21, 31, 15, 16, 59, 21]) {
          expect(await pageAt(start, 10)).toEqual(names.slice(start - 1, start + 9))
        }
      }
      await expectPages()
      await commit.write((write) => deleteUser(write, { connection: of, id: 'm5', at: 2 }))
      names.splice(5, 1)
      await expectPages()
      await commit.write((write) => createUser(write, of, { userName: 'back', externalId: 'm5' }, 3, 'back'))
      names.splice(5, 0, 'back')
      await expectPages()
      await create('last')
      names.push('last')
      await expectPages()
    })

    test('a cursor skips nothing when somebody before it leaves', async () => {
      const first = await listResources(read, {
        type: 'User',
        connection,
        page: { kind: 'cursor', after: undefined, count: 3 },
      })
      expect(idsOf(first)).toEqual(['n1', 'n2', 'n3'])
      await commit.write((write) => deleteUser(write, { connection, id: 'n2', at: 9 }))
      const second = await listResources(read, {
        type: 'User',
        connection,
        page: { kind: 'cursor', after: first.next, count: 3 },
      })
      expect([idsOf(second), second.total]).toEqual([['n4', 'n5', 'n6'], 2499])
    })
  })
})
