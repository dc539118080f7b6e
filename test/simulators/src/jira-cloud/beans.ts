import { type Account, type CloudGroup, isActive } from './account.ts'
import type { Call } from './call.ts'
import { grants } from './products.ts'

type Context = Pick<Call, 'base' | 'caller' | 'cloud'>

const selfOf = (base: string, { accountId }: Account): string =>
  `${base}/rest/api/3/user?accountId=${encodeURIComponent(accountId)}`

/** UserDetails: the e-mail is left out where privacy hides it; everybody is told their own (Jira Cloud REST). */
export function userBean({ base, caller }: Context, account: Account) {
  const told = account.email !== '' && (account.emailVisible || account === caller)
  return {
    self: selfOf(base, account),
    accountId: account.accountId,
    accountType: account.kind,
    ...(told && { emailAddress: account.email }),
    avatarUrls: { '48x48': `${base}/avatar/${account.accountId}?size=48` },
    displayName: account.displayName,
    active: isActive(account),
    timeZone: 'Etc/UTC',
  }
}

/** User: groups and application roles are counted, and told where they are asked for. */
export function expandedUserBean(context: Context, account: Account, expand: string) {
  const { groups, products } = context.cloud
  const wanted = expand.split(',')
  const memberships = groups.groupsOf(account)
  const roles = products.filter((product) => account.onSite && grants(product, account))
  return {
    ...userBean(context, account),
    locale: 'en_US',
    groups: {
      size: memberships.length,
      items: wanted.includes('groups') ? memberships.map((group) => groupName(context, group)) : [],
    },
    applicationRoles: {
      size: roles.length,
      items: wanted.includes('applicationRoles') ? roles.map(({ key, name }) => ({ key, name })) : [],
    },
    expand: 'groups,applicationRoles',
  }
}

/** GroupName. */
export const groupName = ({ base }: Context, { groupId, name }: CloudGroup) => ({
  name,
  groupId,
  self: `${base}/rest/api/3/group?groupId=${encodeURIComponent(groupId)}`,
})
