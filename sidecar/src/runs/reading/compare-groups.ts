import type { ExternalId, SourceGroupId } from '../../identity/ids.ts'
import { type KnownGroup, knownGroups } from '../../state/desired/group-store.ts'
import { contentHash, type StorableGroup, storableGroup } from '../../state/desired/storable.ts'
import { pieceSize, pieces } from '../staging/difference.ts'
import type { StagedRecord } from '../staging/staged-records.ts'
import type { Applying } from './applying.ts'

/** A group as it is once the reading is applied. */
export interface GroupAfter {
  readonly id: SourceGroupId
  readonly externalId: ExternalId
  readonly local: number | undefined
  readonly exists: boolean
  readonly membersReadable: boolean
}

export interface ComparedGroups {
  /** Every group of the connection that the store knows, ascending by id. */
  readonly after: readonly GroupAfter[]
  /** Changed or returned groups: stored late, once everybody below them is marked. */
  readonly changed: readonly { readonly id: SourceGroupId; readonly group: StorableGroup }[]
  readonly gone: readonly SourceGroupId[]
  /** Groups that exist by the source's own list and that no reading has described. */
  readonly strangers: number
  readonly counts: { readonly added: number; readonly changed: number; readonly gone: number; readonly back: number }
}

/**
 * Stores new groups, because their edges need their ids, and tells what is to become of the others. Nobody is below a new
 * group yet; a change of another one would be lost by a crash if it were stored before its people are marked.
 */
export async function compareGroups(applying: Applying): Promise<ComparedGroups> {
  const { staged, db, connection } = applying
  const before = await knownGroups(db, connection)
  const stored = new Map(before.map((group) => [group.externalId, group]))
  const records = stagedGroups(applying)
  const fresh = records.filter((record) => record.content !== undefined && !stored.has(record.externalId))
  const added = await addGroups(applying, fresh)

  const said = new Map(records.map((record) => [record.externalId, record.content]))
  const changed = records.flatMap((record) => changeOf(record, stored.get(record.externalId)))
  const gone = before.filter((group) => group.present && isGone(group, said, staged)).map((group) => group.id)
  const back = changed.filter((change) => stored.get(change.group.externalId)?.present === false).length
  const all = [...before, ...added].map((group) => afterReading(applying, group, said))
  const there = new Set(all.filter((group) => group.exists).map((group) => group.externalId))
  const strangers = [...(staged.existing?.groups ?? [])].filter((externalId) => !there.has(externalId)).length
  return {
    after: all,
    changed,
    gone,
    strangers,
    counts: { added: added.length, changed: changed.length - back, gone: gone.length, back },
  }
}

interface NamedRecord extends StagedRecord {
  readonly externalId: ExternalId
}

function stagedGroups({ staged: { groups } }: Applying): NamedRecord[] {
  const all: NamedRecord[] = []
  for (
    let piece = groups.after(0, pieceSize);
    piece.length > 0;
    piece = groups.after(piece.at(-1)?.local ?? 0, pieceSize)
  ) {
    for (const record of piece) all.push({ ...record, externalId: groups.externalIdOf(record.local) })
  }
  return all
}

async function addGroups(applying: Applying, fresh: readonly NamedRecord[]): Promise<KnownGroup[]> {
  const added: KnownGroup[] = []
  for (const piece of pieces(fresh)) {
    const groups = piece.map((record) => storableGroup(record.content ?? ''))
    const write = await applying.writer()
    const ids = await write.storeGroups(applying.connection, groups, applying.at)
    for (const [index, id] of ids.entries()) {
      const group = groups[index]
      if (group !== undefined) added.push({ id, ...group, present: true })
    }
  }
  return added.sort((a, b) => a.id - b.id)
}

function changeOf({ content }: NamedRecord, stored: KnownGroup | undefined): ComparedGroups['changed'] {
  if (content === undefined || stored === undefined) return []
  if (stored.present && stored.contentHash === contentHash(content)) return []
  return [{ id: stored.id, group: storableGroup(content) }]
}

type Said = ReadonlyMap<ExternalId, string | undefined>

function isGone({ externalId }: KnownGroup, said: Said, { form, existing }: Applying['staged']): boolean {
  if (said.has(externalId)) return said.get(externalId) === undefined
  return form === 'snapshot' || (existing !== undefined && !existing.groups.has(externalId))
}

function afterReading({ staged }: Applying, group: KnownGroup, said: Said): GroupAfter {
  const content = said.get(group.externalId)
  const gone = isGone(group, said, staged)
  return {
    id: group.id,
    externalId: group.externalId,
    // One that is gone without having been named counts as named: its members go with it.
    local: gone ? staged.groups.localOf(group.externalId) : staged.groups.findLocal(group.externalId),
    exists: content !== undefined || (group.present && !gone),
    membersReadable: content === undefined ? group.membersReadable : storableGroup(content).membersReadable,
  }
}
