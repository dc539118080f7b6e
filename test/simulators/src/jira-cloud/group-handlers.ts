import { type Answer, created, isAnswer, ok } from '../data-center/answer.ts'
import { fold, longestName } from '../data-center/names.ts'
import { type Account, type CloudGroup, isActive } from './account.ts'
import { noAccount, noGroup, refuse } from './answer.ts'
import { groupName, userBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import { pageBean, sliceOf } from './page-of.ts'
import { remainingSeats } from './products.ts'

/** Sorted by name; fifty a page unless asked for more (Jira Cloud REST). */
export const listGroups: Handler = (call) => {
  const { query, repeated, cloud } = call
  const [ids, names] = [repeated('groupId'), repeated('groupName').map(fold)]
  const { accessType, applicationKey } = query
  if (accessType !== undefined && !(accessType in accessGroups))
    return refuse(400, `'${accessType}' is no access type.`)
  const wanted = accessType === undefined ? undefined : accessGroups[accessType as keyof typeof accessGroups](call)
  const product = cloud.products.find((each) => each.key === applicationKey)
  const found = cloud.groups
    .sorted()
    .filter(
      ({ groupId, name }) => ids.length + names.length === 0 || ids.includes(groupId) || names.includes(fold(name)),
    )
    .filter(({ name }) => wanted?.includes(name) ?? true)
    .filter(({ name }) => applicationKey === undefined || product?.groups.includes(name))
  const bean = ({ groupId, name }: CloudGroup) => ({ name, groupId })
  return ok(pageBean(call, '/group/bulk', found, sliceOf(call, found, 50, Number.POSITIVE_INFINITY), bean))
}

const accessGroups = {
  'site-admin': ({ cloud }: Call) => cloud.settings.siteAdminGroups,
  admin: ({ cloud }: Call) => cloud.settings.adminGroups,
  user: ({ cloud }: Call) => cloud.products.flatMap((product) => product.groups),
}

/** Substring search without paging (description of `groups/picker`); 20 unless asked for more. */
export const pickGroups: Handler = (call) => {
  const wanted = fold(call.query.query ?? '')
  const [excluded, excludedIds] = [call.repeated('exclude').map(fold), call.repeated('excludeId')]
  const matching = call.cloud.groups
    .sorted()
    .filter(({ name }) => fold(name).includes(wanted) && !excluded.includes(fold(name)))
    .filter(({ groupId }) => !excludedIds.includes(groupId))
  const shown = matching.slice(0, Math.max(Number(call.query.maxResults ?? 20), 0))
  return ok({
    header: `Showing ${shown.length} of ${matching.length} matching groups`,
    total: matching.length,
    groups: shown.map(({ groupId, name }) => ({ name, groupId, html: name.replace(/[&<>"]/g, ''), labels: [] })),
  })
}

export const createGroup: Handler = (call) => {
  const name = String(call.body.name ?? '')
  if (name.trim() === '') return refuse(400, 'The group name must be specified.')
  if (name.length > longestName) return refuse(400, `The group name must not exceed ${longestName} characters.`)
  if (call.cloud.groups.findByName(name)) return refuse(400, `A group with the name '${name}' already exists.`)
  return created(groupBean(call, call.cloud.groups.add(name)))
}

const groupBean = (call: Call, group: CloudGroup) => ({
  ...groupName(call, group),
  users: { size: group.members.size, items: [], 'max-results': 50, 'start-index': 0, 'end-index': 0 },
  expand: 'users',
})

/** Restrictions are lost unless a group takes them over, but nothing is refused (description of `DELETE /group`). */
export const deleteGroup: Handler = (call) => {
  const group = writable(call)
  if (isAnswer(group)) return group
  const { swapGroup, swapGroupId } = call.query
  if (swapGroup !== undefined && !call.cloud.groups.findByName(swapGroup)) return noGroup(swapGroup)
  if (swapGroupId !== undefined && !call.cloud.groups.find(swapGroupId)) return noGroup(swapGroupId)
  if (call.cloud.settings.siteAdminGroups.includes(group.name)) {
    return refuse(400, `The group '${group.name}' cannot be deleted.`)
  }
  call.cloud.groups.remove(group)
  return ok()
}

/** At most fifty a page; inactive members on request (7). */
export const listMembers: Handler = (call) => {
  const group = named(call)
  if (isAnswer(group)) return group
  const all = call.cloud.groups.members(group)
  const found = call.query.includeInactiveUsers === 'true' ? all : all.filter(isActive)
  return ok(pageBean(call, '/group/member', found, sliceOf(call, found, 50, 50), (each) => userBean(call, each)))
}

/** A member already, or no seat in the product that the group gives access to: 400 [believed] (7). */
export const addMember: Handler = (call) => {
  const group = writable(call)
  if (isAnswer(group)) return group
  const accountId = typeof call.body.accountId === 'string' ? call.body.accountId : ''
  if (accountId === '') return refuse(400, 'The accountId must be given.')
  const account = call.cloud.accounts.find(accountId)
  if (!account?.onSite || account.status === 'closed') return noAccount(accountId)
  if (group.members.has(account)) {
    return refuse(400, `Cannot add user. '${accountId}' is already a member of '${group.name}'.`)
  }
  const full = withoutSeat(call, group, account)
  if (full !== undefined) return refuse(400, `The number of licensed users of '${full}' is exceeded.`)
  call.cloud.groups.join(group, account)
  return created(groupBean(call, group))
}

function withoutSeat({ cloud }: Call, group: CloudGroup, account: Account): string | undefined {
  if (!isActive(account) || account.kind !== 'atlassian') return undefined
  const product = cloud.products.find(
    (each) =>
      each.groups.includes(group.name) &&
      ![...account.groups].some(({ name }) => each.groups.includes(name)) &&
      remainingSeats(each, cloud.groups) < 1,
  )
  return product?.key
}

export const removeMember: Handler = (call) => {
  const group = writable(call)
  if (isAnswer(group)) return group
  const accountId = call.query.accountId ?? ''
  const account = call.cloud.accounts.find(accountId)
  if (!account) return noAccount(accountId)
  if (!group.members.has(account)) {
    return refuse(400, `Cannot remove user '${accountId}' from group '${group.name}' since user is not a member.`)
  }
  call.cloud.groups.leave(group, account)
  return ok()
}

/** By id or by name, never by both (description of the group operations). */
function named({ query: { groupId, groupname }, cloud }: Call): CloudGroup | Answer {
  if (groupId !== undefined && groupname !== undefined) return refuse(400, 'groupId and groupname exclude each other.')
  if (groupId === undefined && groupname === undefined) return refuse(400, 'The group must be specified.')
  const group = groupId === undefined ? cloud.groups.findByName(groupname ?? '') : cloud.groups.find(groupId)
  return group ?? noGroup(groupId ?? groupname ?? '')
}

/** Groups that are provisioned from outside refuse writes [believed; status, too] (7). */
function writable(call: Call): CloudGroup | Answer {
  const group = named(call)
  if (isAnswer(group) || !group.scim) return group
  return refuse(403, `The group '${group.name}' is managed by an external directory and cannot be changed here.`)
}
