import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConnectionId } from '../../identity/ids.ts'
import { createGroupCommit, type GroupCommit } from '../../store/group-commit.ts'
import type { Store } from '../../store/open-database.ts'
import { prepareStatements, type Statements } from '../../store/statements.ts'
import { openTestStore } from '../../store/testing/databases.ts'
import { seedConnection } from '../testing/seeds.ts'
import { connectionsToMark, isMarkingWaiting, markWaiting } from './mark-in-pieces.ts'
import { changeGroup, createGroup } from './scim-groups.ts'
import { createUser } from './scim-users.ts'

let store: Store
let commit: GroupCommit
let read: Statements
let connection: ConnectionId

beforeEach(async () => {
  store = await openTestStore()
  commit = createGroupCommit(store)
  read = prepareStatements(store.raw)
  connection = await seedConnection(store.db, 'okta')
  store.raw
    .prepare(
      `insert into target (id, slug, name, name_key, kind, entry, managed_by, created_at)
       values (1, 'jira', 'Jira', 'jira', 'jira', '{}', 'test', 0)`,
    )
    .run()
  store.raw
    .prepare(`insert into policy (connection_id, target_id, policy, basis, version) values (?, 1, '{}', '{}', 1)`)
    .run(connection)
})
afterEach(() => store.close())

const marked = () => {
  const kinds = store.raw
    .prepare('select subject_kind as kind, count(*) as n from dirty group by 1 order by 1')
    .raw()
    .all()
  return Object.fromEntries(kinds as [string, number][])
}

/** A group around another one in which all of them are. */
async function pushNested(people: number): Promise<void> {
  const ids = Array.from({ length: people }, (_, index) => `u${index}`)
  await commit.write((write) => {
    for (const id of ids) createUser(write, connection, { userName: id }, 0, id)
    const members = [{ kind: 'add', ids } as const]
    createGroup(write, connection, { attributes: { displayName: 'Inner' }, members }, 0, 'inner')
    const inner = [{ kind: 'add', ids: ['inner'] } as const]
    createGroup(write, connection, { attributes: { displayName: 'Outer' }, members: inner }, 0, 'outer')
  })
  await markWaiting({ read, commit }, connection)
  store.raw.prepare('delete from dirty').run()
}

const rename = () =>
  commit.write((write) =>
    changeGroup(write, { connection, id: 'outer', at: 5 }, () => ({ attributes: { displayName: 'All' }, members: [] })),
  )

test('a small group that is renamed has its people marked in the same write', async () => {
  await pushNested(50)
  await rename()
  expect(marked()).toEqual({ identity: 50, sourceGroup: 1 })
  expect(isMarkingWaiting(read, connection)).toBe(false)
})

test('of a large one it is remembered what is to be marked, and that outlasts whoever was marking', async () => {
  await pushNested(2_500)
  await rename()
  expect(marked()).toEqual({ sourceGroup: 1 })
  expect(connectionsToMark(read)).toEqual([connection])

  let writes = 0
  const crashing = {
    ...commit,
    write: <T>(action: Parameters<typeof commit.write<T>>[0]) =>
      ++writes > 2 ? Promise.reject(new Error('crashed')) : commit.write(action),
  }
  await expect(markWaiting({ read, commit: crashing }, connection)).rejects.toThrow('crashed')
  expect(isMarkingWaiting(read, connection)).toBe(true)

  await markWaiting({ read, commit }, connection)
  expect(marked()).toEqual({ identity: 2_500, sourceGroup: 1 })
  expect(connectionsToMark(read)).toEqual([])
})
