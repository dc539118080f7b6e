import { createAccess } from './access.ts'
import { createChanges } from './changes.ts'
import { createDirectories, type DirectorySeed } from './directory.ts'
import { createGroups, isMember } from './groups.ts'
import { type JiraVersion, jiraFeatures } from './jira-version.ts'
import { createPeople } from './people.ts'
import { createProjects } from './project.ts'
import { createRole, defaultRoles, hasSeat, type RoleSeed } from './roles.ts'
import { defaultSettings, type JiraSettings } from './settings.ts'
import type { User } from './user.ts'

export interface EmptyJiraOptions {
  version?: JiraVersion
  /** In order; one writable internal directory without it. */
  directories?: readonly DirectorySeed[]
  roles?: readonly RoleSeed[]
  settings?: Partial<JiraSettings>
  now?: () => number
}

export type Jira = ReturnType<typeof emptyJira>

/** The state of one Jira with nobody in it. `change` asks no rule of the product: it is what happens behind our back. */
export function emptyJira(options: EmptyJiraOptions = {}) {
  const version = options.version ?? '10.3-late'
  const directories = createDirectories(options.directories ?? [{ name: 'Jira Internal Directory' }])
  const people = createPeople(directories)
  const groups = createGroups()
  const projects = createProjects()
  const roles = (options.roles ?? defaultRoles).map(createRole)
  const settings: JiraSettings = { ...defaultSettings(), ...options.settings }

  const inAny = (names: readonly string[], user: User): boolean =>
    names.some((name) => {
      const group = groups.find(name)
      return group !== undefined && isMember(group, user)
    })
  const isSystemAdmin = (user: User): boolean => inAny(settings.systemAdminGroups, user)
  const isAdmin = (user: User): boolean => inAny(settings.adminGroups, user) || isSystemAdmin(user)

  return {
    version,
    features: jiraFeatures[version],
    directories,
    people,
    groups,
    projects,
    roles,
    access: createAccess(),
    settings,
    change: createChanges({ people, groups, projects, directories }),
    now: options.now ?? Date.now,
    isAdmin,
    isSystemAdmin,
    /** A user without a seat anywhere cannot log in (atlassian-rest.md 3.4); administrators always can. */
    mayLogIn: (user: User): boolean =>
      user.active && (isAdmin(user) || roles.some((role) => hasSeat(role, groups, user))),
  }
}
