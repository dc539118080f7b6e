import { populate } from '../data-center/populate.ts'
import type { AccountSeed, CloudGroupSeed } from './account.ts'
import { type Cloud, type EmptyCloudOptions, emptyCloud } from './cloud.ts'
import type { CloudProjectSeed } from './projects.ts'

export interface CloudOptions extends EmptyCloudOptions {
  /** Two sites of one seed are equal. */
  seed?: number
  /** A number makes that many people up, of `example.com`. */
  users?: number | readonly AccountSeed[]
  groups?: number | readonly CloudGroupSeed[]
  /** Made-up memberships, where users and groups are numbers; ten for each user without it. */
  memberships?: number
  /** Whether the e-mails of made-up people are hidden; no without it. */
  hideEmails?: boolean
  /** Whether made-up people have access to the first product, beside their memberships; no without it. */
  withAccess?: boolean
  projects?: readonly CloudProjectSeed[]
}

/** The account that every made site comes with: administrator of site, Jira and organization. */
export const admin = {
  email: 'admin@example.com',
  accountId: '5b10a284-admin',
  token: 'cloud-admin-api-token',
  organizationKey: 'cloud-organization-api-key',
} as const

/** A site with its default groups, its administrator, and whom the options name. */
export function createCloud(options: CloudOptions = {}): Cloud {
  const cloud = emptyCloud(options)
  addDefaults(cloud)
  addMadeUp(cloud, options)
  const { users, groups, projects = [] } = options
  if (typeof users === 'object') for (const seed of users) cloud.change.addAccount(seed)
  if (typeof groups === 'object') for (const seed of groups) cloud.change.addGroup(seed)
  for (const seed of projects) cloud.change.addProject(seed)
  return cloud
}

function addDefaults({ change, settings, products, organization }: Cloud): void {
  const adminGroups = [...settings.siteAdminGroups, ...settings.adminGroups]
  const access = products.flatMap((product) => product.groups)
  for (const name of [...adminGroups, ...access]) change.ensureGroup(name)
  const { email, accountId } = admin
  const groups = [...adminGroups, ...access.slice(0, 1)]
  organization.admins.add(change.addAccount({ email, accountId, displayName: 'Administrator', groups }))
  organization.apiKeys.set(admin.organizationKey, Number.POSITIVE_INFINITY)
  change.addToken(admin.token, email)
}

function addMadeUp({ accounts, groups, products, change, isManagedDomain }: Cloud, options: CloudOptions): void {
  const users = typeof options.users === 'number' ? options.users : 0
  const size = { seed: options.seed ?? 1, users, groups: typeof options.groups === 'number' ? options.groups : 0 }
  const emailVisible = options.hideEmails !== true
  populate(
    {
      add: ({ displayName, emailAddress: email, active }) =>
        accounts.add({ displayName, email, active, emailVisible, managed: isManagedDomain(email) }),
    },
    { add: (name) => groups.add(name), join: groups.join },
    undefined,
    { ...size, memberships: options.memberships ?? users * 10 },
  )
  if (options.withAccess !== true) return
  for (const name of products[0]?.defaultGroups ?? []) {
    for (const account of accounts.all()) groups.join(change.ensureGroup(name), account)
  }
}
