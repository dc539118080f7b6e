import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionId, IdentityId, SourceGroupId, TargetId } from '../../identity/ids.ts'
import type { AnsweredMember } from '../../scim-protocol/answer-group.ts'
import { ScimError } from '../../scim-protocol/scim-error.ts'
import { createGroupCommit, type GroupCommit, type GroupWrite } from '../../store/group-commit.ts'
import { openStore, type Store } from '../../store/open-database.ts'
import { prepareStatements, type Statements } from '../../store/statements.ts'
import { openTestFile, openTestStore } from '../../store/testing/databases.ts'
import { countDesired, readingState } from '../desired/reading-state.ts'
import { seedConnection, seedTarget } from '../testing/seeds.ts'
import { groupById, type MembersAfter, membersOfGroup } from './read-groups.ts'
import { userById } from './read-users.ts'
import { changeGroup, createGroup, deleteGroup } from './scim-groups.ts'
import { resourceOf } from './scim-row.ts'
import { scimTotals } from './scim-totals.ts'
import { changeUser, createUser, deleteUser } from './scim-users.ts'
import { type PushCommand, pushBatches } from './testing/push-commands.ts'
import { applyToModel, desiredOf, emptyModel, type PushedModel } from './testing/pushed-model.ts'

let store: Store
let commit: GroupCommit
let read: Statements
let connection: ConnectionId
let target: TargetId

async function begin(opened: Store): Promise<void> {
  store = opened
  commit = createGroupCommit(store)
  read = prepareStatements(store.raw)
  target = await seedTarget(store.db, 'jira')
  connection = await seedConnection(store.db, 'okta', [target])
}

function membersOf(group: SourceGroupId, limit = 2): AnsweredMember[] {
  const all: AnsweredMember[] = []
  let after: MembersAfter | undefined
  do {
    const page = membersOfGroup(read, group, limit, after)
    expect(page.members.length).toBeLessThanOrEqual(limit)
    all.push(...page.members)
    after = page.next
  } while (after !== undefined)
  return all
}

/** Marked subjects, and the marks are taken away. */
async function takeMarks(): Promise<Set<string>> {
  const rows = await store.db.deleteFrom('dirty').returning(['subject_kind', 'subject_id', 'target_id']).execute()
  expect(rows.every((row) => row.target_id === target)).toBe(true)
  return new Set(rows.map((row) => `${row.subject_kind} ${row.subject_id}`))
}

function run(write: GroupWrite, command: PushCommand, at: number): void {
  const { id } = command
  switch (command.kind) {
    case 'createUser':
      createUser(write, connection, command.attributes, at, id)
      return
    case 'createGroup':
      createGroup(write, connection, command, at, id)
      return
    default: {
      const subject = { connection, id, at, ifMatch: command.version === undefined ? undefined : [command.version] }
      if (command.kind === 'deleteUser') deleteUser(write, subject)
      else if (command.kind === 'deleteGroup') deleteGroup(write, subject)
      else if (command.kind === 'changeUser') {
        changeUser(write, subject, ({ attributes }) => ({ ...attributes, ...command.attributes }))
      } else {
        changeGroup(write, subject, ({ attributes }) => ({
          attributes: { ...attributes, ...command.attributes },
          members: command.members,
        }))
      }
    }
  }
}

