import type { Jira } from './jira.ts'
import { byName } from './names.ts'
import type { Group } from './user.ts'

export interface JiraSnapshot {
  users: { name: string; displayName: string; emailAddress: string; active: boolean }[]
  groups: { name: string; members: string[]; subgroups: string[] }[]
  projectLeads: Record<string, string | undefined>
  componentLeads: Record<string, string | undefined>
}

/** What two Jiras are compared by: the same people, groups and leads give equal snapshots, whatever the order of their making. */
export function snapshotState({ people, groups, projects }: Jira): JiraSnapshot {
  const components = projects.components().map((each) => [`${each.project.key}/${each.name}`, each.lead?.name] as const)
  return {
    users: people
      .sorted()
      .map(({ name, displayName, emailAddress, active }) => ({ name, displayName, emailAddress, active })),
    groups: groups.sorted().map(groupSnapshot),
    projectLeads: Object.fromEntries(projects.all().map((project) => [project.key, project.lead?.name])),
    componentLeads: Object.fromEntries(components),
  }
}

const groupSnapshot = ({ name, members, children }: Group) => ({
  name,
  members: [...members].sort(byName).map((user) => user.name),
  subgroups: [...children].sort(byName).map((group) => group.name),
})
