import type { Crowd } from '@rollcall/simulators/crowd/crowd'
import type { MountedCrowd } from '@rollcall/simulators/crowd/mount-crowd'
import { snapshotCrowd } from '@rollcall/simulators/crowd/snapshot-crowd'
import type { Site } from '@rollcall/simulators/data-center/site'
import { snapshotPeople } from '@rollcall/simulators/data-center/snapshot-people'
import type { Jira } from '@rollcall/simulators/jira/jira'
import { snapshotState } from '@rollcall/simulators/jira/snapshot-state'
import type { Cloud } from '@rollcall/simulators/jira-cloud/cloud'
import { snapshotCloud } from '@rollcall/simulators/jira-cloud/snapshot-cloud'

/** Who is in a product, in words that all products share. */
export interface ProductState {
  /** By the name that they sign in with; in Jira Cloud that is the e-mail address. */
  readonly accounts: ReadonlyMap<string, ProductAccount>
  /** Names of the members of each group. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** Names of the groups in each group that has any. */
  readonly children: ReadonlyMap<string, readonly string[]>
  /** Attributes of each account that has any, as the product stores them. */
  readonly attributes: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  /** Who leads what, in products with projects. */
  readonly leads: Readonly<Record<string, string | undefined>>
}

export interface ProductAccount {
  readonly displayName: string
  readonly email: string
  readonly active: boolean
}

/** `mounted`: the user server of the same product, which keeps what the product itself does not show. */
export const siteState = (
  site: Pick<Site, 'people' | 'groups'>,
  mounted?: Pick<MountedCrowd, 'attributesOf'>,
): ProductState => {
  const { users, groups } = snapshotPeople(site)
  return {
    accounts: new Map(
      users.map(({ name, displayName, emailAddress, active }) => [name, { displayName, email: emailAddress, active }]),
    ),
    groups: new Map(groups.map(({ name, members }) => [name, members])),
    children: filled(groups.map(({ name, subgroups }) => [name, subgroups])),
    attributes: filled(
      site.people
        .sorted()
        .map(({ name, properties }) => [name, { ...parsed(properties), ...mounted?.attributesOf(name) }]),
    ),
    leads: {},
  }
}

export const jiraState = (jira: Jira, mounted?: Pick<MountedCrowd, 'attributesOf'>): ProductState => {
  const { projectLeads, componentLeads } = snapshotState(jira)
  return { ...siteState(jira, mounted), leads: { ...projectLeads, ...componentLeads } }
}

/** Of its first directory. */
export const crowdState = (crowd: Crowd): ProductState => {
  const { users = [], groups = [] } = snapshotCrowd(crowd).directories[0] ?? {}
  return {
    accounts: new Map(
      users.map(({ name, displayName = '', email = '', active }) => [name, { displayName, email, active }]),
    ),
    groups: new Map(groups.map(({ name, members }) => [name, members])),
    children: filled(groups.map(({ name, children }) => [name, children])),
    attributes: filled(users.map(({ name, attributes }) => [name, attributes])),
    leads: {},
  }
}

/** Whoever was removed from the site is not there any more, though their Atlassian account is. */
export const cloudState = (cloud: Cloud): ProductState => {
  const { accounts, groups, projectLeads, componentLeads } = snapshotCloud(cloud)
  const emails = new Map(accounts.map(({ accountId, email }) => [accountId, email]))
  const named = (id: string | undefined) => (id === undefined ? undefined : (emails.get(id) ?? id))
  const leads = Object.entries({ ...projectLeads, ...componentLeads })
  return {
    accounts: new Map(
      accounts
        .filter(({ onSite }) => onSite)
        .map(({ email, displayName, status }) => [email, { displayName, email, active: status === 'active' }]),
    ),
    groups: new Map(groups.map(({ name, members }) => [name, members.map((member) => emails.get(member) ?? member)])),
    children: new Map(),
    attributes: filled(cloud.accounts.all().map(({ email, properties }) => [email, parsed(properties)])),
    leads: Object.fromEntries(leads.map(([thing, lead]) => [thing, named(lead)])),
  }
}

const parsed = (properties: ReadonlyMap<string, string> | undefined): Record<string, unknown> =>
  Object.fromEntries([...(properties ?? [])].map(([name, text]) => [name, JSON.parse(text)]))

/** Without what has nothing in it. */
const filled = <T extends object>(entries: readonly (readonly [string, T])[]): Map<string, T> =>
  new Map(entries.filter(([, value]) => Object.keys(value).length > 0))
