import type { IdentityId, SourceGroupId } from '../../identity/ids.ts'
import { membersAmong, membersOf } from '../../state/desired/membership-store.ts'
import { type PendingChange, pendingMembers } from '../../state/desired/pending-members.ts'
import { difference, pieces, resolve } from '../staging/difference.ts'
import { gatherPairs, type PairChange } from '../staging/pair-pieces.ts'
import type { NetEdges, StagedEdges } from '../staging/staged-edges.ts'
import { type Applying, notYetMarked } from './applying.ts'
import type { GroupAfter } from './compare-groups.ts'
import { pendingChange, storePending } from './pending-change.ts'

/** What a reading says about one group's direct members. */
export type Extent = 'whole' | 'slice' | 'nothing'

/** A group that is gone has no members; one whose members we may not read keeps those it has. */
export function extentOf(group: GroupAfter, form: 'snapshot' | 'delta', edges: NetEdges | undefined): Extent {
  if (!group.exists) return form === 'snapshot' || group.local !== undefined ? 'whole' : 'nothing'
  if (!group.membersReadable) return 'nothing'
  if (form === 'snapshot' || edges?.cleared) return 'whole'
  return edges === undefined ? 'nothing' : 'slice'
}

export const netEdgesOf = (group: GroupAfter, edges: StagedEdges): NetEdges =>
  group.exists && group.local !== undefined
    ? edges.of(group.local)
    : { cleared: false, present: new Int32Array(), absent: new Int32Array() }

export interface AppliedMembers {
  readonly added: number
  readonly removed: number
  /** Edges to people whom we do not know yet: they wait. */
  readonly unknown: number
}

/** Stores the difference of all direct memberships, two hundred groups at a time, ascending by group and person. */
export async function applyMembers(
  applying: Applying,
  groups: readonly GroupAfter[],
  people: Float64Array,
): Promise<AppliedMembers> {
  const gathered = gatherPairs((piece) => storePiece(applying, piece))
  let unknown = 0
  for (const batch of pieces(groups, 200)) {
    const read = batch.map((group) => readGroup(applying, group, people))
    const stored = await storedMembers(applying, read)
    for (const one of read) {
      unknown += one.waiting.present.length
      await gathered.add(one.id, await changeOf(applying, one, stored))
    }
    await storePending(applying, await waitingChange(applying, read))
  }
  return { ...(await gathered.end()), unknown }
}

interface ReadGroup {
  readonly id: SourceGroupId
  readonly extent: Extent
  readonly present: Float64Array
  readonly absent: Float64Array
  /** Numbers of people whom nobody has described. */
  readonly waiting: { readonly present: readonly number[]; readonly absent: readonly number[] }
}

function readGroup({ staged }: Applying, group: GroupAfter, people: Float64Array): ReadGroup {
  const edges = netEdgesOf(group, staged.members)
  const present = resolve(edges.present, people)
  const absent = resolve(edges.absent, people)
  return {
    id: group.id,
    extent: extentOf(group, staged.form, group.local === undefined ? undefined : edges),
    present: present.known,
    absent: absent.known,
    waiting: { present: present.unknown, absent: absent.unknown },
  }
}

async function storedMembers({ db }: Applying, read: readonly ReadGroup[]): Promise<Map<SourceGroupId, IdentityId[]>> {
  const whole = read.filter((one) => one.extent === 'whole').map((one) => one.id)
  return whole.length === 0 ? new Map() : membersOf(db, whole)
}

async function changeOf(
  { db }: Applying,
  read: ReadGroup,
  stored: ReadonlyMap<SourceGroupId, IdentityId[]>,
): Promise<PairChange> {
  if (read.extent === 'nothing') return { added: [], removed: [] }
  if (read.extent === 'whole') return difference(read.present, Float64Array.from(stored.get(read.id) ?? []).sort())
  const said = [...read.present, ...read.absent] as IdentityId[]
  const members = said.length === 0 ? new Set<number>() : await membersAmong(db, read.id, said)
  return {
    added: [...read.present].filter((id) => !members.has(id as IdentityId)),
    removed: [...read.absent].filter((id) => members.has(id as IdentityId)),
  }
}

async function waitingChange({ staged, db }: Applying, read: readonly ReadGroup[]): Promise<PendingChange> {
  const said = read.filter((one) => one.extent !== 'nothing')
  const stored = await pendingMembers(
    db,
    'user',
    said.map((one) => one.id),
  )
  const named = (locals: readonly number[]) => locals.map(staged.people.externalIdOf)
  return pendingChange(
    said.map(({ id, extent, waiting }) => {
      const before = stored.get(id) ?? []
      const after = new Set(extent === 'slice' ? before : [])
      for (const one of named(waiting.present)) after.add(one)
      for (const one of named(waiting.absent)) after.delete(one)
      return { group: id, principal: 'user', before, after }
    }),
  )
}

async function storePiece(applying: Applying, piece: PairChange): Promise<void> {
  const people = [...peopleOf(piece.removed), ...peopleOf(piece.added)]
  const marked = notYetMarked(applying, people)
  const write = await applying.writer()
  await write.storeMemberships(applying.connection, { ...piece, marked }, applying.at)
}

const peopleOf = (pairs: readonly number[]) => pairs.filter((_, index) => index % 2 === 1) as IdentityId[]
