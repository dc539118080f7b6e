import { byName } from '../data-center/names.ts'
import type { Crowd } from './crowd.ts'
import type { Account, Attributes, CrowdDirectory, CrowdGroup } from './directory.ts'

export interface CrowdSnapshot {
  directories: DirectorySnapshot[]
}

interface DirectorySnapshot {
  name: string
  users: (Pick<Account, 'name' | 'firstName' | 'lastName' | 'displayName' | 'email' | 'active'> & {
    attributes: Record<string, readonly string[]>
  })[]
  groups: (Pick<CrowdGroup, 'name' | 'description' | 'active'> & {
    attributes: Record<string, readonly string[]>
    members: string[]
    children: string[]
  })[]
}

/** What two Crowds are compared by: equal people and groups give equal snapshots, whatever the order of their making. */
export const snapshotCrowd = ({ directories }: Crowd): CrowdSnapshot => ({ directories: directories.map(snapshot) })

const snapshot = ({ name, accounts, groups }: CrowdDirectory): DirectorySnapshot => ({
  name,
  users: [...accounts.values()].sort(byName).map((account) => ({
    name: account.name,
    firstName: account.firstName,
    lastName: account.lastName,
    displayName: account.displayName,
    email: account.email,
    active: account.active,
    attributes: sortedAttributes(account.attributes),
  })),
  groups: [...groups.values()].sort(byName).map((group) => ({
    name: group.name,
    description: group.description,
    active: group.active,
    attributes: sortedAttributes(group.attributes),
    members: names(group.members),
    children: names(group.children),
  })),
})

const names = (all: Iterable<{ readonly name: string }>): string[] => [...all].sort(byName).map((each) => each.name)

const sortedAttributes = (attributes: Attributes): Record<string, readonly string[]> =>
  Object.fromEntries([...attributes].sort(([a], [b]) => (a < b ? -1 : 1)))
