import type { NameKey, TargetGroupId } from '../../identity/ids.ts'
import { knownTargetGroups } from '../../state/observed/observed-groups.ts'
import { accountsOf } from '../../state/observed/observed-memberships.ts'
import { difference, pieceSize, pieces, resolve } from '../staging/difference.ts'
import { gatherPairs } from '../staging/pair-pieces.ts'
import type { Observing } from './observing.ts'
import type { StagedObservation } from './stage-observation.ts'

export interface AppliedGroups {
  readonly added: number
  readonly changed: number
  readonly missing: number
  /** Every group that the store has of the target, with the number it is staged under if the target has it. */
  readonly groups: readonly { readonly id: TargetGroupId; readonly local: number | undefined }[]
}

/** Stores new, returned, respelled and missing groups. */
export async function applyTargetGroups(
  { target, at, db, write }: Observing,
  staged: StagedObservation,
): Promise<AppliedGroups> {
  const names = stagedNames(staged)
  const stored = new Map((await knownTargetGroups(db, target)).map((group) => [group.nameKey, group]))
  const changed = [...names].filter(([key, name]) => !stored.get(key)?.present || stored.get(key)?.name !== name)
  const missing = [...stored.values()].filter((group) => group.present && !names.has(group.nameKey))
  for (const piece of pieces(changed)) {
    await write.storeTargetGroups(
      target,
      piece.map(([, name]) => name),
      at,
    )
  }
  for (const piece of pieces(missing)) await write.storeMissingGroups(target, piece, at)
  const groups = (await knownTargetGroups(db, target)).map(({ id, nameKey }) => ({
    id,
    local: names.has(nameKey) ? staged.groups.findLocal(nameKey) : undefined,
  }))
  const added = changed.filter(([key]) => !stored.has(key)).length
  return { added, changed: changed.length - added, missing: missing.length, groups }
}

/** Stores the difference of all memberships, two hundred groups at a time. */
export async function applyObservedMembers(
  { target, at, db, write }: Observing,
  { members }: StagedObservation,
  groups: AppliedGroups['groups'],
  accounts: Float64Array,
): Promise<{ readonly added: number; readonly removed: number }> {
  const gathered = gatherPairs((piece) => write.storeObservedMemberships(target, piece, at))
  for (const batch of pieces(groups, 200)) {
    const stored = await accountsOf(
      db,
      batch.map((group) => group.id),
    )
    for (const { id, local } of batch) {
      const listed = local === undefined ? new Int32Array() : members.of(local).present
      const before = Float64Array.from(stored.get(id) ?? []).sort()
      await gathered.add(id, difference(resolve(listed, accounts).known, before))
    }
  }
  return gathered.end()
}

/** Groups that were listed; one that only a members page named is none. */
function stagedNames({ groups }: StagedObservation): Map<NameKey, string> {
  const names = new Map<NameKey, string>()
  for (let after = 0; ; ) {
    const records = groups.after(after, pieceSize)
    const last = records.at(-1)
    if (last === undefined) return names
    after = last.local
    for (const { local, content } of records) if (content !== undefined) names.set(groups.externalIdOf(local), content)
  }
}
