import type { IdentityId, SourceGroupId } from '../../identity/ids.ts'
import { membersOf } from '../../state/desired/membership-store.ts'
import type { MarkReason } from '../../state/marks/mark.ts'
import { pieces } from '../staging/difference.ts'
import { type Applying, notYetMarked } from './applying.ts'

/** These groups and every group below them. */
export function closureOf(
  start: Iterable<number>,
  children: ReadonlyMap<number, ReadonlySet<number>>,
): SourceGroupId[] {
  const reached = new Set(start)
  for (const group of reached) for (const child of children.get(group) ?? []) reached.add(child)
  return [...reached] as SourceGroupId[]
}

/** Marks the direct members of these groups, in pieces, before what concerns them is stored. */
export async function markMembers(
  applying: Applying,
  groups: readonly SourceGroupId[],
  reason: MarkReason,
): Promise<void> {
  const { db, connection, at } = applying
  for (const batch of pieces(groups, 200)) {
    const members = await membersOf(db, batch)
    for (const piece of pieces(notYetMarked(applying, [...members.values()].flat()))) {
      const write = await applying.writer()
      await write.markIdentities(connection, piece as IdentityId[], reason, at)
    }
  }
}
