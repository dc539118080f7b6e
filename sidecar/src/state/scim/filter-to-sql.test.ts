import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectionId } from '../../identity/ids.ts'
import { evaluateFilter } from '../../scim-protocol/filter/evaluate-filter.ts'
import { parseFilter } from '../../scim-protocol/filter/parse-filter.ts'
import { foldResource } from '../../scim-protocol/fold-resource.ts'
import type { FoldedObject } from '../../scim-protocol/fold-value.ts'
import type { ResourceTypeName, ScimAttributes } from '../../scim-protocol/resource.ts'
import { resourceTypes } from '../../scim-protocol/resource-types.ts'
import { user, userFilter } from '../../scim-protocol/testing/arbitrary-filters.ts'
import { createGroupCommit, type GroupCommit } from '../../store/group-commit.ts'
import type { Store } from '../../store/open-database.ts'
import { prepareStatements, type Statements } from '../../store/statements.ts'
import { openTestStore } from '../../store/testing/databases.ts'
import { seedConnection } from '../testing/seeds.ts'
import { listResources } from './list-resources.ts'
import { createGroup } from './scim-groups.ts'
import { createUser } from './scim-users.ts'

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
const everything = { kind: 'index', startIndex: 1, count: 1000 } as const

const idQueries = {
  User: 'select scim_id as id from scim_user where identity_id = ?',
  Group: 'select scim_id as id from scim_group where source_group_id = ?',
} as const
const idsOf = (type: ResourceTypeName, keys: readonly number[]): string[] =>
  keys.map((key) => read.get<{ id: string }>(idQueries[type], key)?.id ?? '')

async function matching(connection: ConnectionId, type: ResourceTypeName, text: string): Promise<string[]> {
  const filter = parseFilter(resourceTypes[type], text)
  const { keys, total } = await listResources(read, { type, connection, filter, page: everything })
  expect(total).toBe(keys.length)
  return idsOf(type, keys)
}

