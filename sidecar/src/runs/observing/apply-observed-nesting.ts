import { childGroupsOf } from '../../state/observed/observed-nesting.ts'
import { difference, pieces, resolve } from '../staging/difference.ts'
import { gatherPairs } from '../staging/pair-pieces.ts'
import type { AppliedGroups } from './apply-target-groups.ts'
import type { Observing } from './observing.ts'
import type { StagedObservation } from './stage-observation.ts'

/** Stores the difference of all groups in groups; where the target nests none there is nothing on either side. */
export async function applyObservedNesting(
  { target, at, db, write }: Observing,
  { children, groups: staged }: StagedObservation,
  groups: AppliedGroups['groups'],
): Promise<void> {
  const ids = new Float64Array(staged.named() + 1)
  for (const { id, local } of groups) if (local !== undefined) ids[local] = id
  const gathered = gatherPairs((piece) => write.storeObservedNesting(target, piece, at))
  for (const batch of pieces(groups, 200)) {
    const stored = await childGroupsOf(
      db,
      batch.map((group) => group.id),
    )
    for (const { id, local } of batch) {
      const listed = local === undefined ? new Int32Array() : children.of(local).present
      await gathered.add(id, difference(resolve(listed, ids).known, stored.get(id) ?? []))
    }
  }
  await gathered.end()
}
