import type Database from 'better-sqlite3'
import { prepareStatements, type WritingStatements } from './statements.ts'
import type { Db } from './transaction.ts'

/** One write inside a group commit: synchronous, a savepoint of its own. */
export interface GroupWrite extends WritingStatements {
  /** Larger than the number of every transaction that marked before; the same for all marks of this write. */
  markSequence(): number
  /** The number of the marks of this write; undefined while it has made none. */
  marked(): number | undefined
}

export interface GroupCommit {
  /**
   * Runs `action` together with everything else that is submitted in this turn: one transaction and one fsync for all, a
   * savepoint for each. Resolves when the commit is durable. What `action` throws rejects its own promise, undoes its own
   * writes and touches nobody else's.
   */
  write<T>(action: (write: GroupWrite) => T): Promise<T>
  /** Resolves when everything that was submitted before is committed or refused. */
  settled(): Promise<void>
}

interface Submitted {
  /** Runs inside the transaction; gives what is to be called once it is durable. */
  readonly run: () => () => void
  readonly reject: (error: unknown) => void
}

/** A group ends after this long, so that the event loop is free again; the rest makes the next one. */
const longestGroupMs = 15

/**
 * SQLite only. A group begins and commits in one synchronous go, so that no query of Kysely can come in between. While an
 * asynchronous transaction of Kysely is open on the same connection, the group queues for Kysely's own lock, first come,
 * first served; those transactions stay under 20 ms.
 */
export function createGroupCommit({ raw, db }: { readonly raw: Database.Database; readonly db: Db }): GroupCommit {
  const statements = prepareStatements(raw)
  let queue: Submitted[] = []
  let scheduled = false
  let idle: (() => void)[] = []

  const schedule = () => {
    if (scheduled) return
    scheduled = true
    setImmediate(turn)
  }
  const turn = () => {
    if (!raw.inTransaction) return drain()
    // The connection is handed over without an open transaction, and nothing else runs on it until this returns.
    db.connection()
      .execute(async () => drain())
      .catch(refuseAll)
  }
  const drain = () => {
    scheduled = false
    queue = commitGroup(statements, raw, queue)
    if (queue.length > 0) return schedule()
    for (const done of idle.splice(0)) done()
  }
  const refuseAll = (error: unknown) => {
    scheduled = false
    for (const one of queue.splice(0)) one.reject(error)
    for (const done of idle.splice(0)) done()
  }
  return {
    write: (action) =>
      new Promise((resolve, reject) => {
        queue.push({
          run() {
            const result = action(groupWrite(statements))
            return () => resolve(result)
          },
          reject,
        })
        schedule()
      }),
    settled: () =>
      queue.length === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            idle = [...idle, resolve]
          }),
  }
}

/** Commits as many as fit and gives back the rest. */
function commitGroup(statements: WritingStatements, raw: Database.Database, queue: Submitted[]): Submitted[] {
  const until = performance.now() + longestGroupMs
  const succeeded: { readonly one: Submitted; readonly settle: () => void }[] = []
  const failed: (() => void)[] = []
  let taken = 0
  try {
    statements.run('begin immediate')
    for (const one of queue) {
      taken++
      const outcome = attempt(statements, raw, one)
      if (outcome.kind === 'failed') failed.push(outcome.settle)
      else succeeded.push({ one, settle: outcome.settle })
      if (performance.now() > until) break
    }
    statements.run('commit')
  } catch (error) {
    if (raw.inTransaction) statements.run('rollback')
    for (const one of queue.slice(0, Math.max(taken, 1))) one.reject(error)
    return queue.slice(Math.max(taken, 1))
  }
  for (const { settle } of succeeded) settle()
  for (const settle of failed) settle()
  return queue.slice(taken)
}

function attempt(statements: WritingStatements, raw: Database.Database, one: Submitted) {
  statements.run('savepoint one')
  try {
    const settle = one.run()
    statements.run('release one')
    return { kind: 'succeeded', settle } as const
  } catch (error) {
    // A full disk or a failing one ends the whole transaction by itself: then nobody has written anything.
    if (!raw.inTransaction) throw error
    statements.run('rollback to one')
    statements.run('release one')
    return { kind: 'failed', settle: () => one.reject(error) } as const
  }
}

const nextSequence = 'update mark_sequence set value = value + 1 where id = 1 returning value'

function groupWrite(statements: WritingStatements): GroupWrite {
  let sequence: number | undefined
  return {
    ...statements,
    markSequence() {
      sequence ??= statements.get<{ value: number }>(nextSequence)?.value ?? 0
      return sequence
    },
    marked: () => sequence,
  }
}