describe('the SQL of a filter', () => {
  test('finds exactly the users for which evaluating its tree is true', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(user, {
          minLength: 1,
          maxLength: 8,
          selector: (one) => (one.attributes as ScimAttributes).userName,
          comparator: (a, b) =>
            String(a).trim().normalize('NFC').toLowerCase() === String(b).trim().normalize('NFC').toLowerCase(),
        }),
        fc.array(userFilter, { minLength: 1, maxLength: 8 }),
        async (users, filters) => {
          const connection = await newConnection()
          const folded: [string, FoldedObject][] = []
          for (const [index, { attributes, created }] of users.entries()) {
            const at = Date.parse(created)
            const id = `id${index}`
            await commit.write((write) => createUser(write, connection, attributes as ScimAttributes, at, id))
            folded.push([
              id,
              foldResource('User', id, attributes as ScimAttributes, { created: at, lastModified: at }).folded,
            ])
          }
          for (const filter of filters) {
            const { keys } = await listResources(read, { type: 'User', connection, filter, page: everything })
            const expected = folded.filter(([, resource]) => evaluateFilter(filter, resource)).map(([id]) => id)
            expect(idsOf('User', keys)).toEqual(expected)
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  test('asks which schemas a resource has, which nothing stores', async () => {
    const connection = await newConnection()
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
    await commit.write((write) => {
      createUser(write, connection, { userName: 'plain' }, 0, 'plain')
      createUser(write, connection, { userName: 'more', [enterprise]: { department: 'x' } }, 0, 'more')
      createUser(write, connection, { userName: 'own', 'urn:Acme:Badge': { code: 'x' } }, 0, 'own')
      createGroup(write, connection, { attributes: { displayName: 'G' }, members: [] }, 0, 'g')
    })
    const users = (filter: string) => matching(connection, 'User', filter)
    expect(await users(`schemas eq "${enterprise.toUpperCase()}"`)).toEqual(['more'])
    expect(await users('schemas eq "urn:ietf:params:scim:schemas:core:2.0:User"')).toEqual(['plain', 'more', 'own'])
    expect(await users('schemas co "acme" and schemas pr')).toEqual(['own'])
    expect(await users('not (schemas pr) or schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group"')).toEqual([])
    expect(await users(`not (schemas eq "${enterprise}")`)).toEqual(['plain', 'own'])
    expect(await matching(connection, 'Group', 'schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group"')).toEqual([
      'g',
    ])
  })

  describe('over columns and edges', () => {
    let connection: ConnectionId
    const created = Date.parse('2026-01-01T00:00:00Z')

    beforeAll(async () => {
      connection = await newConnection()
      const other = await newConnection()
      await commit.write((write) => {
        createUser(
          write,
          connection,
          {
            userName: 'Ada@x',
            externalId: 'E1',
            emails: [
              { value: 'A@x', type: 'work' },
              { value: 'b@x', type: 'home' },
            ],
          },
          created,
          'ada',
        )
        createUser(
          write,
          connection,
          { userName: ' bob', externalId: 'e1', active: false, roles: [{ value: 'r', primary: true }] },
          created + 1,
          'bob',
        )
        createUser(write, connection, { userName: 'eve', title: 'Ärztin' }, created + 2, 'eve')
        createUser(
          write,
          other,
          { userName: 'ada@x', externalId: 'E1', emails: [{ value: 'a@x' }] },
          created,
          'elsewhere',
        )
        createGroup(
          write,
          connection,
          { attributes: { displayName: 'Inner', externalId: 'G' }, members: [{ kind: 'add', ids: ['ada', 'later'] }] },
          created,
          'inner',
        )
        createGroup(
          write,
          connection,
          { attributes: { displayName: 'outer' }, members: [{ kind: 'add', ids: ['inner', 'bob'] }] },
          created,
          'outer',
        )
        createGroup(write, connection, { attributes: { displayName: 'empty' }, members: [] }, created, 'empty')
      })
    })

    test.each([
      ['userName eq "ADA@X"', ['ada']],
      ['userName eq "bob"', []],
      ['userName eq " BOB"', ['bob']],
      ['userName eq "ada@x" and active eq true', []],
      ['externalId eq "E1"', ['ada']],
      ['externalId ne "E1"', ['bob', 'eve']],
      ['id eq "eve"', ['eve']],
      ['id sw "b" or id eq "EVE"', ['bob']],
      ['emails.value eq "a@X"', ['ada']],
      ['emails eq "B@x"', ['ada']],
      ['emails[type eq "work"].value eq "a@x"', ['ada']],
      ['emails[type eq "home"].value eq "a@x"', []],
      ['emails[value eq "b@x"]', ['ada']],
      ['not (emails pr)', ['bob', 'eve']],
      ['title eq "ÄRZTIN"', ['eve']],
      ['roles[primary eq "True"].value eq "R"', ['bob']],
      ['meta.created gt "2026-01-01T01:00:00+01:00"', ['bob', 'eve']],
      ['meta[created eq "2026-01-01T00:00:00Z" and resourceType eq "User"]', ['ada']],
      ['meta pr and meta.location pr', []],
      ['meta.resourceType eq "User"', ['ada', 'bob', 'eve']],
      ['groups.value eq "inner"', ['ada']],
      ['groups eq "outer"', ['ada', 'bob']],
      ['groups[value eq "outer" and type eq "direct"]', ['bob']],
      ['groups[value eq "outer" and type eq "indirect"]', ['ada']],
      ['groups.display eq "INNER"', ['ada']],
      ['groups pr', ['ada', 'bob']],
      ['groups.value ne "inner"', ['ada', 'bob', 'eve']],
      ['not (groups.value eq "inner")', ['bob', 'eve']],
      ['groups.value eq "empty" or groups.value eq "none"', []],
    ])('%s finds users %j', async (filter, expected) => {
      expect(await matching(connection, 'User', filter)).toEqual(expected)
    })

    test.each([
      ['displayName eq "inner"', ['inner']],
      ['externalId eq "g"', []],
      ['externalId eq "G"', ['inner']],
      ['members.value eq "ada"', ['inner']],
      ['members eq "later"', ['inner']],
      ['members[value eq "inner"]', ['outer']],
      ['id eq "outer" and members eq "bob"', ['outer']],
      ['id eq "outer" and members eq "ada"', []],
      ['members[type eq "Group"]', ['outer']],
      ['members.display sw "INN"', ['outer']],
      ['members.display eq " bob"', ['outer']],
      ['not (members pr)', ['empty']],
      ['members.value ne "ada"', ['inner', 'outer', 'empty']],
      ['members.value eq "elsewhere"', []],
    ])('%s finds groups %j', async (filter, expected) => {
      expect(await matching(connection, 'Group', filter)).toEqual(expected)
    })

    test('what a filter holds is bound, never part of the text', async () => {
      expect(
        await matching(
          connection,
          'User',
          String.raw`userName co "'; drop table scim_user; --" or urn:x'y:User:a eq "\"]"`,
        ),
      ).toEqual([])
    })
  })
})
