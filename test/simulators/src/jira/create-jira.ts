import type { TokenSeed } from './access.ts'
import { type EmptyJiraOptions, emptyJira, type Jira } from './jira.ts'
import { populate } from './populate.ts'
import type { ProjectSeed } from './project.ts'
import type { GroupSeed, UserSeed } from './user.ts'

export interface JiraOptions extends EmptyJiraOptions {
  /** Two Jiras of one seed are equal. */
  seed?: number
  /** A number makes that many people up. */
  users?: number | readonly UserSeed[]
  groups?: number | readonly GroupSeed[]
  /** Made-up memberships, where users and groups are numbers; ten for each user without it. */
  memberships?: number
  projects?: readonly ProjectSeed[]
  tokens?: readonly TokenSeed[]
}

/** The account that every made Jira comes with: system administrator, in the internal directory where there is one. */
export const admin = { name: 'admin', password: 'admin', token: 'jira-admin-token' } as const

/** A Jira with its default groups, its administrator, and whom the options name. */
export function createJira(options: JiraOptions = {}): Jira {
  const jira = emptyJira(options)
  addDefaults(jira)
  addMadeUp(jira, options)
  const { users, groups, projects = [], tokens = [] } = options
  if (typeof users === 'object') for (const seed of users) jira.change.addUser(seed)
  if (typeof groups === 'object') for (const seed of groups) jira.change.addGroup(seed)
  for (const seed of projects) jira.change.addProject(seed)
  for (const { token, user, name, expiresAt } of tokens) {
    jira.access.addToken(token, jira.change.user(user), name, expiresAt)
  }
  return jira
}

function addDefaults({ change, settings, roles, access, directories }: Jira): void {
  const adminGroups = [...settings.adminGroups, ...settings.systemAdminGroups]
  const roleGroups = roles.flatMap((role) => role.groups)
  for (const name of [...adminGroups, ...roleGroups]) change.ensureGroup(name)
  const internal = directories.find((directory) => directory.kind === 'INTERNAL')
  const user = change.addUser({
    ...admin,
    displayName: 'Administrator',
    emailAddress: 'admin@example.com',
    groups: [...adminGroups, ...roleGroups.slice(0, 1)],
    ...(internal && { directory: internal.name }),
  })
  access.addToken(admin.token, user, 'provisioning')
}

function addMadeUp({ people, groups, directories }: Jira, options: JiraOptions): void {
  const [home] = directories
  if (!home) throw new Error('A Jira has at least one directory')
  const users = typeof options.users === 'number' ? options.users : 0
  const size = { seed: options.seed ?? 1, users, groups: typeof options.groups === 'number' ? options.groups : 0 }
  populate(people, groups, home, { ...size, memberships: options.memberships ?? users * 10 })
}
