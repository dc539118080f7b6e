import type { SourceGroupRecord } from '../../identity/identity.ts'
import type { ExternalId } from '../../identity/ids.ts'
import { inSlices } from '../in-slices.ts'
import type { ReadingPage } from '../source.ts'
import { followPages, type Pages } from './follow-pages.ts'
import { type GraphSession, pageFetcher } from './graph-session.ts'
import {
  groupRecordOf,
  groupSelect,
  isHiddenGroup,
  isWholeGroup,
  type MemberSlice,
  memberSliceOf,
} from './map-group.ts'
import type { ReadingWatch } from './reading-limits.ts'
import { reread } from './reread.ts'
import { type GraphEntity, isRemoved } from './wire.ts'

const permission = 'GroupMember.Read.All'

/** Memberships come only when selected (Graph `group-delta.md`). */
export const groupsLink = `/groups/delta?$select=${groupSelect},members`

export const beginGroups = (session: GraphSession, link: string, watch: ReadingWatch, signal: AbortSignal): Pages =>
  followPages(pageFetcher(session, permission, signal), link, watch, 'delta')

interface GroupsRound {
  readonly form: 'snapshot' | 'delta'
  readonly pages: Pages
  /** Known from an earlier reading: hidden members can be read. */
  readonly hiddenMembersSeen: boolean
}

export interface GroupsRead {
  readonly deltaLink: string
  readonly hiddenMembersSeen: boolean
  /** A member left in the middle of a snapshot: edges that were reported before are too many. */
  readonly edgesLost: boolean
}

/**
 * One round over the groups with their direct members. A large group is spread over several pages, each with another
 * slice (Graph `delta-query-groups.md`); slices are passed on as they come, the store merges them.
 */
export async function* readGroups(
  session: GraphSession,
  round: GroupsRound,
  signal: AbortSignal,
): AsyncGenerator<ReadingPage, GroupsRead> {
  const hidden = watchHiddenGroups(round.hiddenMembersSeen)
  let edgesLost = false
  let deltaLink = ''
  for await (const page of round.pages.all()) {
    const slices = slicesOf(page.value)
    const { whole, partial, deleted } = sorted(page.value)
    const again = await reread(
      session.client,
      { collection: 'groups', select: groupSelect, permission },
      partial,
      signal,
    )
    const records = hidden.records([...whole, ...again], new Set(slices.keys()))
    for (const groups of inSlices(records)) yield { kind: 'groups', groups }
    for (const [group, each] of slices) {
      for (const slice of each) {
        if (round.form === 'snapshot' && slice.removed.length > 0) edgesLost = true
        yield* memberPages(group, round.form === 'snapshot' ? { ...slice, removed: [] } : slice)
      }
    }
    for (const externalIds of inSlices(deleted)) yield { kind: 'deletedGroups', externalIds }
    deltaLink = page.deltaLink ?? ''
  }
  for (const groups of inSlices(hidden.corrected())) yield { kind: 'groups', groups }
  return { deltaLink, hiddenMembersSeen: hidden.seen(), edgesLost }
}

function sorted(groups: readonly GraphEntity[]) {
  const whole: GraphEntity[] = []
  const partial: string[] = []
  const deleted: ExternalId[] = []
  for (const group of new Map(groups.map((each) => [each.id, each])).values()) {
    if (isRemoved(group)) deleted.push(group.id as ExternalId)
    else if (isWholeGroup(group)) whole.push(group)
    else partial.push(group.id)
  }
  return { whole, partial, deleted }
}

/** A group may occur twice on a page: its slices are kept apart, in their order. */
function slicesOf(groups: readonly GraphEntity[]): Map<ExternalId, MemberSlice[]> {
  const slices = new Map<ExternalId, MemberSlice[]>()
  for (const group of groups) {
    const slice = isRemoved(group) ? undefined : memberSliceOf(group)
    if (!slice) continue
    const id = group.id as ExternalId
    const earlier = slices.get(id)
    if (earlier) earlier.push(slice)
    else slices.set(id, [slice])
  }
  return slices
}

function* memberPages(group: ExternalId, { identities, groups, removed }: MemberSlice): Generator<ReadingPage> {
  const none: readonly ExternalId[] = []
  for (const slice of inSlices(identities))
    yield { kind: 'members', group, identities: slice, groups: none, removed: none }
  for (const slice of inSlices(groups)) yield { kind: 'members', group, identities: none, groups: slice, removed: none }
  for (const slice of inSlices(removed))
    yield { kind: 'members', group, identities: none, groups: none, removed: slice }
}

/**
 * A group with hidden membership looks empty to whoever lacks `Member.Read.Hidden`, and nobody says so. Only seeing
 * members of such a group proves the right, so until then its edges stay as they were; even an empty one, which is the
 * harmless mistake of the two.
 */
function watchHiddenGroups(seenBefore: boolean) {
  let seen = seenBefore
  const doubtful = new Map<string, GraphEntity>()
  return {
    seen: () => seen,
    records(groups: readonly GraphEntity[], withMembers: ReadonlySet<string>): SourceGroupRecord[] {
      return groups.map((group) => {
        if (!isHiddenGroup(group)) return groupRecordOf(group, true)
        if (withMembers.has(group.id)) seen = true
        if (!seen) doubtful.set(group.id, group)
        return groupRecordOf(group, seen)
      })
    },
    /** Groups that were doubted before the right was proven. */
    corrected: (): SourceGroupRecord[] =>
      seen ? [...doubtful.values()].map((group) => groupRecordOf(group, true)) : [],
  }
}
