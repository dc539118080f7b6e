import type { Account } from './account.ts'
import type { Cloud } from './cloud.ts'

export interface CloudSnapshot {
  accounts: Pick<Account, 'accountId' | 'displayName' | 'email' | 'status' | 'onSite'>[]
  groups: { name: string; members: string[] }[]
  projectLeads: Record<string, string | undefined>
  componentLeads: Record<string, string | undefined>
}

/** What two sites are compared by: equal accounts, groups and leads give equal snapshots, whatever the order of their making. */
export function snapshotCloud({ accounts, groups, projects }: Cloud): CloudSnapshot {
  const components = projects.all().flatMap((project) => projects.componentsOf(project))
  return {
    accounts: accounts
      .all()
      .map(({ accountId, displayName, email, status, onSite }) => ({ accountId, displayName, email, status, onSite }))
      .sort((a, b) => (a.accountId < b.accountId ? -1 : 1)),
    groups: groups
      .sorted()
      .map((group) => ({ name: group.name, members: groups.members(group).map(({ accountId }) => accountId) })),
    projectLeads: Object.fromEntries(projects.all().map(({ key, lead }) => [key, lead?.accountId])),
    componentLeads: Object.fromEntries(
      components.map(({ project, name, lead }) => [`${project.key}/${name}`, lead?.accountId]),
    ),
  }
}
