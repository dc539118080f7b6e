import type { Account, AccountSeed, CloudGroup, CloudGroupSeed } from './account.ts'
import { createAccounts } from './accounts.ts'
import { createCloudGroups } from './cloud-groups.ts'
import { createProduct, defaultProducts, grants, type ProductSeed } from './products.ts'
import { type CloudProject, type CloudProjectSeed, createCloudProjects } from './projects.ts'
import { type CloudSettings, defaultSettings } from './settings.ts'

export interface EmptyCloudOptions {
  /** `jira-software` with `jira-software-users` without it. */
  products?: readonly ProductSeed[]
  /** Accounts of these domains are managed by the organization; `example.com` without it. */
  verifiedDomains?: readonly string[]
  settings?: Partial<CloudSettings>
  now?: () => number
}

/** What somebody signs in with; it expires (Jira Cloud REST). */
export interface ApiToken {
  readonly token: string
  readonly account: Account
  readonly expiresAt: number | undefined
}

export type Cloud = ReturnType<typeof emptyCloud>

const gracePeriod = 14 * 86_400_000

/**
 * The state of one Jira Cloud site and the organization that it belongs to, with nobody in it. `change` asks no rule of the
 * product: it is what happens behind our back.
 */
export function emptyCloud(options: EmptyCloudOptions = {}) {
  const now = options.now ?? Date.now
  const accounts = createAccounts()
  const groups = createCloudGroups()
  const projects = createCloudProjects()
  const products = (options.products ?? defaultProducts).map(createProduct)
  const settings: CloudSettings = { ...defaultSettings(), ...options.settings }
  const tokens = new Map<string, ApiToken>()
  const organization = {
    verifiedDomains: [...(options.verifiedDomains ?? ['example.com'])],
    /** Keys of the organization API, with the time when each expires. */
    apiKeys: new Map<string, number>(),
    admins: new Set<Account>(),
    /** When the deletion of an account was asked for. */
    deletions: new Map<Account, number>(),
  }

  const isIn = (account: Account, names: readonly string[]): boolean =>
    [...account.groups].some((group) => names.includes(group.name))
  const isSiteAdmin = (account: Account): boolean => isIn(account, settings.siteAdminGroups)
  const isAdmin = (account: Account): boolean => isIn(account, settings.adminGroups) || isSiteAdmin(account)
  const hasAccess = (account: Account): boolean =>
    account.onSite && products.some((product) => grants(product, account))

  return {
    accounts,
    groups,
    projects,
    products,
    settings,
    tokens,
    organization,
    now,
    isSiteAdmin,
    isAdmin,
    hasAccess,
    mayBrowse: (account: Account): boolean =>
      isAdmin(account) || settings.browseGroups === undefined || isIn(account, settings.browseGroups),
    isManagedDomain: (email: string): boolean => isOfDomain(email, organization.verifiedDomains),
    /** Closes the accounts whose grace period is over: 14 days after the deletion was asked for (7). */
    closeDeleted(): void {
      for (const [account, askedAt] of organization.deletions) {
        if (now() < askedAt + gracePeriod) continue
        organization.deletions.delete(account)
        account.status = 'closed'
        account.displayName = 'Former user'
        accounts.changeEmail(account, '')
        groups.leaveAll(account)
      }
    },
    change: createChanges(),
  }

  function createChanges() {
    const account = (email: string): Account => accounts.findByEmail(email) ?? missing('account', email)
    const group = (name: string): CloudGroup => groups.findByName(name) ?? missing('group', name)
    const ensureGroup = (name: string): CloudGroup => groups.findByName(name) ?? groups.add(name)
    return {
      account,
      group,
      ensureGroup,
      addAccount(seed: AccountSeed): Account {
        const { groups: memberships = [], ...rest } = seed
        const managed = seed.managed ?? isOfDomain(seed.email, organization.verifiedDomains)
        const displayName = seed.displayName ?? localPart(seed.email)
        const added = accounts.add({ ...rest, managed, displayName })
        for (const name of memberships) groups.join(ensureGroup(name), added)
        return added
      },
      changeAccount: (
        email: string,
        patch: Partial<Pick<Account, 'displayName' | 'status' | 'emailVisible' | 'onSite'>>,
      ): void => void Object.assign(account(email), patch),
      changeEmail: (email: string, newEmail: string): void => accounts.changeEmail(account(email), newEmail),
      addGroup({ name, members = [], ...rest }: CloudGroupSeed): CloudGroup {
        const added = groups.findByName(name) ?? groups.add(name, rest)
        for (const email of members) groups.join(added, account(email))
        return added
      },
      renameGroup: (name: string, newName: string): void => groups.rename(group(name), newName),
      removeGroup: (name: string): void => groups.remove(group(name)),
      join: (groupName: string, email: string): boolean => groups.join(group(groupName), account(email)),
      leave: (groupName: string, email: string): boolean => groups.leave(group(groupName), account(email)),
      addProject: (seed: CloudProjectSeed): CloudProject => projects.add(seed, account),
      addToken: (token: string, email: string, expiresAt?: number): void =>
        void tokens.set(token, { token, account: account(email), expiresAt }),
    }
  }
}

export const localPart = (email: string): string => email.split('@')[0] ?? email

const isOfDomain = (email: string, domains: readonly string[]): boolean =>
  domains.includes(email.split('@').at(-1)?.toLowerCase() ?? '')

function missing(what: string, name: string): never {
  throw new Error(`This site has no ${what} named ${name}`)
}
