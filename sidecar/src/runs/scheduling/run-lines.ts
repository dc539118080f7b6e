import type { RunOutcome } from '@rollcall/contract/api/runs'
import type { ConnectionId, RunId } from '../../identity/ids.ts'
import type { OpenRun } from './run-request.ts'

/** A run in the line of its connection. */
export interface LinedRun {
  readonly run: OpenRun
  readonly cancelled: AbortController
  readonly ended: Promise<RunOutcome>
  readonly end: (outcome: Promise<RunOutcome>) => void
}

/** The line of one connection: one run is under way, at most one waits. */
export interface Line {
  readonly waiting: OpenRun | undefined
  push(run: OpenRun): void
}

/** Keeps the runs of each connection one behind the other. `work` ends a run in every case, also a cancelled one. */
export function createRunLines(work: (lined: LinedRun) => Promise<RunOutcome>) {
  const lines = new Map<ConnectionId, LinedRun[]>()
  const turns = new Map<ConnectionId, Promise<unknown>>()

  async function advance(connection: ConnectionId): Promise<void> {
    for (;;) {
      const first = lines.get(connection)?.[0]
      if (!first) break
      const outcome = work(first)
      first.end(outcome)
      await outcome.catch(() => {})
      lines.get(connection)?.shift()
    }
    lines.delete(connection)
  }

  function push(run: OpenRun): void {
    const { promise, resolve } = Promise.withResolvers<RunOutcome>()
    const standing: LinedRun = {
      run,
      cancelled: new AbortController(),
      ended: promise,
      end: (outcome) => resolve(outcome),
    }
    // Whoever waits for the end hears of a failure; nobody has to.
    promise.catch(() => {})
    const line = lines.get(run.connection)
    if (line) {
      line.push(standing)
      return
    }
    lines.set(run.connection, [standing])
    void advance(run.connection)
  }

  const all = () => [...lines.values()].flat()

  return {
    of: (connection: ConnectionId) => ({
      async exclusively<T>(action: (line: Line) => Promise<T>): Promise<T> {
        const before = turns.get(connection)
        const line: Line = {
          get waiting() {
            return lines.get(connection)?.[1]?.run
          },
          push,
        }
        const turn = (async () => {
          await before?.catch(() => {})
          return action(line)
        })()
        turns.set(connection, turn)
        return turn
      },
    }),
    find: (run: RunId): LinedRun | undefined => all().find((standing) => standing.run.id === run),
    /** Takes a run out that waits; a run under way stays. */
    leave(run: RunId): LinedRun | undefined {
      for (const line of lines.values()) {
        const at = line.findIndex((standing) => standing.run.id === run)
        if (at > 0) return line.splice(at, 1)[0]
      }
      return undefined
    },
    isBusy: (connection: ConnectionId): boolean => lines.has(connection),
    /** Cancels everything and waits until it has ended. */
    async close(reason: unknown): Promise<void> {
      const open = all()
      for (const { cancelled } of open) cancelled.abort(reason)
      await Promise.allSettled(open.map(({ ended }) => ended))
    },
  }
}
