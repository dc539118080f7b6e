import { type PeopleSnapshot, snapshotPeople } from '../data-center/snapshot-people.ts'
import type { Jira } from './jira.ts'

export interface JiraSnapshot extends PeopleSnapshot {
  projectLeads: Record<string, string | undefined>
  componentLeads: Record<string, string | undefined>
}

/** What two Jiras are compared by: the same people, groups and leads give equal snapshots, whatever the order of their making. */
export function snapshotState(jira: Jira): JiraSnapshot {
  const { projects } = jira
  const components = projects.components().map((each) => [`${each.project.key}/${each.name}`, each.lead?.name] as const)
  return {
    ...snapshotPeople(jira),
    projectLeads: Object.fromEntries(projects.all().map((project) => [project.key, project.lead?.name])),
    componentLeads: Object.fromEntries(components),
  }
}
