import type { ConnectionId, Instant } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import { readMovedMs, readNewestTime, storeMovedMs, storeSeenTime } from '../../state/runs/clock-memory.ts'
import {
  readDueLegs,
  readDueMarks,
  readNextDue,
  readSchedules,
  type ScheduledConnection,
  setNextRun,
} from '../../state/runs/schedule-store.ts'
import type { Db } from '../../store/transaction.ts'
import type { Clock } from '../execution/clock.ts'
import type { RunService } from '../run-service.ts'
import { createDailyPruning } from './daily-pruning.ts'
import { nextTick } from './next-tick.ts'

/** Nothing waits longer than this for its time: also how old the stored time gets while nothing happens. */
const longestSleepMs = 60_000
/** A tick that was missed by more than this was missed while nothing ran. */
const missedAfterMs = 2 * 60_000
/** Missed ticks of many connections do not start together. */
const jitterMs = 2 * 60_000
/** A clock that moved more than this was set, by hand or by mistake. */
const jumpMs = 3_600_000

export interface Scheduler {
  /** Looks at once at what is due, then whenever something may be. */
  start(): Promise<void>
  /** A schedule was changed, or a connection continued: looks again. */
  changed(): Promise<void>
  stop(): Promise<void>
}

interface SchedulerOptions {
  readonly db: Db
  readonly clock: Clock
  readonly runs: Pick<RunService, 'enqueue' | 'isBusy'>
  readonly random?: () => number
  readonly report: (error: unknown) => void
  /** Told once a day how much was forgotten. */
  readonly pruned: Parameters<typeof createDailyPruning>[0]['pruned']
  /** Calls back after so many milliseconds; gives back how to call it off. */
  readonly wait?: (ms: number, callback: () => void) => () => void
}

/** Starts runs when their time has come: schedules with a reading, retries and ended grace periods without one. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { db, clock, runs, report, random = Math.random, wait = waitForReal } = options
  const lookedAt = new Map<ConnectionId, Instant>()
  const pruning = createDailyPruning(options)
  let callOff = () => {}
  let looking: Promise<void> = Promise.resolve()
  let stopped = false

  function look(): Promise<void> {
    looking = looking.then(lookNow).catch(report)
    return looking
  }

  async function lookNow(): Promise<void> {
    if (stopped) return
    const now = clock.now()
    await watchClock(db, now)
    pruning.look(now)
    for (const connection of await readSchedules(db)) await tick(connection, now)
    for (const { id, since } of [...(await readDueMarks(db, now)), ...(await readDueLegs(db, now))]) {
      if (since > (lookedAt.get(id) ?? 0)) await wakeUp(id, now)
    }
    await sleep(now)
  }

  async function sleep(now: Instant): Promise<void> {
    const times = (await readSchedules(db)).flatMap(({ nextRunAt }) => nextRunAt ?? [])
    const due = await readNextDue(db, now)
    const next = Math.min(now + longestSleepMs, due ?? Number.POSITIVE_INFINITY, ...times.filter((at) => at > now))
    callOff()
    if (!stopped) callOff = wait(Math.max(0, next - now), () => void look())
  }

  /** Stores the next time before the run is asked for: a tick that crashes the process does not come again at once. */
  async function tick({ id, schedule, nextRunAt }: ScheduledConnection, now: Instant): Promise<void> {
    const next = nextTick(schedule, now)
    if (nextRunAt === undefined || next === undefined) {
      if (nextRunAt !== next) await setNextRun(db, id, next)
      return
    }
    if (nextRunAt > now) {
      // The schedule was changed to an earlier time.
      if (next < nextRunAt) await setNextRun(db, id, next)
      return
    }
    await setNextRun(db, id, next)
    await enqueue(id, { mode: 'synchronize', trigger: 'schedule' })
  }

  async function wakeUp(id: ConnectionId, now: Instant): Promise<void> {
    if (runs.isBusy(id)) return
    lookedAt.set(id, now)
    await enqueue(id, { mode: 'synchronize', trigger: 'schedule', reading: 'skip' })
  }

  /** A paused connection, or one whose line is full, is no fault: its time comes again. */
  async function enqueue(id: ConnectionId, request: Parameters<RunService['enqueue']>[1]): Promise<void> {
    try {
      await runs.enqueue(id, request)
    } catch (error) {
      if (!(error instanceof Problem)) report(error)
    }
  }

  /** Ticks that passed while nothing ran come once, not all at the same moment. */
  async function delayMissed(): Promise<void> {
    const now = clock.now()
    for (const { id, nextRunAt } of await readSchedules(db)) {
      if (nextRunAt === undefined || nextRunAt > now - missedAfterMs) continue
      await setNextRun(db, id, now + Math.round(random() * jitterMs))
    }
  }

  return {
    async start() {
      await delayMissed()
      await look()
    },
    changed: look,
    async stop() {
      stopped = true
      callOff()
      await looking
      await pruning.stop()
    },
  }
}

/**
 * Whatever becomes due by time alone is held while the clock cannot be trusted: when it is more than an hour from the
 * newest stored time. Stays so until an administrator approved a plan.
 */
async function watchClock(db: Db, now: Instant): Promise<void> {
  const newest = await readNewestTime(db)
  if (newest !== undefined && Math.abs(now - newest) > jumpMs) {
    const before = await readMovedMs(db)
    const moved = Math.abs(now - newest)
    await storeMovedMs(db, Math.max(moved, before))
  }
  await storeSeenTime(db, now)
}

function waitForReal(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms)
  timer.unref()
  return () => clearTimeout(timer)
}
