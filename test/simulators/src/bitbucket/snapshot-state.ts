import { type PeopleSnapshot, snapshotPeople } from '../data-center/snapshot-people.ts'
import type { Bitbucket } from './bitbucket.ts'
import type { GlobalPermission } from './global-permissions.ts'

export interface BitbucketSnapshot extends PeopleSnapshot {
  /** Direct grants by the name of the group or user; who has none is left out. */
  groupPermissions: Record<string, GlobalPermission>
  userPermissions: Record<string, GlobalPermission>
}

/** What two Bitbuckets are compared by, whatever the order of their making. */
export function snapshotState(bitbucket: Bitbucket): BitbucketSnapshot {
  const { permissions, groups, people } = bitbucket
  return {
    ...snapshotPeople(bitbucket),
    groupPermissions: held(groups.sorted(), ({ name }) => permissions.ofGroup(name)),
    userPermissions: held(people.sorted(), permissions.ofUser),
  }
}

const held = <T extends { readonly name: string }>(
  subjects: readonly T[],
  of: (subject: T) => GlobalPermission | undefined,
): Record<string, GlobalPermission> =>
  Object.fromEntries(
    subjects.flatMap((subject) => {
      const permission = of(subject)
      return permission === undefined ? [] : [[subject.name, permission]]
    }),
  )
