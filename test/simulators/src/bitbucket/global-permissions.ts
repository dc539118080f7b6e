import { effectiveMembers, type Groups, groupsOf } from '../data-center/groups.ts'
import { fold } from '../data-center/names.ts'
import type { People } from '../data-center/people.ts'
import type { User } from '../data-center/user.ts'

/** From the least to the most; each holds those before it (Bitbucket REST, groups). */
export const globalPermissions = ['LICENSED_USER', 'PROJECT_CREATE', 'ADMIN', 'SYS_ADMIN'] as const
export type GlobalPermission = (typeof globalPermissions)[number]

export const isGlobalPermission = (text: string | undefined): text is GlobalPermission =>
  globalPermissions.some((each) => each === text)

/** 0 without a permission, so that ranks can be compared. */
export const rankOf = (permission: GlobalPermission | undefined): number =>
  permission === undefined ? 0 : globalPermissions.indexOf(permission) + 1

/** Who holds which global permission. A group without one gives no login (Bitbucket REST, groups). */
export function createGlobalPermissions(people: People, groups: Groups) {
  const ofGroups = new Map<string, GlobalPermission>()
  const ofUsers = new Map<string, GlobalPermission>()
  const ofGroup = (name: string): GlobalPermission | undefined => ofGroups.get(fold(name))
  const ofUser = ({ key }: User): GlobalPermission | undefined => ofUsers.get(key)

  return {
    ofGroup,
    ofUser,
    grantGroup: (name: string, permission: GlobalPermission): void => void ofGroups.set(fold(name), permission),
    grantUser: ({ key }: User, permission: GlobalPermission): void => void ofUsers.set(key, permission),
    revokeGroup: (name: string): boolean => ofGroups.delete(fold(name)),
    revokeUser: ({ key }: User): boolean => ofUsers.delete(key),

    /** The highest of the own and of all groups, inherited ones included. */
    rank: (user: User): number =>
      Math.max(rankOf(ofUser(user)), ...groupsOf(user).map((group) => rankOf(ofGroup(group.name)))),

    /** Active users who may log in: each takes a seat. */
    seatTakers(): Set<User> {
      const takers = new Set<User>()
      const take = (user: User | undefined): void => {
        if (user?.active && people.visible(user)) takers.add(user)
      }
      for (const name of ofGroups.keys()) {
        const group = groups.find(name)
        if (group) for (const user of effectiveMembers(group)) take(user)
      }
      for (const key of ofUsers.keys()) take(people.findByKey(key))
      return takers
    },
    saved: () => ({ groups: [...ofGroups], users: [...ofUsers] }),
    restore(saved: { groups: [string, GlobalPermission][]; users: [string, GlobalPermission][] }): void {
      for (const [name, permission] of saved.groups) ofGroups.set(name, permission)
      for (const [key, permission] of saved.users) ofUsers.set(key, permission)
    },
  }
}
