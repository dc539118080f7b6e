import type { ExternalId, IdentityId } from '../../identity/ids.ts'
import { identitiesAfter, type KnownIdentity, knownIdentities } from '../../state/desired/identity-store.ts'
import { contentHash, type StorableIdentity, storableIdentity } from '../../state/desired/storable.ts'
import { pieceSize, pieces } from '../staging/difference.ts'
import { oneWriteAhead } from '../staging/one-write-ahead.ts'
import type { StagedRecord } from '../staging/staged-records.ts'
import type { Applying } from './applying.ts'

export interface PeopleChanges {
  added: number
  changed: number
  gone: number
  back: number
}

export interface AppliedPeople {
  /** Store ids by staged number; 0 for what is not a person or was never seen. */
  readonly ids: Float64Array
  readonly counts: Readonly<PeopleChanges>
  /** People who exist by the source's own list and whom no reading has described. */
  readonly strangers: number
}

/** Stores new, changed, deleted and returned people, a thousand at a time, and finds everybody's id on the way. */
export async function applyPeople(applying: Applying): Promise<AppliedPeople> {
  const { staged } = applying
  const { people, form } = staged
  const ids = new Float64Array(people.named() + 1)
  const counts: PeopleChanges = { added: 0, changed: 0, gone: 0, back: 0 }
  const present = new Set<IdentityId>()
  const running: Running = { ids, counts, present, store: [] }
  for (let after = 0; ; ) {
    const records = people.after(after, pieceSize)
    const last = records.at(-1)
    if (last === undefined) break
    after = last.local
    await applyPiece(applying, records, running)
  }
  await storeDescribed(applying, running)
  await findTheRest(applying, ids)
  const unnamed = addExisting(applying, ids, present)
  if (form === 'delta' && staged.existing === undefined) return { ids, counts, strangers: 0 }
  const { missing, strangers } = await applyMissing(applying, present)
  counts.gone += missing
  return { ids, counts, strangers: unnamed + strangers }
}

interface Running {
  readonly ids: Float64Array
  readonly counts: PeopleChanges
  readonly present: Set<IdentityId>
  /** Numbers of those who are new or changed. */
  readonly store: number[]
}

async function applyPiece(applying: Applying, records: readonly StagedRecord[], running: Running): Promise<void> {
  const { connection, staged, db } = applying
  const { ids, counts, present, store } = running
  const externalIds = records.map((record) => staged.people.externalIdOf(record.local))
  const known = new Map((await knownIdentities(db, connection, externalIds)).map((one) => [one.externalId, one]))
  const change = changesOf(records, externalIds, known)
  counts.added += change.added
  counts.changed += change.changed
  counts.back += change.back
  counts.gone += change.deleted.filter((one) => one.present).length

  for (const [index, record] of records.entries()) {
    const one = known.get(externalIds[index] as ExternalId)
    if (one === undefined) continue
    ids[record.local] = one.id
    if (record.content !== undefined) present.add(one.id)
  }
  for (const local of change.store) store.push(local)
  await applyIds(applying, change.restore, 'restoreIdentities')
  await applyIds(applying, idsOf(change.deleted), 'storeDeletedIdentities')
}

/**
 * By external id, as the store's index has them: a thousand people in any other order lie all over it, and a commit writes
 * every page that it touches.
 */
async function storeDescribed(applying: Applying, running: Running): Promise<void> {
  const { people } = applying.staged
  const writes = oneWriteAhead()
  for (const piece of pieces(sortedBy(running.store, people.externalIdOf))) {
    const storable = people
      .among(piece)
      .flatMap(({ content }) => content ?? [])
      .map(storableIdentity)
    await writes.add(() => storePeople(applying, storable, running))
  }
  await writes.end()
}

