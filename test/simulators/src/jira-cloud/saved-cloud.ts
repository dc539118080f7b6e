import type { Account, CloudGroup } from './account.ts'
import { type Cloud, emptyCloud } from './cloud.ts'
import type { ProductSeed } from './products.ts'
import type { CloudComponent, CloudProject } from './projects.ts'
import type { CloudSettings } from './settings.ts'

/** A site and its organization as a JSON value; accounts are named by their id. Times without an end are left out. */
export interface SavedCloud {
  products: ProductSeed[]
  verifiedDomains: string[]
  settings: Partial<CloudSettings>
  nextAccountId: number
  nextGroupId: number
  accounts: (Omit<Account, 'groups' | 'properties'> & { properties: [string, string][] })[]
  groups: (Omit<CloudGroup, 'members'> & { members: string[] })[]
  projects: (Omit<CloudProject, 'lead'> & { lead: string | undefined })[]
  components: (Omit<CloudComponent, 'lead' | 'project'> & { lead: string | undefined; project: string })[]
  tokens: { token: string; account: string; expiresAt: number | undefined }[]
  organization: { admins: string[]; apiKeys: { key: string; expiresAt?: number }[]; deletions: [string, number][] }
}

export function saveCloud(cloud: Cloud): SavedCloud {
  const { accounts, groups, projects, organization } = cloud
  const components = projects.all().flatMap((project) => projects.componentsOf(project))
  return {
    products: cloud.products.map(({ seats, ...product }) => (seats === undefined ? product : { ...product, seats })),
    verifiedDomains: [...organization.verifiedDomains],
    settings: withEnds(cloud.settings),
    nextAccountId: accounts.nextId,
    nextGroupId: groups.nextId,
    accounts: accounts
      .all()
      .map(({ groups: _groups, properties, ...account }) => ({ ...account, properties: [...properties] })),
    groups: groups
      .sorted()
      .map(({ members, ...group }) => ({ ...group, members: [...members].map(({ accountId }) => accountId) })),
    projects: projects.all().map((project) => ({ ...project, lead: project.lead?.accountId })),
    components: components.map((component) => ({
      ...component,
      lead: component.lead?.accountId,
      project: component.project.id,
    })),
    tokens: [...cloud.tokens.values()].map((token) => ({ ...token, account: token.account.accountId })),
    organization: {
      admins: [...organization.admins].map(({ accountId }) => accountId),
      apiKeys: [...organization.apiKeys].map(([key, expiresAt]) => ({ key, ...withEnds({ expiresAt }) })),
      deletions: [...organization.deletions].map(([{ accountId }, askedAt]) => [accountId, askedAt]),
    },
  }
}

/** JSON has no infinity. */
const withEnds = <T extends object>(settings: T): Partial<T> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== Number.POSITIVE_INFINITY)) as Partial<T>

export function loadCloud(saved: SavedCloud, now?: () => number): Cloud {
  const cloud = emptyCloud({ ...saved, ...(now && { now }) })
  const accountOf = (accountId: string | undefined): Account | undefined =>
    accountId === undefined ? undefined : cloud.accounts.find(accountId)
  for (const account of saved.accounts) restoreAccount(cloud, account)
  cloud.accounts.nextId = saved.nextAccountId
  for (const { members, name, groupId, scim } of saved.groups) {
    const group = cloud.groups.add(name, { groupId, scim })
    for (const account of members.flatMap((each) => accountOf(each) ?? [])) cloud.groups.join(group, account)
  }
  cloud.groups.nextId = saved.nextGroupId
  for (const project of saved.projects) cloud.projects.put({ ...project, lead: accountOf(project.lead) })
  for (const component of saved.components) {
    const project = cloud.projects.find(component.project)
    if (project) cloud.projects.putComponent({ ...component, project, lead: accountOf(component.lead) })
  }
  restoreRights(cloud, saved, accountOf)
  return cloud
}

function restoreAccount({ accounts }: Cloud, { properties, ...saved }: SavedCloud['accounts'][number]): void {
  const account = accounts.add({ ...saved, active: saved.status === 'active' })
  const { status, nickname, leftSite } = saved
  Object.assign(account, { status, nickname, leftSite })
  Object.assign(account.profile, saved.profile)
  for (const [key, value] of properties) account.properties.set(key, value)
}

function restoreRights(
  { tokens, organization }: Cloud,
  saved: SavedCloud,
  accountOf: (accountId: string) => Account | undefined,
): void {
  for (const { token, account, expiresAt } of saved.tokens) {
    const owner = accountOf(account)
    if (owner) tokens.set(token, { token, account: owner, expiresAt })
  }
  for (const admin of saved.organization.admins.flatMap((each) => accountOf(each) ?? [])) organization.admins.add(admin)
  for (const { key, expiresAt } of saved.organization.apiKeys) {
    organization.apiKeys.set(key, expiresAt ?? Number.POSITIVE_INFINITY)
  }
  for (const [accountId, askedAt] of saved.organization.deletions) {
    const account = accountOf(accountId)
    if (account) organization.deletions.set(account, askedAt)
  }
}
