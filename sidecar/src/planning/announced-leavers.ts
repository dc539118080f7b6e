import type { IdentityId, Instant, SourceGroupId } from '../identity/ids.ts'
import type { Evaluate } from './compile-expression.ts'
import type { IdentityState } from './subject.ts'

const never = Number.POSITIVE_INFINITY

/** "Next Monday 300 contractors": an announcement within its window. */
export interface Announcement {
  readonly id: number
  /** How many may leave under it. */
  readonly people: number
  readonly filter: Evaluate<boolean> | undefined
  /** Who was in its group when it was announced: whoever has left is in no group any more. */
  readonly listed: ReadonlySet<IdentityId>
  /** Its group with everything below. */
  readonly groups: ReadonlySet<SourceGroupId>
  /** Who has left under it before, on this target: they take a place, and need no second one. */
  readonly left: ReadonlySet<IdentityId>
  /** Whoever was gone from the source by then is not meant: nobody announces what has been agreed to. */
  readonly goneAfter: Instant
}

export interface AnnouncedLeavers {
  /** Gives a leaver a place under the first announcement that means them and has one; `gone`: since when the source is without them. */
  admit(identity: IdentityState, gone?: Instant): void
  /** Leavers of this plan with a place, and the announcement that gave it. */
  readonly admitted: ReadonlyMap<IdentityId, number>
}

export function createAnnouncedLeavers(announcements: readonly Announcement[]): AnnouncedLeavers {
  const places = new Map(announcements.map(({ id, people, left }) => [id, people - left.size]))
  const admitted = new Map<IdentityId, number>()
  return {
    admitted,
    admit(identity, gone = never) {
      if (admitted.has(identity.id)) return
      for (const announcement of announcements) {
        if (gone <= announcement.goneAfter || !means(announcement, identity)) continue
        const again = announcement.left.has(identity.id)
        const free = places.get(announcement.id) ?? 0
        if (!again && free <= 0) continue
        if (!again) places.set(announcement.id, free - 1)
        admitted.set(identity.id, announcement.id)
        return
      }
    },
  }
}

/**
 * How many people are gone since the reading that a new one is compared with, as announced. Who went with an earlier reading
 * has a place, though nobody may ever have taken anything away from them: an announcement of 300 never covers 301.
 */
export function countAnnouncedAbsences(
  announcements: readonly Announcement[],
  absent: readonly IdentityState[],
  since: Instant,
): number {
  const announced = createAnnouncedLeavers(announcements)
  const gone = absent.filter((identity) => goneAt(identity) !== never)
  gone.sort((a, b) => goneAt(a) - goneAt(b) || a.id - b.id)
  for (const identity of gone) announced.admit(identity, goneAt(identity))
  return gone.filter((identity) => goneAt(identity) > since && announced.admitted.has(identity.id)).length
}

const goneAt = ({ deletedAt = never, missingAt = never }: IdentityState): Instant => Math.min(deletedAt, missingAt)
function means({ filter, listed, groups }: Announcement, identity: IdentityState): boolean {
  if (filter === undefined) return listed.has(identity.id) || identity.directGroups.some((group) => groups.has(group))
  const met = filter(identity)
  return met.kind === 'value' && met.value
}
