import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { readLegs, readRunnable } from '../runs/leg-settings.ts'
import { readSchedules } from '../runs/schedule-store.ts'
import { seedConnection, seedTarget } from '../testing/seeds.ts'
import { dropPause, listPauses, type PauseScope, storePause } from './pauses.ts'

describe.each(testDatabases)('pauses by hand on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ db, close } = await open())
  })
  afterEach(() => close())

  async function legs() {
    const jira = await seedTarget(db, 'jira')
    const wiki = await seedTarget(db, 'wiki')
    const connection = await seedConnection(db, 'entra', [jira, wiki])
    const paused = async () => ({
      connection: (await readRunnable(db, connection))?.paused,
      targets: (await readLegs(db, connection)).map((leg) => leg.paused),
      scheduled: (await readSchedules(db)).length,
    })
    const pause = (scope: PauseScope, by = 'ada') =>
      transaction(db, (trx) => storePause(trx, scope, { reason: undefined, by, at: 1 }))
    return { jira, connection, paused, pause }
  }

  test('stop a target, a connection with its schedule, or everything, and nothing else', async () => {
    const { jira, connection, paused, pause } = await legs()
    const running = { connection: false, targets: [false, false], scheduled: 1 }
    expect(await paused()).toEqual(running)
    const one = await pause({ target: jira })
    expect(await paused()).toEqual({ ...running, targets: [true, false] })
    expect(await transaction(db, (trx) => dropPause(trx, one))).toBe(true)
    const two = await pause({ connection })
    expect(await paused()).toEqual({ ...running, connection: true, scheduled: 0 })
    await transaction(db, (trx) => dropPause(trx, two))
    await pause({})
    expect(await paused()).toEqual({ connection: true, targets: [true, true], scheduled: 0 })
  })

  test('stay as whoever came first said, and apart from what the configuration says', async () => {
    const { connection, paused, pause } = await legs()
    const id = await pause({ connection })
    expect(await pause({ connection }, 'bob')).toBe(id)
    expect(await listPauses(db)).toMatchObject([{ paused_by: 'ada', connection_slug: 'entra' }])
    // As applying a configuration does, which knows nothing of pauses by hand.
    await db.updateTable('connection').set({ paused: 0 }).execute()
    expect((await paused()).connection).toBe(true)
    await transaction(db, (trx) => dropPause(trx, id))
    expect(await transaction(db, (trx) => dropPause(trx, id))).toBe(false)
  })
})
