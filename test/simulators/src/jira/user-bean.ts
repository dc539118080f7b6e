import { groupsOf } from '../data-center/groups.ts'
import type { Group, User } from '../data-center/user.ts'
import type { Jira } from './jira.ts'
import { hasSeat } from './roles.ts'

const selfOf = (base: string, user: User): string => `${base}/rest/api/2/user?username=${encodeURIComponent(user.name)}`

const avatarUrls = (base: string): Record<string, string> => ({
  '48x48': `${base}/secure/useravatar?avatarId=10122`,
  '24x24': `${base}/secure/useravatar?size=small&avatarId=10122`,
  '16x16': `${base}/secure/useravatar?size=xsmall&avatarId=10122`,
  '32x32': `${base}/secure/useravatar?size=medium&avatarId=10122`,
})

/** UserJsonBean, as group members and leads are shown. */
export const userJson = (base: string, user: User) => ({
  self: selfOf(base, user),
  name: user.name,
  key: user.key,
  emailAddress: user.emailAddress,
  avatarUrls: avatarUrls(base),
  displayName: user.displayName,
  active: user.active,
  timeZone: 'Etc/UTC',
})

/** `2023-08-30T16:37:01+1000` (openapi/jira-dc-10.3.json, UserBean.lastLoginTime). */
const asJiraWrites = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, '+0000')

/** UserBean of lists and searches: groups and roles are not expanded (Jira REST). */
export const userBean = (base: string, user: User) => ({
  ...userJson(base, user),
  deleted: false,
  locale: 'en_US',
  ...(user.lastSignInAt !== undefined && { lastLoginTime: asJiraWrites(user.lastSignInAt) }),
})

/** UserWriteBean, the answer to a write. */
export const userWriteBean = (base: string, user: User) => ({
  self: selfOf(base, user),
  key: user.key,
  name: user.name,
  emailAddress: user.emailAddress,
  displayName: user.displayName,
  active: user.active,
})

/** UserBean of one user: `groups.items` is complete, inherited ones included; not expanded it shows the size (Jira REST, users). */
export function expandedUserBean(jira: Jira, base: string, user: User, expand: string) {
  const wanted = expand.split(',')
  const groups = groupsOf(user)
  const roles = jira.roles.filter((role) => hasSeat(role, jira.groups, user))
  return {
    ...userBean(base, user),
    groups: {
      size: groups.length,
      items: wanted.includes('groups') ? groups.map((group) => groupJson(base, group)) : [],
    },
    applicationRoles: {
      size: roles.length,
      items: wanted.includes('applicationRoles') ? roles.map(({ key, name }) => ({ key, name })) : [],
    },
    expand: 'groups,applicationRoles',
  }
}

export const groupJson = (base: string, group: Group) => ({
  name: group.name,
  self: `${base}/rest/api/2/group?groupname=${encodeURIComponent(group.name)}`,
})
