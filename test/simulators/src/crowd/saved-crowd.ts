import type { ApplicationSeed } from './application.ts'
import { type Crowd, emptyCrowd } from './crowd.ts'
import type { CrowdVersion } from './crowd-version.ts'
import type { Account, CrowdDirectory, CrowdDirectorySeed, CrowdGroup } from './directory.ts'
import type { CrowdSettings } from './settings.ts'

/** A Crowd as a JSON value. Single sign-on sessions do not outlive a restart. */
export interface SavedCrowd {
  version: CrowdVersion
  settings: Omit<CrowdSettings, 'largestPage'> & { largestPage?: number }
  applications: Required<ApplicationSeed>[]
  directories: SavedDirectory[]
}

interface SavedDirectory extends Required<CrowdDirectorySeed> {
  nextKey: number
  accounts: (Omit<Account, 'directory' | 'groups' | 'attributes'> & { attributes: SavedAttributes })[]
  groups: (Pick<CrowdGroup, 'name' | 'description' | 'active' | 'createdAt' | 'updatedAt'> & {
    attributes: SavedAttributes
    members: string[]
    children: string[]
  })[]
}

type SavedAttributes = [string, readonly string[]][]

export function saveCrowd({ version, settings, applications, directories }: Crowd): SavedCrowd {
  const { largestPage, ...rest } = settings
  return {
    version,
    settings: Number.isFinite(largestPage) ? { ...rest, largestPage } : rest,
    applications: applications.map(({ mappings, ...application }) => ({
      ...application,
      directories: mappings.map(({ directory, permissions }) => ({
        name: directory.name,
        permissions: [...permissions],
      })),
    })),
    directories: directories.map(savedDirectory),
  }
}

const savedDirectory = (directory: CrowdDirectory): SavedDirectory => ({
  name: directory.name,
  kind: directory.kind,
  permissions: [...directory.permissions],
  nestedGroups: directory.nestedGroups,
  nextKey: directory.nextKey,
  accounts: [...directory.accounts.values()].map(
    ({ directory: _directory, groups: _groups, attributes, ...account }) => ({
      ...account,
      attributes: [...attributes],
    }),
  ),
  groups: [...directory.groups.values()].map(({ name, description, active, createdAt, updatedAt, ...group }) => ({
    ...{ name, description, active, createdAt, updatedAt },
    attributes: [...group.attributes],
    members: [...group.members].map((account) => account.name),
    children: [...group.children].map((child) => child.name),
  })),
})

export function loadCrowd(saved: SavedCrowd, now?: () => number): Crowd {
  const crowd = emptyCrowd({ ...saved, ...(now && { now }) })
  for (const [place, directory] of crowd.directories.entries()) {
    const from = saved.directories[place]
    if (from) restore(directory, from)
  }
  return crowd
}

function restore(directory: CrowdDirectory, { accounts, groups, nextKey }: SavedDirectory): void {
  directory.nextKey = nextKey
  for (const { attributes, ...saved } of accounts) {
    // What JSON leaves out is undefined again.
    const account = directory.addAccount({ ...nameless, ...saved })
    account.updatedAt = saved.updatedAt
    for (const [name, values] of attributes) account.attributes.set(name, values)
  }
  const made = groups.map(({ attributes, updatedAt, ...saved }) => {
    const group = directory.addGroup({ ...saved, description: saved.description })
    group.updatedAt = updatedAt
    for (const [name, values] of attributes) group.attributes.set(name, values)
    return { group, saved }
  })
  for (const { group, saved } of made) {
    for (const account of saved.members.flatMap((name) => directory.account(name) ?? [])) directory.join(group, account)
    for (const child of saved.children.flatMap((name) => directory.group(name) ?? [])) directory.nest(group, child)
  }
}

const nameless = {
  firstName: undefined,
  lastName: undefined,
  displayName: undefined,
  email: undefined,
  password: undefined,
}
