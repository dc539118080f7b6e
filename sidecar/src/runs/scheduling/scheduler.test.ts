import type { Schedule } from '@rollcall/contract/configuration'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ConnectionId, RunId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import type { PrunedStore } from '../../state/retention/prune-store.ts'
import { readMovedMs } from '../../state/runs/clock-memory.ts'
import { seedConnection, seedTarget } from '../../state/testing/seeds.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import type { Db } from '../../store/transaction.ts'
import type { Enqueue } from '../run-service.ts'
import { runProblems } from './run-problems.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'

const noon = Date.UTC(2026, 0, 5, 12)
const hour = 3_600_000

describe.each(testDatabases)('the scheduler on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let connection: ConnectionId
  let now = noon
  let asked: { connection: ConnectionId; request: Enqueue }[]
  let scheduler: Scheduler
  let sleep: { ms: number; wake: () => void } | undefined
  let refuses = false
  let busy = false
  const reported: unknown[] = []
  let pruned: PrunedStore[]

  beforeEach(async () => {
    ;({ db, close } = await open())
    connection = await seedConnection(db, 'entra', [await seedTarget(db, 'jira')])
    now = noon
    asked = []
    pruned = []
    refuses = false
    busy = false
    scheduler = newScheduler()
  })
  afterEach(async () => {
    await scheduler.stop()
    await close()
  })

  const newScheduler = () =>
    createScheduler({
      db,
      clock: { now: () => now, monotonic: () => now },
      random: () => 0.5,
      report: (error) => reported.push(error),
      pruned: (numbers) => pruned.push(numbers),
      wait: (ms, wake) => {
        sleep = { ms, wake }
        return () => {}
      },
      runs: {
        isBusy: () => busy,
        enqueue: async (id, request) => {
          if (refuses) throw new Problem(runProblems.connection_paused, 'Paused.')
          asked.push({ connection: id, request })
          return asked.length as RunId
        },
      },
    })

  const schedule = (value: Schedule) =>
    db
      .updateTable('connection')
      .set({ entry: JSON.stringify({ schedule: value }) })
      .execute()
  const nextRunAt = async () =>
    (await db.selectFrom('connection').select('next_run_at').executeTakeFirst())?.next_run_at
  const pass = async (ms: number) => {
    now += ms
    await scheduler.changed()
  }
  /** As a service that is up does: a look every minute. */
  const live = async (ms: number) => {
    for (let left = ms; left > 0; left -= 60_000) await pass(Math.min(left, 60_000))
  }
  const mark = (notBefore: number) =>
    db
      .insertInto('dirty')
      .values({
        target_id: 1 as never,
        connection_id: connection,
        subject_kind: 'identity',
        subject_id: 1,
        reason: 'retry',
        seq: 1,
        marked_at: noon,
        not_before: notBefore,
      })
      .execute()

  test('forgets once a day what is over, whether it was up all the time or not', async () => {
    const { id } = await db
      .insertInto('admin_token')
      .values({ name: 'a', name_key: 'a' as never, token_hash: 'a', created_at: 0 })
      .returning('id')
      .executeTakeFirstOrThrow()
    const session = (expires_at: number) => ({
      session_hash: `s${expires_at}`,
      admin_token_id: id,
      created_at: 0,
      expires_at,
    })
    await db
      .insertInto('session')
      .values([session(noon - 1), session(noon + 5 * hour), session(noon + 80 * hour)])
      .execute()
    await scheduler.start()
    await vi.waitFor(() =>
      expect(pruned).toEqual([{ sessions: 1, scimRequests: 0, auditEntries: 0, operations: 0, plans: 0, runs: 0 }]),
    )
    await live(23 * hour)
    scheduler = newScheduler()
    await scheduler.start()
    await scheduler.stop()
    expect(pruned).toHaveLength(1)
    scheduler = newScheduler()
    await live(hour)
    await vi.waitFor(() => expect(pruned[1]).toMatchObject({ sessions: 1 }))
    expect(await db.selectFrom('session').select('expires_at').execute()).toEqual([{ expires_at: noon + 80 * hour }])
    await scheduler.stop()
    expect(reported).toEqual([])
  })

  test('stores the next time, sleeps towards it, and runs when it has come', async () => {
    await schedule('hourly')
    await scheduler.start()
    expect(await nextRunAt()).toBe(noon + hour)
    expect(asked).toEqual([])
    expect(sleep?.ms).toBe(60_000)
    now += hour - 20_000
    await scheduler.changed()
    expect(sleep?.ms).toBe(20_000)
    await pass(20_000)
    expect(asked).toMatchObject([{ connection, request: { mode: 'synchronize', trigger: 'schedule' } }])
    expect(asked[0]?.request.reading).toBeUndefined()
    expect(await nextRunAt()).toBe(noon + 2 * hour)
  })

  test('runs missed ticks once after a restart, a little later', async () => {
    await schedule('hourly')
    await scheduler.start()
    await scheduler.stop()
    now += 5 * hour
    scheduler = newScheduler()
    await scheduler.start()
    expect(asked).toEqual([])
    expect(await nextRunAt()).toBe(now + 60_000)
    await live(2 * 60_000)
    expect(asked).toHaveLength(1)
  })

  test('looks again when a schedule was changed or switched off', async () => {
    await schedule('weekly')
    await scheduler.start()
    await schedule('hourly')
    await scheduler.changed()
    expect(await nextRunAt()).toBe(noon + hour)
    await schedule('off')
    await scheduler.changed()
    expect(await nextRunAt()).toBe(null)
  })

  test('runs without a reading when a retry is due, once', async () => {
    await mark(noon + 90_000)
    await scheduler.start()
    await pass(60_000)
    expect(asked).toEqual([])
    expect(sleep?.ms).toBe(30_000)
    await pass(30_000)
    expect(asked).toMatchObject([{ request: { reading: 'skip', trigger: 'schedule' } }])
    await live(5 * 60_000)
    expect(asked).toHaveLength(1)
  })

  test('does not wake what is running, but when it has ended', async () => {
    await mark(noon - 1)
    busy = true
    await scheduler.start()
    expect(asked).toEqual([])
    busy = false
    await pass(60_000)
    expect(asked).toHaveLength(1)
  })

  test('tries a leg again that failed as a whole, and leaves its marks alone until then', async () => {
    await mark(noon - 1)
    await db
      .updateTable('policy')
      .set({ failures: 1, not_before: noon + 90_000 })
      .execute()
    await scheduler.start()
    expect(asked).toEqual([])
    await pass(90_000)
    expect(asked).toMatchObject([{ request: { reading: 'skip' } }])
  })

  test('a refused run is no fault', async () => {
    await schedule('hourly')
    await scheduler.start()
    refuses = true
    await live(hour)
    expect(reported).toEqual([])
    expect(await nextRunAt()).toBe(noon + 2 * hour)
  })

  test('does not run paused connections', async () => {
    await schedule('hourly')
    await scheduler.start()
    await db.updateTable('connection').set({ paused: 1 }).execute()
    await live(hour)
    expect(asked).toEqual([])
  })

  test('notices a clock that moved by more than an hour, forwards or back', async () => {
    await scheduler.start()
    await live(10 * 60_000)
    expect(await readMovedMs(db)).toBe(0)
    await pass(-2 * hour)
    expect(await readMovedMs(db)).toBe(2 * hour)
    await pass(9 * hour)
    expect(await readMovedMs(db)).toBe(9 * hour)
  })

  test('stops', async () => {
    await schedule('hourly')
    await scheduler.start()
    await scheduler.stop()
    await pass(2 * hour)
    expect(asked).toEqual([])
  })
})
