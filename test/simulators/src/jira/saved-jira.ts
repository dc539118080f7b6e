import type { Token } from './access.ts'
import { emptyJira, type Jira } from './jira.ts'
import type { JiraVersion } from './jira-version.ts'
import type { Component, Project } from './project.ts'
import type { RoleSeed } from './roles.ts'
import type { JiraSettings } from './settings.ts'
import type { User } from './user.ts'

/** A Jira as a JSON value. Users are named by their place in `users`; web sessions and failed logins do not outlive a restart. */
export interface SavedJira {
  version: JiraVersion
  directories: {
    name: string
    kind: Jira['directories'][number]['kind']
    permission: Jira['directories'][number]['permission']
  }[]
  roles: RoleSeed[]
  settings: JiraSettings
  nextKey: number
  users: SavedUser[]
  groups: { name: string; usedInRestrictions: boolean; members: number[]; subgroups: string[] }[]
  projects: (Omit<Project, 'lead' | 'browsers'> & { lead?: number | undefined; browsers?: string[] | undefined })[]
  components: (Omit<Component, 'lead' | 'project'> & { lead?: number | undefined; project: string })[]
  tokens: (Pick<Token, 'token' | 'name'> & { user: number; expiresAt?: number | undefined })[]
}

type SavedUser = Pick<User, 'key' | 'name' | 'displayName' | 'emailAddress' | 'active' | 'hasActivity'> & {
  directory: string
  password?: string | undefined
  properties?: [string, string][] | undefined
}

export function saveJira(jira: Jira): SavedJira {
  const users = jira.people.everyone()
  const places = new Map(users.map((user, place) => [user, place]))
  const placeOf = (user: User | undefined) => (user ? places.get(user) : undefined)
  return {
    version: jira.version,
    directories: jira.directories.map(({ name, kind, permission }) => ({ name, kind, permission })),
    roles: jira.roles.map(({ seats, ...role }) => (seats === undefined ? role : { ...role, seats })),
    settings: { ...jira.settings },
    nextKey: jira.people.nextKey,
    users: users.map(savedUser),
    groups: jira.groups.sorted().map(({ name, usedInRestrictions, members, children }) => ({
      name,
      usedInRestrictions,
      members: [...members].flatMap((user) => placeOf(user) ?? []),
      subgroups: [...children].map((child) => child.name),
    })),
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
    tokens: jira.access.tokens().flatMap(({ token, name, expiresAt, user }) => {
      const place = placeOf(user)
      return place === undefined ? [] : [{ token, name, expiresAt, user: place }]
    }),
  }
}

const savedUser = ({ directory, properties, index: _index, groups: _groups, ...rest }: User): SavedUser => ({
  ...rest,
  directory: directory.name,
  properties: properties && [...properties],
})

export function loadJira(saved: SavedJira, now?: () => number): Jira {
  const jira = emptyJira({ ...saved, ...(now && { now }) })
  const users = saved.users.map((user) => restoreUser(jira, user))
  jira.people.nextKey = saved.nextKey
  restoreGroups(jira, saved, users)
  for (const { lead, browsers, ...project } of saved.projects) {
    jira.projects.put({ ...project, lead: at(users, lead), browsers: browsers && new Set(browsers) })
  }
  for (const { lead, project: key, ...component } of saved.components) {
    const project = jira.projects.find(key)
    if (project) jira.projects.putComponent({ ...component, project, lead: at(users, lead) })
  }
  for (const { token, name, expiresAt, user: place } of saved.tokens) {
    const user = at(users, place)
    if (user) jira.access.addToken(token, user, name, expiresAt)
  }
  return jira
}

const at = (users: readonly User[], place: number | undefined): User | undefined =>
  place === undefined ? undefined : users[place]

function restoreUser(jira: Jira, { properties, directory, ...user }: SavedUser): User {
  const restored = jira.change.addUser({ ...withoutUndefined(user), directory })
  restored.properties = properties && new Map(properties)
  return restored
}

/** An absent password is left out, not written as undefined. */
const withoutUndefined = ({ password, ...user }: Omit<SavedUser, 'directory' | 'properties'>) =>
  password === undefined ? user : { ...user, password }

function restoreGroups({ change, groups }: Jira, saved: SavedJira, users: readonly User[]): void {
  for (const { name, usedInRestrictions, members } of saved.groups) {
    const group = change.addGroup({ name, usedInRestrictions })
    for (const place of members) {
      const user = users[place]
      if (user) groups.join(group, user)
    }
  }
  for (const { name, subgroups } of saved.groups) for (const child of subgroups) change.nest(name, child)
}
