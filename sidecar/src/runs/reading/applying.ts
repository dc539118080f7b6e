import type { ConnectionId, IdentityId, Instant } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import type { ReadingWriter } from './reading-writer.ts'
import type { StagedReading } from './stage-reading.ts'

/** A staged reading on its way into the store. */
export interface Applying {
  readonly connection: ConnectionId
  readonly at: Instant
  readonly db: Db
  readonly staged: StagedReading
  /** People whom this reading has marked: once is enough, because nothing is planned until it is complete. */
  readonly marked: Set<IdentityId>
  /** Gives the writer, and says in the store that a reading is being applied before anything of it is written. */
  writer(): Promise<ReadingWriter>
}

/** A reading that changes nothing never calls the connection `applying`. */
export function startApplying(
  start: Omit<Applying, 'marked' | 'writer'> & { readonly write: ReadingWriter },
): Applying {
  const { write, connection } = start
  let begun: Promise<void> | undefined
  return {
    ...start,
    marked: new Set(),
    async writer() {
      begun ??= write.beginApplying(connection)
      await begun
      return write
    },
  }
}

/** Those of these people whom the reading has not marked yet; they count as marked from now on. */
export function notYetMarked({ marked }: Applying, ids: Iterable<IdentityId>): IdentityId[] {
  const fresh: IdentityId[] = []
  for (const id of ids) {
    if (marked.has(id)) continue
    marked.add(id)
    fresh.push(id)
  }
  return fresh
}
