import type { ExternalId, SourceGroupId } from '../../identity/ids.ts'
import type { PendingChange, PendingMember } from '../../state/desired/pending-members.ts'
import { pieces } from '../staging/difference.ts'
import type { Applying } from './applying.ts'

/** Whom one group waits for, before the reading and after it. */
export interface Waiting {
  readonly group: SourceGroupId
  readonly principal: PendingMember['principal']
  readonly before: readonly ExternalId[]
  readonly after: ReadonlySet<ExternalId>
}

export function pendingChange(waiting: readonly Waiting[]): PendingChange {
  const added: PendingMember[] = []
  const removed: PendingMember[] = []
  for (const { group, principal, before, after } of waiting) {
    if (before.length === 0 && after.size === 0) continue
    const known = new Set(before)
    for (const externalId of after) if (!known.has(externalId)) added.push({ group, principal, externalId })
    for (const externalId of before) if (!after.has(externalId)) removed.push({ group, principal, externalId })
  }
  return { added, removed }
}

export async function storePending(applying: Applying, { added, removed }: PendingChange): Promise<void> {
  const { connection, at } = applying
  for (const piece of pieces(removed)) {
    const write = await applying.writer()
    await write.storePendingMembers(connection, { added: [], removed: piece }, at)
  }
  for (const piece of pieces(added)) {
    const write = await applying.writer()
    await write.storePendingMembers(connection, { added: piece, removed: [] }, at)
  }
}
