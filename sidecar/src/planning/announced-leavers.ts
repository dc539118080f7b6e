import type { IdentityId, SourceGroupId } from '../identity/ids.ts'
import type { Evaluate } from './compile-expression.ts'
import type { IdentityState } from './subject.ts'

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
}

export interface AnnouncedLeavers {
  /** Gives a leaver a place under the first announcement that means them and has one. */
  admit(identity: IdentityState): void
  /** Leavers of this plan with a place, and the announcement that gave it. */
  readonly admitted: ReadonlyMap<IdentityId, number>
}

export function createAnnouncedLeavers(announcements: readonly Announcement[]): AnnouncedLeavers {
  const places = new Map(announcements.map(({ id, people, left }) => [id, people - left.size]))
  const admitted = new Map<IdentityId, number>()
  return {
    admitted,
    admit(identity) {
      if (admitted.has(identity.id)) return
      for (const announcement of announcements) {
        if (!means(announcement, identity)) continue
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

function means({ filter, listed, groups }: Announcement, identity: IdentityState): boolean {
  if (filter === undefined) return listed.has(identity.id) || identity.directGroups.some((group) => groups.has(group))
  const met = filter(identity)
  return met.kind === 'value' && met.value
}
