import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionId, IdentityId } from '../../identity/ids.ts'
import type { ScimAttributes } from '../../scim-protocol/resource.ts'
import { userType } from '../../scim-protocol/resource-types.ts'
import { writeBody } from '../../scim-protocol/stored-body.ts'
import { user } from '../../scim-protocol/testing/arbitrary-filters.ts'
import { createGroupCommit, type GroupCommit } from '../../store/group-commit.ts'
import type { Store } from '../../store/open-database.ts'
import { prepareStatements, type Statements } from '../../store/statements.ts'
import { openTestStore } from '../../store/testing/databases.ts'
import { seedConnection } from '../testing/seeds.ts'
import { answeredUser, answeredUsers, type UserForm } from './answered-users.ts'
import { createGroup } from './scim-groups.ts'
import type { ScimGroupRow, ScimUserRow } from './scim-row.ts'
import { changeUser, createUser, deleteUser } from './scim-users.ts'

let store: Store
let commit: GroupCommit
let read: Statements
let connection: ConnectionId
let connections = 0

beforeAll(async () => {
  store = await openTestStore()
  commit = createGroupCommit(store)
  read = prepareStatements(store.raw)
})
beforeEach(async () => {
  connection = await seedConnection(store.db, `c${++connections}`)
})
afterAll(() => store.close())

const baseUrl = 'https://sync.example/scim/v2/entra'
const form: UserForm = { baseUrl, withGroups: true }

const newUser = (attributes: ScimAttributes, at = 1): Promise<ScimUserRow> =>
  commit.write((write) => createUser(write, connection, attributes, at))
const newGroup = (displayName: string, ...ids: readonly string[]): Promise<ScimGroupRow> =>
  commit.write((write) =>
    createGroup(write, connection, { attributes: { displayName }, members: [{ kind: 'add', ids }] }, 1),
  )
const answerOf = (id: string, as = form) => JSON.parse(answeredUser(read, connection, id, as)?.text ?? 'null')
const pageOf = (keys: readonly IdentityId[], as = form) => {
  const { count, json } = answeredUsers(read, keys, as)
  return { count, users: JSON.parse(`[${json}]`) }
}

const groupOf = ({ id }: ScimGroupRow, type: 'direct' | 'indirect', display: string) => ({
  value: id,
  $ref: `${baseUrl}/Groups/${id}`,
  type,
  display,
})

describe('a user is answered', () => {
  test('as the body that was stored, with meta, alone and in a page', async () => {
    await fc.assert(
      fc.asyncProperty(user, fc.nat({ max: 4e12 }), async ({ attributes }, at) => {
        const sent = attributes as ScimAttributes
        const { id, key } = await newUser({ ...sent, userName: `${sent.userName} ${connections++}` }, at)
        const whole = {
          ...JSON.parse(writeBody(userType, id, { ...sent, userName: `${sent.userName} ${connections - 1}` })),
          meta: {
            resourceType: 'User',
            created: new Date(at).toISOString(),
            lastModified: new Date(at).toISOString(),
            version: 'W/"1"',
            location: `${baseUrl}/Users/${id}`,
          },
        }
        expect(answerOf(id)).toEqual(whole)
        expect(pageOf([key])).toEqual({ count: 1, users: [whole] })
      }),
      { numRuns: 100 },
    )
  })

  test('with the version and time of its last change', async () => {
    const { id } = await newUser({ userName: 'ada' }, 1_000)
    await commit.write((write) => changeUser(write, { connection, id, at: 2_000 }, () => ({ userName: 'Ada' })))
    expect(answeredUser(read, connection, id, form)?.version).toBe(2)
    expect(answerOf(id)).toMatchObject({
      userName: 'Ada',
      meta: { created: '1970-01-01T00:00:01.000Z', lastModified: '1970-01-01T00:00:02.000Z', version: 'W/"2"' },
    })
  })

  test('the same where it was stored before answers were', async () => {
    const { id } = await newUser({ userName: 'ada' }, 1_767_225_600_007)
    const now = answeredUser(read, connection, id, form)
    store.raw.prepare("update scim_user set meta = '' where scim_id = ?").run(id)
    expect(answeredUser(read, connection, id, form)).toEqual(now)
  })

  test('with direct groups, those above them, and names as they are', async () => {
    const ada = await newUser({ userName: 'ada' })
    const bob = await newUser({ userName: 'bob' })
    const inner = await newGroup('in "ner" ü\n', ada.id)
    const other = await newGroup('other', ada.id, bob.id)
    const direct = [groupOf(inner, 'direct', 'in "ner" ü\n'), groupOf(other, 'direct', 'other')]
    expect(answerOf(ada.id).groups).toEqual(direct)
    const outer = await newGroup('out', inner.id)
    const top = await newGroup('top', outer.id, other.id, ada.id)
    expect(answerOf(ada.id).groups).toEqual([
      ...direct,
      groupOf(outer, 'indirect', 'out'),
      groupOf(top, 'direct', 'top'),
    ])
    expect(answerOf(bob.id).groups).toEqual([groupOf(other, 'direct', 'other'), groupOf(top, 'indirect', 'top')])
    expect(pageOf([bob.key, ada.key]).users).toEqual([answerOf(bob.id), answerOf(ada.id)])
  })

  test('without groups where there are none, and where nobody asked for them', async () => {
    const ada = await newUser({ userName: 'ada' })
    expect(answerOf(ada.id)).not.toHaveProperty('groups')
    await newGroup('in', ada.id)
    expect(answerOf(ada.id, { baseUrl, withGroups: false })).not.toHaveProperty('groups')
    expect(pageOf([ada.key], { baseUrl, withGroups: false }).users).not.toHaveProperty('0.groups')
  })

  test('with an address that came from outside as text', async () => {
    const { id } = await newUser({ userName: 'ada' })
    expect(answerOf(id, { baseUrl: 'http://a"b\\', withGroups: true }).meta.location).toBe(`http://a"b\\/Users/${id}`)
  })

  test('only in its connection, and not after it is gone', async () => {
    const ada = await newUser({ userName: 'ada' })
    const bob = await newUser({ userName: 'bob' })
    const other = await seedConnection(store.db, 'elsewhere')
    expect(answeredUser(read, other, ada.id, form)).toBeUndefined()
    await commit.write((write) => deleteUser(write, { connection, id: ada.id, at: 2 }))
    expect(answeredUser(read, connection, ada.id, form)).toBeUndefined()
    expect(pageOf([ada.key, bob.key])).toMatchObject({ count: 1, users: [{ userName: 'bob' }] })
    expect(pageOf([])).toEqual({ count: 0, users: [] })
  })
})
