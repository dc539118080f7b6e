import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Problem } from '../problem/problem.ts'
import { keepStatements } from './kept-statements.ts'
import { storeProblems } from './store-problems.ts'
import type { Tables } from './tables.ts'
import type { Db } from './transaction.ts'

/** An open SQLite store. */
export interface Store {
  readonly db: Db
  /** The connection below `db`, for statements that are prepared once and run synchronously. */
  readonly raw: Database.Database
  readonly path: string
  close(): Promise<void>
}

/** The one writing connection: durable commits, readers beside it. `:memory:` is for tests. */
export function openStore(path: string): Store {
  return open(path, {}, [
    'journal_mode = wal',
    'synchronous = full',
    'foreign_keys = on',
    // A commit that checkpoints stops the event loop: 30 ms at 3,000 pages, 80 to 120 ms at 10,000 while a first load
    // fills a new file, and at 1,000 it would happen in every third piece.
    'wal_autocheckpoint = 3000',
  ])
}

/** A second connection for the worker thread: it cannot write, whatever it runs. */
export function openReadOnly(path: string): Store {
  return open(path, { readonly: true, fileMustExist: true }, ['query_only = on'])
}

function open(path: string, options: Database.Options, pragmas: readonly string[]): Store {
  const raw = openFile(path, options, pragmas)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: keepStatements(raw) }) })
  const close = async () => {
    await db.destroy()
    // Kysely closes the connection only if it has used it.
    if (raw.open) raw.close()
  }
  return { db, raw, path, close }
}

function openFile(path: string, options: Database.Options, pragmas: readonly string[]): Database.Database {
  try {
    const raw = new Database(path, { ...options, timeout: 5000 })
    for (const pragma of pragmas) raw.pragma(pragma)
    return raw
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

const sqliteCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

function unreadable(path: string, cause: unknown): Problem {
  const damaged = /^SQLITE_(NOTADB|CORRUPT)/.test(sqliteCode(cause))
  return damaged
    ? new Problem(storeProblems.store_unreadable, `${path} is not a readable database.`, { cause })
    : new Problem(storeProblems.data_folder_unusable, `The database ${path} cannot be opened.`, { cause })
}
