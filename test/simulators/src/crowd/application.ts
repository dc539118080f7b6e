import type { CrowdDirectory } from './directory.ts'
import { type Permission, permissions } from './permission.ts'

/** One directory behind an application, and what the application may do there (Crowd REST, several directories). */
export interface Mapping {
  readonly directory: CrowdDirectory
  readonly permissions: Set<Permission>
}

/** Who calls: a name with a password, from allow-listed addresses only (Data Center, authentication). */
export interface Application {
  readonly name: string
  password: string
  allowedAddresses: readonly string[]
  /** In order: the first directory that holds a name wins. */
  readonly mappings: Mapping[]
  /** Memberships of all directories are merged; without it those of the first one that holds the user (Data Center, directories). */
  aggregateMemberships: boolean
  /** Names are told in lower case (Crowd REST, administration). */
  lowerCaseOutput: boolean
}

export interface ApplicationSeed {
  name: string
  password: string
  /** Loopback without it. */
  allowedAddresses?: readonly string[]
  /** All directories with all permissions without it. */
  directories?: readonly { name: string; permissions?: readonly Permission[] }[]
  aggregateMemberships?: boolean
  lowerCaseOutput?: boolean
}

export function createApplication(seed: ApplicationSeed, directories: readonly CrowdDirectory[]): Application {
  const mapped = seed.directories ?? directories.map(({ name }) => ({ name }))
  return {
    name: seed.name,
    password: seed.password,
    allowedAddresses: seed.allowedAddresses ?? ['127.0.0.1', '::1'],
    mappings: mapped.map((each) => createMapping(each, directories)),
    aggregateMemberships: seed.aggregateMemberships ?? false,
    lowerCaseOutput: seed.lowerCaseOutput ?? false,
  }
}

function createMapping(
  { name, permissions: allowed = permissions }: { name: string; permissions?: readonly Permission[] },
  directories: readonly CrowdDirectory[],
): Mapping {
  const directory = directories.find((each) => each.name === name)
  if (!directory) throw new Error(`This Crowd has no directory named ${name}`)
  return { directory, permissions: new Set(allowed) }
}

/** The directory and the mapping must both allow it. */
export const allows = ({ directory, permissions: mapped }: Mapping, permission: Permission): boolean =>
  mapped.has(permission) && directory.permissions.has(permission)
