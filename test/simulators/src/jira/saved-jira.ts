import { restoreSite, type SavedSite, saveSite } from '../data-center/saved-site.ts'
import type { User } from '../data-center/user.ts'
import { emptyJira, type Jira } from './jira.ts'
import type { JiraVersion } from './jira-version.ts'
import type { Component, Project } from './project.ts'
import type { RoleSeed } from './roles.ts'
import type { JiraSettings } from './settings.ts'

/** A Jira as a JSON value. Users are named by their place in `users`. */
export interface SavedJira extends SavedSite {
  version: JiraVersion
  roles: RoleSeed[]
  settings: JiraSettings
  projects: (Omit<Project, 'lead' | 'browsers'> & { lead?: number | undefined; browsers?: string[] | undefined })[]
  components: (Omit<Component, 'lead' | 'project'> & { lead?: number | undefined; project: string })[]
}

export function saveJira(jira: Jira): SavedJira {
  const places = new Map(jira.people.everyone().map((user, place) => [user, place]))
  const placeOf = (user: User | undefined) => (user ? places.get(user) : undefined)
  return {
    ...saveSite(jira),
    version: jira.version,
    roles: jira.roles.map(({ seats, ...role }) => (seats === undefined ? role : { ...role, seats })),
    settings: { ...jira.settings },
    projects: jira.projects.all().map((project) => ({
      ...project,
      lead: placeOf(project.lead),
      browsers: project.browsers && [...project.browsers],
    })),
    components: jira.projects.components().map((component) => ({
      ...component,
      lead: placeOf(component.lead),
      project: component.project.key,
    })),
  }
}

export function loadJira(saved: SavedJira, now?: () => number): Jira {
  const jira = emptyJira({ ...saved, ...(now && { now }) })
  const users = restoreSite(jira, saved)
  for (const { lead, browsers, ...project } of saved.projects) {
    jira.projects.put({ ...project, lead: at(users, lead), browsers: browsers && new Set(browsers) })
  }
  for (const { lead, project: key, ...component } of saved.components) {
    const project = jira.projects.find(key)
    if (project) jira.projects.putComponent({ ...component, project, lead: at(users, lead) })
  }
  return jira
}

const at = (users: readonly User[], place: number | undefined): User | undefined =>
  place === undefined ? undefined : users[place]
