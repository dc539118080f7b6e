import { type PeopleSnapshot, snapshotPeople } from '../data-center/snapshot-people.ts'
import type { Confluence } from './confluence.ts'
import type { GlobalPermission } from './global-permissions.ts'

export interface ConfluenceSnapshot extends PeopleSnapshot {
  /** Direct grants by the name of the group or user; who has none is left out. */
  groupPermissions: Record<string, GlobalPermission[]>
  userPermissions: Record<string, GlobalPermission[]>
}

/** What two Confluences are compared by, whatever the order of their making. */
export function snapshotState(confluence: Confluence): ConfluenceSnapshot {
  const { permissions, groups, people } = confluence
  return {
    ...snapshotPeople(confluence),
    groupPermissions: held(groups.sorted(), ({ name }) => permissions.ofGroup(name)),
    userPermissions: held(people.sorted(), ({ key }) => permissions.ofUser(key)),
  }
}

const held = <T extends { readonly name: string }>(
  subjects: readonly T[],
  of: (subject: T) => ReadonlySet<GlobalPermission>,
): Record<string, GlobalPermission[]> =>
  Object.fromEntries(
    subjects.flatMap((subject) => {
      const permissions = [...of(subject)].sort()
      return permissions.length === 0 ? [] : [[subject.name, permissions]]
    }),
  )
