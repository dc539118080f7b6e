import type { Crowd } from '@rollcall/simulators/crowd/crowd'
import { snapshotCrowd } from '@rollcall/simulators/crowd/snapshot-crowd'
import type { Site } from '@rollcall/simulators/data-center/site'
import { snapshotPeople } from '@rollcall/simulators/data-center/snapshot-people'
import type { Cloud } from '@rollcall/simulators/jira-cloud/cloud'
import { snapshotCloud } from '@rollcall/simulators/jira-cloud/snapshot-cloud'

/** Who is in a product, in words that all products share. */
export interface ProductState {
  /** By the name that they sign in with; in Jira Cloud that is the e-mail address. */
  readonly accounts: ReadonlyMap<string, ProductAccount>
  /** Names of the members of each group. */
  readonly groups: ReadonlyMap<string, readonly string[]>
}

export interface ProductAccount {
  readonly displayName: string
  readonly email: string
  readonly active: boolean
}

export const siteState = (site: Pick<Site, 'people' | 'groups'>): ProductState => {
  const { users, groups } = snapshotPeople(site)
  return {
    accounts: new Map(
      users.map(({ name, displayName, emailAddress, active }) => [name, { displayName, email: emailAddress, active }]),
    ),
    groups: new Map(groups.map(({ name, members }) => [name, members])),
  }
}

/** Of its first directory. */
export const crowdState = (crowd: Crowd): ProductState => {
  const { users = [], groups = [] } = snapshotCrowd(crowd).directories[0] ?? {}
  return {
    accounts: new Map(
      users.map(({ name, displayName = '', email = '', active }) => [name, { displayName, email, active }]),
    ),
    groups: new Map(groups.map(({ name, members }) => [name, members])),
  }
}

/** Whoever was removed from the site is not there any more, though their Atlassian account is. */
export const cloudState = (cloud: Cloud): ProductState => {
  const { accounts, groups } = snapshotCloud(cloud)
  const emails = new Map(accounts.map(({ accountId, email }) => [accountId, email]))
  return {
    accounts: new Map(
      accounts
        .filter(({ onSite }) => onSite)
        .map(({ email, displayName, status }) => [email, { displayName, email, active: status === 'active' }]),
    ),
    groups: new Map(groups.map(({ name, members }) => [name, members.map((member) => emails.get(member) ?? member)])),
  }
}
