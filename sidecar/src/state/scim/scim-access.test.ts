import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionId } from '../../identity/ids.ts'
import { isProblem } from '../../problem/problem.ts'
import { createGroupCommit, type GroupCommit } from '../../store/group-commit.ts'
import type { Store } from '../../store/open-database.ts'
import { prepareStatements } from '../../store/statements.ts'
import { openTestStore } from '../../store/testing/databases.ts'
import { seedConnection } from '../testing/seeds.ts'
import { pruneScimLog, scimLogRetentionMs } from './prune-scim-log.ts'
import { bufferScimLog, findScimLog, logScimRequest, type ScimLogEntry } from './scim-log.ts'
import { scimTokenProblems } from './scim-token-problems.ts'
import { createScimTokens, type ScimTokens } from './scim-tokens.ts'

let store: Store
let commit: GroupCommit
let connection: ConnectionId
let now: number

beforeEach(async () => {
  store = await openTestStore()
  commit = createGroupCommit(store)
  connection = await seedConnection(store.db, 'okta')
  now = 1_000_000
})
afterEach(async () => {
  await commit.settled()
  await store.close()
})

describe('SCIM tokens', () => {
  let tokens: ScimTokens
  const failures: unknown[] = []
  const start = () =>
    createScimTokens({
      read: prepareStatements(store.raw),
      commit,
      now: () => now,
      report: (error) => failures.push(error),
    })

  beforeEach(() => {
    tokens = start()
  })
  afterEach(() => expect(failures).toEqual([]))

  test('a token is shown once, verified from its hash, and belongs to one connection', async () => {
    const { token, id } = await tokens.create(connection, { label: 'first', createdBy: 'me' })
    expect(token).toMatch(/^scim_[0-9a-f]{12}_[\w-]{43}$/)
    expect(token).toContain(id)
    expect(tokens.verify(connection, token)).toBe(id)
    expect(tokens.verify(connection, token)).toBe(id)
    expect(start().verify(connection, token)).toBe(id)
    expect(tokens.verify(await seedConnection(store.db, 'other'), token)).toBeUndefined()
    const dump = JSON.stringify(await store.db.selectFrom('scim_token').selectAll().execute())
    expect(dump).not.toContain(token.slice(18))
  })

  test.each(['', 'scim_', 'scim_000000000000_x', 'Bearer', 'scim_000000000000_'.padEnd(61, 'a')])(
    '%j is no token',
    (text) => {
      expect(tokens.verify(connection, text)).toBeUndefined()
    },
  )

  test('a wrong secret behind a right id is refused', async () => {
    const { token } = await tokens.create(connection, { label: 'first' })
    const last = token.endsWith('A') ? 'E' : 'A'
    expect(tokens.verify(connection, token.slice(0, -1) + last)).toBeUndefined()
  })

  test('two are valid at once and a third is refused; revoking makes room and is felt at once', async () => {
    const [one, two] = [
      await tokens.create(connection, { label: '1' }),
      await tokens.create(connection, { label: '2' }),
    ]
    expect([tokens.verify(connection, one.token), tokens.verify(connection, two.token)]).toEqual([one.id, two.id])
    const third = await tokens.create(connection, { label: '3' }).catch((error: unknown) => error)
    expect(isProblem(third, scimTokenProblems.scim_token_limit)).toBe(true)
    await tokens.revoke(connection, one.id)
    expect([tokens.verify(connection, one.token), tokens.verify(connection, two.token)]).toEqual([undefined, two.id])
    await tokens.create(connection, { label: '3' })
    const again = await tokens.revoke(connection, one.id).catch((error: unknown) => error)
    expect(isProblem(again, scimTokenProblems.scim_token_not_found)).toBe(true)
  })

  test('rotation: the old token works until the overlap ends, and nobody else’s is taken for it', async () => {
    const old = await tokens.create(connection, { label: '1' })
    const fresh = await tokens.rotate(connection, old.id, { expiresAt: now + 9000 }, 5000)
    const valid = () => [old, fresh].map(({ token }) => tokens.verify(connection, token) !== undefined)
    expect(valid()).toEqual([true, true])
    const third = await tokens.rotate(connection, fresh.id, {}, 5000).catch((error: unknown) => error)
    expect(isProblem(third, scimTokenProblems.scim_token_limit)).toBe(true)
    now += 5000
    expect(valid()).toEqual([false, true])
    const unknown = await tokens.rotate(connection, old.id, {}, 5000).catch((error: unknown) => error)
    expect(isProblem(unknown, scimTokenProblems.scim_token_not_found)).toBe(true)
    now += 4000
    expect(valid()).toEqual([false, false])
    expect(tokens.list(connection).map(({ label, expiresAt }) => [label, expiresAt])).toEqual([
      ['1', 1_005_000],
      ['1', 1_009_000],
    ])
  })

  test('the last use is written once a minute', async () => {
    const { token } = await tokens.create(connection, { label: 'first' })
    const lastUsed = async () => {
      tokens.verify(connection, token)
      await commit.settled()
      return tokens.list(connection)[0]?.lastUsedAt
    }
    expect(await lastUsed()).toBe(1_000_000)
    now += 59_999
    expect(await lastUsed()).toBe(1_000_000)
    now += 1
    expect(await lastUsed()).toBe(1_060_000)
  })
})

