import type Database from 'better-sqlite3'
import type { SqlValue } from './insert-rows.ts'

/**
 * Statements that are prepared once and run synchronously: what a request of an identity provider reads and writes. A tenth
 * of the cost of a query through Kysely, and SQLite only. On the main thread's connection a read between the queries of an
 * open transaction sees what that transaction has written, so it may look only at rows that group commits alone write.
 */
export interface Statements {
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined
  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[]
}

export interface Ran {
  readonly changes: number
  readonly lastId: number
}

/** The same with statements that change something; only a group commit hands it out. */
export interface WritingStatements extends Statements {
  run(sql: string, ...values: readonly SqlValue[]): Ran
}

/** Texts have to be few and fixed, values are bound; the least recently used statement goes first. */
export function prepareStatements(raw: Database.Database, limit = 400): WritingStatements {
  const kept = new Map<string, Database.Statement<SqlValue[]>>()
  const prepare = (sql: string) => {
    const statement = raw.prepare<SqlValue[]>(withoutPeeking(sql))
    if (kept.size >= limit) dropOldest(kept)
    kept.set(sql, statement)
    return statement
  }
  // A hit is not moved to the end: it would cost as much as the query. What is dropped is prepared again when it is needed.
  const statement = (sql: string) => kept.get(sql) ?? prepare(sql)
  return {
    get: <Row>(sql: string, ...values: SqlValue[]) => statement(sql).get(...values) as Row | undefined,
    all: <Row>(sql: string, ...values: SqlValue[]) => statement(sql).all(...values) as Row[],
    run(sql, ...values) {
      const { changes, lastInsertRowid } = statement(sql).run(...values)
      return { changes, lastId: Number(lastInsertRowid) }
    },
  }
}

/**
 * SQLite (built with STAT4, as better-sqlite3 is) makes the plan of a join anew whenever a value that one of its columns is
 * compared with changes: 15 to 30 µs for a statement of one. Of an expression it does not look at the value, and without
 * samples of values, as here, there is nothing to learn from it.
 */
export const withoutPeeking = (sql: string): string => sql.replace(/([=<>]) \?/g, '$1 +?')

function dropOldest(kept: Map<string, unknown>): void {
  const oldest = kept.keys().next()
  if (!oldest.done) kept.delete(oldest.value)
}