describe('what providers push', () => {
  beforeEach(async () => begin(await openTestStore()))
  afterEach(() => store.close())

  test('ends as a slow model says, after any sequence, whoever was in one turn with whom', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(pushBatches, async (batches) => {
        connection = await seedConnection(store.db, `c${Math.random()}`, [target])
        const model = emptyModel()
        let at = 1000
        for (const batch of batches) {
          const wanted = batch.map((command, index) => {
            const before = desiredOf(model)
            const stored = versionsOf(model)
            const outcome = applyToModel(model, command, at + index)
            return { outcome, moved: difference(before, desiredOf(model)), stored: stored !== versionsOf(model) }
          })
          const outcomes = await Promise.allSettled(
            batch.map((command, index) => commit.write((write) => run(write, command, at + index))),
          )
          expect(outcomes.map(statusOf)).toEqual(wanted.map(({ outcome }) => outcome))
          await expectStored(model)
          expectMarked(
            model,
            await takeMarks(),
            new Set(wanted.flatMap(({ moved }) => moved)),
            wanted.some(({ stored }) => stored),
          )
          at += 100
        }
      }),
      { numRuns: 200 },
    )
  })

  const statusOf = (outcome: PromiseSettledResult<void>) => {
    if (outcome.status === 'fulfilled') return 'done'
    if (outcome.reason instanceof ScimError) return outcome.reason.status
    throw outcome.reason
  }

  const difference = (before: Map<string, string>, after: Map<string, string>) =>
    [...new Set([...before.keys(), ...after.keys()])].filter((subject) => before.get(subject) !== after.get(subject))

  const versionsOf = ({ users, groups }: PushedModel) =>
    JSON.stringify([[...users], [...groups]].flat().map(([id, { version }]) => [id, version]))

  async function expectStored(model: PushedModel): Promise<void> {
    for (const [id, { attributes, version, modified }] of model.users) {
      const row = userById(read, connection, id)
      expect(row && { ...resourceOf(row), created: 0 }).toEqual({
        type: 'User',
        id,
        attributes,
        version,
        created: 0,
        lastModified: modified,
      })
    }
    for (const [id, { attributes, version, modified, members }] of model.groups) {
      const row = groupById(read, connection, id)
      expect(row && { ...resourceOf(row), created: 0 }).toEqual({
        type: 'Group',
        id,
        attributes,
        version,
        created: 0,
        lastModified: modified,
      })
      const stored = membersOf(row?.key ?? (0 as SourceGroupId))
      expect(stored.map(({ value }) => value).sort()).toEqual([...members].sort())
      for (const { value, type } of stored) expect(type).toBe(model.groups.has(value) ? 'Group' : 'User')
    }
    const totals = scimTotals(read, connection)
    expect([totals.identities, totals.groups]).toEqual([model.users.size, model.groups.size])
    expect(totals).toMatchObject(await countDesired(store.db, connection))
    const identities = await store.db
      .selectFrom('identity')
      .selectAll()
      .where('connection_id', '=', connection)
      .orderBy('id')
      .execute()
    const people = [...model.people].sort(([a], [b]) => a - b).map(([, person]) => person)
    expect(identities.map((row) => ({ id: row.external_id, deleted: row.deleted_at !== null }))).toEqual(people)
    for (const row of identities.filter((one) => one.deleted_at === null)) {
      expect(row.active === 1).toBe(model.users.get(row.external_id)?.attributes.active !== false)
    }
  }

  /** Whoever moved is marked; others may be where a group above them changed, but nobody where nothing was stored. */
  function expectMarked(model: PushedModel, marked: Set<string>, moved: Set<string>, stored: boolean): void {
    const order = read.all<{ id: number }>('select id from identity where connection_id = ? order by id', connection)
    const groups = read.all<{ id: number; external: string }>(
      'select id, external_id as external from source_group where connection_id = ?',
      connection,
    )
    const named = new Map(groups.map(({ id, external }) => [`sourceGroup ${external}`, `sourceGroup ${id}`]))
    const expected = [...moved].map((subject) => {
      const person = /^identity (\d+)$/.exec(subject)?.[1]
      return person === undefined ? named.get(subject) : `identity ${order[Number(person)]?.id}`
    })
    expect([...marked]).toEqual(expect.arrayContaining(expected))
    if (!stored) expect([...marked]).toEqual([])
    expect(model.people.size).toBe(order.length)
  }

  const write = <T>(action: (write: GroupWrite) => T) => commit.write(action)
  const ada = { userName: 'ada', externalId: 'E1', displayName: 'Ada' }

  test('one taken userName among many in one turn fails alone', async () => {
    const names = ['ada', 'bob', 'ADA', 'eve']
    const outcomes = await Promise.allSettled(
      names.map((userName) => write((one) => createUser(one, connection, { userName }, 1))),
    )
    expect(outcomes.map(statusOfAny)).toEqual(['done', 'done', 409, 'done'])
    expect(scimTotals(read, connection).identities).toBe(3)
  })

  const statusOfAny = (outcome: PromiseSettledResult<unknown>) =>
    outcome.status === 'fulfilled' ? 'done' : outcome.reason.status

  test('patches submitted in one turn all count, each on the result of the one before', async () => {
    await write((one) => createUser(one, connection, { userName: 'ada' }, 1, 'u'))
    const append = (letter: string) =>
      write((one) =>
        changeUser(one, { connection, id: 'u', at: 2 }, ({ attributes }) => ({
          ...attributes,
          title: `${attributes.title ?? ''}${letter}`,
        })),
      )
    await Promise.all(['a', 'b', 'c', 'd'].map(append))
    expect(resourceOf(userById(read, connection, 'u') ?? never()).attributes.title).toBe('abcd')
    expect(userById(read, connection, 'u')?.version).toBe(5)
  })

  test('somebody who is deleted and created again with the same externalId is the same person under a new id', async () => {
    const first = await write((one) => createUser(one, connection, ada, 1))
    await write((one) => deleteUser(one, { connection, id: first.id, at: 2 }))
    expect(userById(read, connection, first.id)).toBeUndefined()
    expect(await identityRow(first.key)).toMatchObject({ deleted_at: 2 })
    const second = await write((one) => createUser(one, connection, { ...ada, displayName: 'Ada K' }, 3))
    expect(second.key).toBe(first.key)
    expect(second.id).not.toBe(first.id)
    expect(await identityRow(first.key)).toMatchObject({
      deleted_at: null,
      external_id: second.id,
      display_name: 'Ada K',
    })
    const other = await write((one) => createUser(one, connection, { userName: 'bob', externalId: 'E1' }, 4))
    expect(other.key).not.toBe(first.key)
  })

  const identityRow = (key: IdentityId) =>
    store.db.selectFrom('identity').selectAll().where('id', '=', key).executeTakeFirstOrThrow()
  const never = () => {
    throw new Error('not stored')
  }

  test('deactivating keeps memberships, and a change that nothing is made of leaves version, time and marks', async () => {
    const user = await write((one) => createUser(one, connection, ada, 1))
    const group = await write((one) =>
      createGroup(one, connection, { attributes: { displayName: 'g' }, members: [{ kind: 'add', ids: [user.id] }] }, 1),
    )
    await takeMarks()
    await write((one) =>
      changeUser(one, { connection, id: user.id, at: 2 }, (before) => ({ ...before.attributes, active: false })),
    )
    expect(membersOf(group.key)).toEqual([{ value: user.id, type: 'User', display: 'ada' }])
    expect(await takeMarks()).toEqual(new Set([`identity ${user.key}`]))
    const same = await write((one) =>
      changeUser(one, { connection, id: user.id, at: 3 }, ({ attributes }) =>
        Object.fromEntries(Object.entries(attributes).reverse()),
      ),
    )
    expect([same.changed, same.row.version, same.row.lastModified]).toEqual([false, 2, 2])
    const unchanged = await write((one) =>
      changeGroup(one, { connection, id: group.id, at: 3 }, ({ attributes }) => ({
        attributes,
        members: [
          { kind: 'remove', ids: [user.id, 'nobody'] },
          { kind: 'add', ids: [user.id] },
        ],
      })),
    )
    expect([unchanged.changed, unchanged.row.version]).toEqual([false, 1])
    expect(await takeMarks()).toEqual(new Set())
  })

  test('a renamed group marks everybody below it, and a member’s name follows', async () => {
    const [one, two] = await Promise.all(
      ['ada', 'bob'].map((userName) => write((w) => createUser(w, connection, { userName }, 1))),
    )
    const inner = await write((w) =>
      createGroup(
        w,
        connection,
        { attributes: { displayName: 'in' }, members: [{ kind: 'add', ids: [one?.id ?? '', two?.id ?? ''] }] },
        1,
      ),
    )
    const outer = await write((w) =>
      createGroup(
        w,
        connection,
        { attributes: { displayName: 'out' }, members: [{ kind: 'add', ids: [inner.id] }] },
        1,
      ),
    )
    await takeMarks()
    await write((w) =>
      changeGroup(w, { connection, id: outer.id, at: 2 }, () => ({ attributes: { displayName: 'Out' }, members: [] })),
    )
    expect(await takeMarks()).toEqual(
      new Set([`sourceGroup ${outer.key}`, `identity ${one?.key}`, `identity ${two?.key}`]),
    )
    expect(membersOf(outer.key)).toEqual([{ value: inner.id, type: 'Group', display: 'in' }])
  })

  test('connections do not see each other’s users, names or members', async () => {
    const other = await seedConnection(store.db, 'other')
    const mine = await write((one) => createUser(one, connection, { userName: 'ada' }, 1))
    const theirs = await write((one) => createUser(one, other, { userName: 'ada' }, 1))
    expect(userById(read, connection, theirs.id)).toBeUndefined()
    const subject = { connection: other, id: mine.id, at: 2 }
    await expect(write((one) => deleteUser(one, subject))).rejects.toMatchObject({ status: 404 })
    const group = await write((one) =>
      createGroup(one, other, { attributes: { displayName: 'g' }, members: [{ kind: 'add', ids: [mine.id] }] }, 1),
    )
    expect(membersOf(group.key)).toEqual([{ value: mine.id, type: 'User', display: undefined }])
    expect(scimTotals(read, other)).toMatchObject({ identities: 1, groups: 1, memberships: 0 })
  })

  test('If-Match is checked inside the write, and what modify throws changes nothing', async () => {
    const user = await write((one) => createUser(one, connection, ada, 1))
    const at = 2
    const rename = (ifMatch: readonly number[]) =>
      write((one) => changeUser(one, { connection, id: user.id, at, ifMatch }, () => ({ userName: `v${ifMatch}` })))
    const outcomes = await Promise.allSettled([rename([1]), rename([1]), rename([7, 2]), rename([])])
    expect(outcomes.map(statusOfAny)).toEqual(['done', 412, 'done', 412])
    const failing = write((one) =>
      changeUser(one, { connection, id: user.id, at, ifMatch: 'any' }, () => {
        throw new ScimError(400, 'noTarget', 'no')
      }),
    )
    await expect(failing).rejects.toMatchObject({ status: 400 })
    expect(userById(read, connection, user.id)?.version).toBe(3)
  })

  test('the first push makes the connection complete: whatever was pushed is all there is', async () => {
    expect((await readingState(store.db, connection)).state).toBe('none')
    await write((one) => createUser(one, connection, { userName: 'a' }, 1))
    expect((await readingState(store.db, connection)).state).toBe('complete')
  })
})

test('a process that ends before the commit leaves nothing of a user: no name, no identity, no mark', async () => {
  await begin(await openTestFile())
  const { path } = store
  const pending = commit.write((write) => createUser(write, connection, { userName: 'ada' }, 1))
  store.raw.close()
  await expect(pending).rejects.toThrow()
  const again = openStore(path)
  for (const table of ['identity', 'scim_user', 'dirty', 'scim_total']) {
    expect(again.raw.prepare(`select count(*) as n from ${table}`).get()).toEqual({ n: 0 })
  }
  await again.close()
  await store.close()
})
