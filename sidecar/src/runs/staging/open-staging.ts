import Database from 'better-sqlite3'

/**
 * A database of its own for what was read but is not believed yet. The empty name makes SQLite put it into a file that
 * it unlinks at once (in `SQLITE_TMPDIR`, `TMPDIR` or `/var/tmp`): nothing is left behind, however the process ends.
 * See https://www.sqlite.org/inmemorydb.html, "Temporary Databases".
 */
export function openStaging(): Database.Database {
  const staging = new Database('')
  staging.pragma('journal_mode = off')
  staging.pragma('synchronous = off')
  staging.pragma('cache_size = -16000')
  staging.exec('begin')
  return staging
}
