import type { Groups } from '../data-center/groups.ts'
import { fold } from '../data-center/names.ts'
import { inAny } from '../data-center/site.ts'
import type { User } from '../data-center/user.ts'
import type { ConfluenceSettings } from './settings.ts'

/** The pairs of target type and operation key that exist (Confluence REST, groups). */
export const globalPermissions = [
  'application/use',
  'application/administer',
  'system/administer',
  'personal_space/create',
  'space/create',
] as const
export type GlobalPermission = (typeof globalPermissions)[number]

export const isGlobalPermission = (text: string): text is GlobalPermission =>
  globalPermissions.some((each) => each === text)

/** Who holds what in the whole of Confluence. Groups are named, users go by key. */
export function createGlobalPermissions(groups: Groups, settings: ConfluenceSettings) {
  const ofGroups = new Map<string, Set<GlobalPermission>>()
  const ofUsers = new Map<string, Set<GlobalPermission>>()
  const none: ReadonlySet<GlobalPermission> = new Set()
  const all: ReadonlySet<GlobalPermission> = new Set(globalPermissions)

  const isSuper = (name: string): boolean => fold(name) === fold(settings.superGroup)
  const ofGroup = (name: string): ReadonlySet<GlobalPermission> =>
    isSuper(name) ? all : (ofGroups.get(fold(name)) ?? none)
  const ofUser = (key: string): ReadonlySet<GlobalPermission> => ofUsers.get(key) ?? none
  const groupsWith = (permission: GlobalPermission): string[] => [
    settings.superGroup,
    ...[...ofGroups].flatMap(([name, held]) => (held.has(permission) ? [name] : [])),
  ]

  return {
    ofGroup,
    ofUser,
    groupsWith,
    userKeysWith: (permission: GlobalPermission): string[] =>
      [...ofUsers].flatMap(([key, held]) => (held.has(permission) ? [key] : [])),
    setGroup: (name: string, held: Iterable<GlobalPermission>): void => void ofGroups.set(fold(name), new Set(held)),
    setUser: (key: string, held: Iterable<GlobalPermission>): void => void ofUsers.set(key, new Set(held)),
    forgetGroup: (name: string): boolean => ofGroups.delete(fold(name)),
    forgetUser: (key: string): boolean => ofUsers.delete(key),
    holds: (user: User, permission: GlobalPermission): boolean =>
      ofUser(user.key).has(permission) || inAny(groups, groupsWith(permission), user),
    /** As JSON; the super group needs no entry. */
    saved: () => ({ groups: entries(ofGroups), users: entries(ofUsers) }),
  }
}

const entries = (held: Map<string, Set<GlobalPermission>>): [string, GlobalPermission[]][] =>
  [...held].map(([subject, permissions]) => [subject, [...permissions]])
