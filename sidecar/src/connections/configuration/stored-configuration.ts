import type { ConnectionEntry, TargetEntry } from '@rollcall/contract/configuration'
import type { ConnectionId, TargetId } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import { readNotices, type StoredNotices } from './stored-notices.ts'

/** An entry of the configuration as it is stored. */
export interface Stored<Entry> {
  readonly id: number
  readonly slug: string
  readonly entry: Entry
  readonly managedBy: string
  readonly position: number
}

export interface StoredConfiguration {
  readonly targets: readonly (Stored<TargetEntry> & { readonly id: TargetId })[]
  readonly connections: readonly (Stored<ConnectionEntry> & { readonly id: ConnectionId })[]
  readonly notices: StoredNotices | undefined
}

/** What is configured now; entries as they were written, secrets as references. */
export async function readConfiguration(db: Db): Promise<StoredConfiguration> {
  const targets = await db.selectFrom('target').selectAll().where('removed_at', 'is', null).orderBy('id').execute()
  const connections = await db
    .selectFrom('connection')
    .selectAll()
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return {
    notices: await readNotices(db),
    targets: targets.map(({ id, slug, entry, managed_by }, position) => ({
      id,
      slug,
      entry: JSON.parse(entry),
      managedBy: managed_by,
      position,
    })),
    connections: connections.map(({ id, slug, entry, managed_by, position }) => ({
      id,
      slug,
      entry: JSON.parse(entry),
      managedBy: managed_by,
      position,
    })),
  }
}
