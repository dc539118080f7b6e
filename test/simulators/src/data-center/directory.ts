/** What a directory lets the product write (Data Center, directories). */
export type DirectoryPermission = 'readWrite' | 'readOnly' | 'readOnlyLocalGroups'
export type DirectoryKind = 'INTERNAL' | 'DELEGATING' | 'CONNECTOR' | 'CROWD'

export interface Directory {
  readonly id: number
  readonly name: string
  readonly kind: DirectoryKind
  readonly permission: DirectoryPermission
}

/** One entry of the ordered list; the first directory that holds a name wins (Data Center, directories). */
export interface DirectorySeed {
  name: string
  kind?: DirectoryKind
  permission?: DirectoryPermission
}

/** The internal directory usually has id 1, the first external one 10000 (Data Center, directories). */
export function createDirectories(seeds: readonly DirectorySeed[]): Directory[] {
  let external = 10000
  return seeds.map(({ name, kind = 'INTERNAL', permission = 'readWrite' }) => ({
    id: kind === 'INTERNAL' ? 1 : external++,
    name,
    kind,
    permission,
  }))
}

export const acceptsUsers = (directory: Directory): boolean => directory.permission === 'readWrite'

/** "Read only with local groups" allows group writes only (Data Center, directories). */
export const acceptsMemberships = (directory: Directory): boolean => directory.permission !== 'readOnly'

/** Users of an LDAP connector cannot be deactivated by the product whatever the permission (Data Center, directories). */
export const acceptsDeactivation = (directory: Directory): boolean =>
  acceptsUsers(directory) && directory.kind !== 'CONNECTOR'
