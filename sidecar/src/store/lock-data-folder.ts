import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Problem } from '../problem/problem.ts'
import { storeProblems } from './store-problems.ts'

/** Held for as long as the process owns its data folder. */
export interface DataFolderLock {
  release(): void
}

/**
 * Makes this process the only owner of the folder, creating it if need be. The lock is an open exclusive transaction, so
 * the operating system drops it with the process, however that ends.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  const lock = openLock(folder)
  try {
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    throw new Problem(storeProblems.data_folder_in_use, `The data folder ${folder} is in use by another process.`, {
      cause,
    })
  }
  return { release: () => lock.close() }
}

function openLock(folder: string): Database.Database {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, 'lock.db')
    const lock = new Database(path, { timeout: 0 })
    chmodSync(path, 0o600)
    return lock
  } catch (cause) {
    throw new Problem(storeProblems.data_folder_unusable, `The data folder ${folder} cannot be used.`, { cause })
  }
}
