import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionId } from '../../identity/ids.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import type { Db } from '../../store/transaction.ts'
import { seedConnection } from '../testing/seeds.ts'
import { pruneScimLog, scimLogRetentionMs } from './prune-scim-log.ts'
import { findScimLog } from './scim-log.ts'

describe.each(testDatabases)('the provisioning log on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let connection: ConnectionId

  beforeEach(async () => {
    ;({ db, close } = await open())
    connection = await seedConnection(db, 'okta')
  })
  afterEach(() => close())

  test('is found page by page, the newest first, and old entries go', async () => {
    const entry = (at: number, status: number) => ({
      connection_id: connection,
      at,
      remote_address: '::1',
      method: 'GET',
      status,
      duration_us: 1,
      request_id: `r${at}`,
    })
    await db
      .insertInto('scim_log')
      .values([entry(1, 200), entry(2, 404), entry(3, 200)])
      .execute()
    const found = async (query = {}) =>
      (await findScimLog(db, { connection, limit: 2, ...query })).map(({ at, number }) => ({ at, number }))
    const [newest, next] = await found()
    expect([newest?.at, next?.at]).toEqual([3, 2])
    expect((await found({ before: next?.number })).map(({ at }) => at)).toEqual([1])
    expect((await found({ onlyFailed: true })).map(({ at }) => at)).toEqual([2])
    expect(await pruneScimLog(db, scimLogRetentionMs + 3)).toBe(2)
    expect((await found()).map(({ at }) => at)).toEqual([3])
  })
})