/** External ids are compared as the store compares them, for which code units come close enough. */
function sortedBy(locals: readonly number[], externalIdOf: (local: number) => ExternalId): number[] {
  const named = locals.map((local) => ({ local, externalId: externalIdOf(local) }))
  named.sort((a, b) => (a.externalId < b.externalId ? -1 : 1))
  return named.map(({ local }) => local)
}

async function storePeople(
  applying: Applying,
  people: readonly StorableIdentity[],
  { ids, present }: Running,
): Promise<void> {
  const { connection, at, staged } = applying
  const write = await applying.writer()
  const stored = await write.storeIdentities(connection, people, at)
  for (const [index, id] of stored.entries()) {
    const local = staged.people.findLocal(people[index]?.externalId as ExternalId)
    if (local !== undefined) ids[local] = id
    present.add(id)
    applying.marked.add(id)
  }
}

interface PieceChange {
  added: number
  changed: number
  back: number
  readonly store: number[]
  readonly restore: IdentityId[]
  readonly deleted: KnownIdentity[]
}

function changesOf(
  records: readonly StagedRecord[],
  externalIds: readonly ExternalId[],
  known: ReadonlyMap<ExternalId, KnownIdentity>,
): PieceChange {
  const change: PieceChange = { added: 0, changed: 0, back: 0, store: [], restore: [], deleted: [] }
  for (const [index, { local, content }] of records.entries()) {
    const stored = known.get(externalIds[index] as ExternalId)
    if (content === undefined) {
      if (stored !== undefined && !stored.deleted) change.deleted.push(stored)
      continue
    }
    const same = stored !== undefined && stored.contentHash === contentHash(content)
    if (stored === undefined) change.added++
    else if (!stored.present) change.back++
    else if (!same) change.changed++
    if (!same) change.store.push(local)
    else if (!stored.present) change.restore.push(stored.id)
  }
  return change
}

/** People named as members without a record of their own in this reading; devices and the like stay 0. */
async function findTheRest({ staged, db, connection }: Applying, ids: Float64Array): Promise<void> {
  const open: number[] = []
  for (let local = 1; local < ids.length; local++) if (ids[local] === 0) open.push(local)
  for (const piece of pieces(open)) {
    const known = await knownIdentities(db, connection, piece.map(staged.people.externalIdOf))
    for (const { externalId, id } of known) ids[staged.people.localOf(externalId)] = id
  }
}

/** Those whom a delta lists as existing count as present; gives the number of those who are not even stored. */
function addExisting({ staged }: Applying, ids: Float64Array, present: Set<IdentityId>): number {
  let unknown = 0
  for (const local of staged.existing?.people ?? []) {
    const id = ids[local] ?? 0
    if (id === 0) unknown += 1
    else present.add(id as IdentityId)
  }
  return unknown
}

/** Whoever is stored as present and did not occur; and whoever did occur and is stored as absent, undescribed. */
async function applyMissing(
  applying: Applying,
  present: ReadonlySet<IdentityId>,
): Promise<{ readonly missing: number; readonly strangers: number }> {
  const { db, connection } = applying
  let missing = 0
  let strangers = 0
  for (let after = 0; ; ) {
    const stored = await identitiesAfter(db, connection, after, pieceSize)
    const last = stored.at(-1)
    if (last === undefined) return { missing, strangers }
    after = last.id
    strangers += stored.filter((one) => !one.present && present.has(one.id)).length
    const gone = idsOf(stored.filter((one) => one.present && !present.has(one.id)))
    missing += gone.length
    await applyIds(applying, gone, 'storeMissingIdentities')
  }
}

async function applyIds(
  applying: Applying,
  ids: readonly IdentityId[],
  how: 'restoreIdentities' | 'storeDeletedIdentities' | 'storeMissingIdentities',
): Promise<void> {
  if (ids.length === 0) return
  const write = await applying.writer()
  await write[how](applying.connection, ids, applying.at)
  for (const id of ids) applying.marked.add(id)
}

const idsOf = (identities: readonly KnownIdentity[]): IdentityId[] => identities.map((one) => one.id)
