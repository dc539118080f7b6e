import type Database from 'better-sqlite3'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

/**
 * Kysely prepares its statement anew on every call, which costs seven times the query itself. This facade keeps prepared
 * statements by their SQL text, the least recently used going first.
 */
export function keepStatements(database: Database.Database, limit = 400): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()
  return {
    prepare(sql) {
      const statement = kept.get(sql) ?? (database.prepare(sql) as unknown as SqliteStatement)
      kept.delete(sql)
      kept.set(sql, statement)
      if (kept.size > limit) dropOldest(kept)
      return statement
    },
    close() {
      kept.clear()
      database.close()
    },
  }
}

function dropOldest(kept: Map<string, unknown>): void {
  const oldest = kept.keys().next()
  if (!oldest.done) kept.delete(oldest.value)
}
