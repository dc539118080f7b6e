import { defineProblems } from '../problem/problem.ts'

export const storeProblems = defineProblems({
  data_folder_in_use: {
    status: 503,
    meaning: 'Another Rollcall process owns this data folder.',
    remedy: 'Stop the other process, or start this one with a data folder of its own.',
  },
  data_folder_unusable: {
    status: 500,
    meaning: 'The data folder cannot be created, read or written.',
    remedy: 'Make the folder writable for the user that Rollcall runs as, or configure another one.',
  },
  store_schema_newer: {
    status: 500,
    meaning: 'The database was written by a newer version of Rollcall.',
    remedy: 'Start the newer version, or restore the copy that was made before the upgrade.',
  },
  store_migration_failed: {
    status: 500,
    meaning: 'The database could not be brought to the schema of this version.',
    remedy: 'Nothing of the failed step was kept: free space or repair the file, then start again.',
  },
  store_unreadable: {
    status: 500,
    meaning: 'The database file is not a database, or is damaged.',
    remedy: 'Restore the data folder from a backup.',
  },
})
