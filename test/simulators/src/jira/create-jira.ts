import { addAdministrator, type Filling, fillSite } from '../data-center/fill-site.ts'
import { type EmptyJiraOptions, emptyJira, type Jira } from './jira.ts'
import type { ProjectSeed } from './project.ts'

export interface JiraOptions extends EmptyJiraOptions, Filling {
  projects?: readonly ProjectSeed[]
}

/** The account that every made Jira comes with: system administrator, in the internal directory where there is one. */
export const admin = { name: 'admin', password: 'admin', token: 'jira-admin-token' } as const

/** A Jira with its default groups, its administrator, and whom the options name. */
export function createJira(options: JiraOptions = {}): Jira {
  const jira = emptyJira(options)
  const { settings, roles, change } = jira
  const adminGroups = [...settings.adminGroups, ...settings.systemAdminGroups]
  const roleGroups = roles.flatMap((role) => role.groups)
  for (const name of [...adminGroups, ...roleGroups]) change.ensureGroup(name)
  addAdministrator(jira, admin, [...adminGroups, ...roleGroups.slice(0, 1)])
  fillSite(jira, options)
  for (const seed of options.projects ?? []) change.addProject(seed)
  return jira
}