describe('the provisioning log', () => {
  const entry = (number: number, more: Partial<ScimLogEntry> = {}): ScimLogEntry => ({
    connection,
    at: number,
    tokenId: 'abc',
    remoteAddress: '10.0.0.1',
    method: 'GET',
    status: 200,
    durationUs: 120,
    requestId: `r${number}`,
    ...more,
  })
  const found = async (query = {}) =>
    (await findScimLog(store.db, { connection, limit: 10, ...query })).map(({ requestId }) => requestId)

  test('a write is logged with it or not at all', async () => {
    const failing = commit.write((write) => {
      logScimRequest(write, entry(1))
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    const whole = entry(2, {
      resourceType: 'User',
      id: 'u',
      subjectName: 'ada',
      attributes: ['userName'],
      scimType: 'noTarget',
      detail: 'd',
    })
    await commit.write((write) => logScimRequest(write, whole))
    expect(await findScimLog(store.db, { connection, limit: 10 })).toEqual([
      { number: 1, ...whole, waiting: false, run: undefined },
    ])
  })

  test('reads are stored together, the newest are found first, page by page', async () => {
    const log = bufferScimLog(commit, (error) => expect.unreachable(String(error)))
    for (let number = 1; number <= 5; number++) log.add(entry(number, number === 2 ? { status: 404, id: 'gone' } : {}))
    expect(await found()).toEqual([])
    await log.flush()
    expect(await found({ limit: 2 })).toEqual(['r5', 'r4'])
    expect(await found({ limit: 2, before: 4 })).toEqual(['r3', 'r2'])
    expect(await found({ onlyFailed: true })).toEqual(['r2'])
    expect(await found({ id: 'gone' })).toEqual(['r2'])
  })

  test('a full buffer is stored at once, and one that cannot be stored is kept and bounded', async () => {
    const log = bufferScimLog(commit, () => undefined)
    for (let number = 1; number <= 200; number++) log.add(entry(number))
    await commit.settled()
    expect((await found({ limit: 1000 })).length).toBe(200)
    const failures: unknown[] = []
    let broken = true
    const flaky = {
      ...commit,
      write: <T>(action: Parameters<typeof commit.write<T>>[0]) =>
        broken ? Promise.reject(new Error('full')) : commit.write(action),
    }
    const second = bufferScimLog(flaky, (error) => failures.push(error))
    for (let number = 1; number <= 11_000; number++) second.add(entry(number))
    await second.flush()
    broken = false
    await second.flush()
    expect(failures.length).toBeGreaterThan(0)
    expect((await found({ limit: 20_000 })).length).toBe(10_200)
  })

  test('what is older than 90 days goes, in pieces', async () => {
    await commit.write((write) => {
      for (let number = 1; number <= 2500; number++) logScimRequest(write, entry(number))
      logScimRequest(write, entry(scimLogRetentionMs))
    })
    expect(await pruneScimLog(store.db, scimLogRetentionMs + 2501)).toBe(2500)
    expect(await found()).toEqual([`r${scimLogRetentionMs}`])
  })
})
