import { byName } from './names.ts'
import type { Site } from './site.ts'
import type { Group } from './user.ts'

export interface PeopleSnapshot {
  users: { name: string; displayName: string; emailAddress: string; active: boolean }[]
  groups: { name: string; members: string[]; subgroups: string[] }[]
}

/** What two sites are compared by: the same people and groups give equal snapshots, whatever the order of their making. */
export const snapshotPeople = ({ people, groups }: Pick<Site, 'people' | 'groups'>): PeopleSnapshot => ({
  users: people
    .sorted()
    .map(({ name, displayName, emailAddress, active }) => ({ name, displayName, emailAddress, active })),
  groups: groups.sorted().map(groupSnapshot),
})

const groupSnapshot = ({ name, members, children }: Group) => ({
  name,
  members: [...members].sort(byName).map((user) => user.name),
  subgroups: [...children].sort(byName).map((group) => group.name),
})
