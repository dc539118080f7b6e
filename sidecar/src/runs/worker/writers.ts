import type { Db } from '../../store/transaction.ts'
import { createObservingWriter } from '../observing/observing-writer.ts'
import { createPlanningWriter } from '../planning/planning-writer.ts'
import { createReadingWriter } from '../reading/reading-writer.ts'
import { createUndoWriter } from '../undo/undo-writer.ts'

/** Everything that the worker may ask the main thread to write. In tests the same object is used without a worker. */
export type Writers = ReturnType<typeof createWriters>

export const createWriters = (db: Db) => ({
  reading: createReadingWriter(db),
  observing: createObservingWriter(db),
  planning: createPlanningWriter(db),
  undo: createUndoWriter(db),
})
