import type { DirectorySeed } from '../data-center/directory.ts'
import { fold } from '../data-center/names.ts'
import { emptySite, inAny } from '../data-center/site.ts'
import type { User } from '../data-center/user.ts'
import { type JiraVersion, jiraFeatures } from './jira-version.ts'
import { createProjects, type Project, type ProjectSeed } from './project.ts'
import { createRole, defaultRoles, hasSeat, type RoleSeed } from './roles.ts'
import { defaultSettings, type JiraSettings } from './settings.ts'

export interface EmptyJiraOptions {
  version?: JiraVersion
  /** In order; one writable internal directory without it. */
  directories?: readonly DirectorySeed[]
  roles?: readonly RoleSeed[]
  settings?: Partial<JiraSettings>
  now?: () => number
}

export type Jira = ReturnType<typeof emptyJira>

/** Keys are `JIRAUSER10101` and up, names are stored lower-case (Jira REST; Data Center, names). */
const identifying = { firstKey: 10100, keyOf: (number: number) => `JIRAUSER${number}`, storedName: fold }

/** The state of one Jira with nobody in it. `change` asks no rule of the product: it is what happens behind our back. */
export function emptyJira(options: EmptyJiraOptions = {}) {
  const version = options.version ?? '10.3-late'
  const site = emptySite('Jira', options.directories ?? [{ name: 'Jira Internal Directory' }], identifying)
  const { groups, change } = site
  const projects = createProjects()
  const roles = (options.roles ?? defaultRoles).map(createRole)
  const settings: JiraSettings = { ...defaultSettings(), ...options.settings }

  const isSystemAdmin = (user: User): boolean => inAny(groups, settings.systemAdminGroups, user)
  const isAdmin = (user: User): boolean => inAny(groups, settings.adminGroups, user) || isSystemAdmin(user)

  return {
    ...site,
    version,
    features: jiraFeatures[version],
    projects,
    roles,
    settings,
    change: { ...change, addProject: (seed: ProjectSeed): Project => projects.add(seed, change.user) },
    now: options.now ?? Date.now,
    isAdmin,
    isSystemAdmin,
    /** A user without a seat anywhere cannot log in (Jira REST, application roles); administrators always can. */
    mayLogIn: (user: User): boolean =>
      user.active && (isAdmin(user) || roles.some((role) => hasSeat(role, groups, user))),
  }
}
