import type { Directory } from '../data-center/directory.ts'
import type { Group, User } from '../data-center/user.ts'
import type { Bitbucket } from './bitbucket.ts'

interface Place {
  readonly bitbucket: Bitbucket
  readonly base: string
}

/** External directories are always read-only from Bitbucket (Data Center, directories). */
export const mutableDetails = ({ kind, permission }: Directory): boolean =>
  (kind === 'INTERNAL' || kind === 'DELEGATING') && permission === 'readWrite'

/** Unless groups are kept here (Data Center, directories). */
export const mutableGroups = (directory: Directory): boolean =>
  mutableDetails(directory) || directory.permission === 'readOnlyLocalGroups'

/** RestApplicationUser. */
export function userBean({ bitbucket, base }: Place, user: User) {
  const slug = bitbucket.slugs.of(user)
  return {
    name: user.name,
    emailAddress: user.emailAddress,
    active: user.active,
    displayName: user.displayName,
    id: Number(user.key),
    slug,
    type: 'NORMAL',
    links: { self: [{ href: `${base}/users/${encodeURIComponent(slug)}` }] },
  }
}

/** RestDetailedUser: tells what may be written before one tries (5, introduction; 11.9). */
export const detailedUserBean = (place: Place, user: User) => ({
  ...userBean(place, user),
  directoryName: user.directory.name,
  deletable: mutableDetails(user.directory),
  ...(user.lastSignInAt !== undefined && { lastAuthenticationTimestamp: user.lastSignInAt }),
  mutableDetails: mutableDetails(user.directory),
  mutableGroups: mutableGroups(user.directory),
})

export const isMutable = ({ directory }: Group): boolean => directory === undefined || mutableGroups(directory)

/** RestDetailedGroup. */
export const groupBean = (group: Group) => ({ name: group.name, deletable: isMutable(group) })
