import type { ConnectionId } from '../identity/ids.ts'

/** Runs as far as pushes need them; the scheduling behind it is none of their business. */
export interface PushRuns {
  /** Plans and executes what is due by what is stored. Throws a Problem while that cannot be (paused, stopping). */
  enqueue(connection: ConnectionId): Promise<number>
  /** The run's outcome, once it has ended. */
  ended(run: number): Promise<string>
  /** Nobody has approved a first plan of the connection yet: it only collects. */
  isCollecting(connection: ConnectionId): Promise<boolean>
}

export interface Delivery {
  /** Something of the connection is stored that targets do not have yet. Never throws and never waits. */
  changed(connection: ConnectionId): void
  /** Resolves when a run over what was stored before this call has ended, or when the time is over. Never throws. */
  delivered(connection: ConnectionId): Promise<void>
  close(): Promise<void>
}

export interface DeliveryOptions {
  readonly runs: PushRuns
  /** Marks what a change left to be marked; nothing can be planned before. Called at each change and before each run. */
  readonly mark?: (connection: ConnectionId) => Promise<void>
  /** A run over what the connection pushed has ended. */
  readonly ended?: (connection: ConnectionId) => Promise<void>
  readonly report: (error: unknown) => void
  readonly monotonic: () => number
  /** Changes that come this close together share a run. */
  readonly gatherMs?: number
  readonly waitMs?: number
}

/** After a run that failed. */
const calmMs = 30_000
/**
 * Until somebody approved a first plan the provider fills an empty connection: planned is when it has paused for this long, so
 * that the plan under review is not replaced all the time, and at the latest after `longestFillMs`.
 */
const quietMs = 30_000
const longestFillMs = 300_000
/** How soon an approval is noticed. */
const askAgainMs = 1_000
/** A run that takes long is repeated after this many times its length, so that a big push is not planned over and over. */
const restFactor = 4

interface Line {
  timer: NodeJS.Timeout | undefined
  /** Not before this moment, by the monotonic clock. */
  notBefore: number
  running: Promise<void> | undefined
  /** Something changed while a run was under way, which may have looked already. */
  again: boolean
  /** The first and the last change that no run has looked at. */
  changes: { readonly first: number; readonly last: number } | undefined
}

/** Wakes runs for what providers push: soon, together, and never as part of the request. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { runs, mark, ended, report, monotonic, gatherMs = 200, waitMs = 2_000 } = options
  const lines = new Map<ConnectionId, Line>()
  let closed = false

  const lineOf = (connection: ConnectionId): Line => {
    const line = lines.get(connection) ?? {
      timer: undefined,
      notBefore: 0,
      running: undefined,
      again: false,
      changes: undefined,
    }
    lines.set(connection, line)
    return line
  }

  async function run(connection: ConnectionId, line: Line): Promise<void> {
    const startedAt = monotonic()
    let calm = false
    try {
      await mark?.(connection)
      if (isFilling(line) && (await runs.isCollecting(connection))) {
        line.notBefore = monotonic() + askAgainMs
        line.again = true
        return
      }
      line.changes = undefined
      calm = (await runs.ended(await runs.enqueue(connection))) === 'failed'
      await ended?.(connection)
    } catch (error) {
      // Paused, stopping, or a run waits that does something else: what is stored is due at the next run all the same.
      calm = true
      report(error)
    }
    const took = monotonic() - startedAt
    line.notBefore = monotonic() + Math.max(calm ? calmMs : 0, took * restFactor)
  }

  const isFilling = ({ changes }: Line): boolean =>
    changes !== undefined && monotonic() - changes.last < quietMs && monotonic() - changes.first < longestFillMs

  const noteChange = (line: Line): void => {
    const last = monotonic()
    line.changes = { first: line.changes?.first ?? last, last }
  }

  function arm(connection: ConnectionId, line: Line): void {
    if (closed || line.timer !== undefined) return
    line.timer = setTimeout(
      () => {
        line.timer = undefined
        begin(connection, line)
      },
      Math.max(gatherMs, line.notBefore - monotonic()),
    )
    line.timer.unref()
  }

  function begin(connection: ConnectionId, line: Line): Promise<void> {
    line.running ??= run(connection, line).finally(() => {
      line.running = undefined
      if (line.again) arm(connection, line)
      line.again = false
    })
    return line.running
  }

  return {
    changed(connection) {
      const line = lineOf(connection)
      noteChange(line)
      mark?.(connection).catch(report)
      if (line.running === undefined) arm(connection, line)
      else line.again = true
    },
    async delivered(connection) {
      const line = lineOf(connection)
      noteChange(line)
      const before = line.running
      const whole = before === undefined ? begin(connection, line) : before.then(() => begin(connection, line))
      await within(whole, waitMs)
    },
    async close() {
      closed = true
      for (const { timer } of lines.values()) clearTimeout(timer)
      await Promise.all([...lines.values()].map(({ running }) => running))
    },
  }
}

function within(whole: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    whole.finally(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
