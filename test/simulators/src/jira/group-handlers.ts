import { created, ok } from '../data-center/answer.ts'
import { acceptsMemberships } from '../data-center/directory.ts'
import { isMember } from '../data-center/groups.ts'
import { fold, longestName } from '../data-center/names.ts'
import type { Group } from '../data-center/user.ts'
import { noGroupNamed, refuse } from './answer.ts'
import type { Call, Handler } from './call.ts'
import type { Jira } from './jira.ts'
import { groupJson, userJson } from './user-bean.ts'

/** Old clients page members with `expand=users[51:100]` and read `size`, `end-index` (Jira REST, groups). */
export const getGroup: Handler = (call) => {
  const group = call.jira.groups.find(call.query.groupname ?? '')
  return group ? ok(groupBean(call, group)) : noGroupNamed(call.query.groupname ?? '')
}

function groupBean({ jira, base, query }: Call, group: Group) {
  const members = jira.groups.members(group)
  const window = /(?:^|,)users(?:\[(\d+):(\d+)\])?/.exec(query.expand ?? '')
  const start = Number(window?.[1] ?? 0)
  const end = Math.min(Number(window?.[2] ?? start + 49), start + 49, members.length - 1)
  return {
    ...groupJson(base, group),
    users: {
      size: members.length,
      items: window ? members.slice(start, end + 1).map((user) => userJson(base, user)) : [],
      'max-results': 50,
      'start-index': window ? start : 0,
      'end-index': window ? Math.max(end, 0) : 0,
    },
    expand: 'users',
  }
}

export const createGroup: Handler = (call) => {
  const name = call.body.name
  if (typeof name !== 'string' || name.trim() === '') return refuse(400, 'The group name must not be empty.')
  if (name.length > longestName)
    return refuse(400, `The group name must not exceed ${longestName} characters in length.`)
  if (call.jira.groups.find(name)) return refuse(400, 'A group or user with this name already exists.')
  if (!call.jira.directories.some(acceptsMemberships)) {
    return refuse(400, 'Cannot add group, all the user directories are read-only.')
  }
  return created(groupBean(call, call.jira.groups.add(name)))
}

/** A group in use by comments or worklogs goes only with `swapGroup` [believed] (Jira REST, groups). */
export const deleteGroup: Handler = ({ jira, query }) => {
  const group = jira.groups.find(query.groupname ?? '')
  if (!group) return noGroupNamed(query.groupname ?? '')
  const swap = query.swapGroup === undefined ? undefined : jira.groups.find(query.swapGroup)
  if (query.swapGroup !== undefined && !swap) return noGroupNamed(query.swapGroup)
  if (group.usedInRestrictions && !swap) {
    return refuse(
      400,
      `Cannot delete group '${group.name}': comments or worklogs are restricted to it. Name a swapGroup.`,
    )
  }
  if (leavesNoAdmin(jira, group)) return refuse(400, 'Cannot delete the last administration group.')
  if (swap) swap.usedInRestrictions ||= group.usedInRestrictions
  jira.groups.remove(group)
  return ok()
}

function leavesNoAdmin(jira: Jira, group: Group): boolean {
  const names = [...jira.settings.adminGroups, ...jira.settings.systemAdminGroups]
  if (!names.some((name) => fold(name) === fold(group.name))) return false
  return !names.some((name) => fold(name) !== fold(group.name) && jira.groups.find(name))
}

/** Substring search; 20 groups unless asked for more, and no way to the next page (3.3, 11.4). */
export const pickGroups: Handler = ({ jira, query, repeated }) => {
  const wanted = fold(query.query ?? '')
  const excluded = new Set(repeated('exclude').map(fold))
  const user = query.userName === undefined ? undefined : jira.people.find(query.userName)
  const matching = jira.groups
    .sorted()
    .filter((group) => fold(group.name).includes(wanted) && !excluded.has(fold(group.name)))
    .filter((group) => user === undefined || isMember(group, user))
  const shown = matching.slice(0, Math.max(Number(query.maxResults ?? 20), 0))
  return ok({
    header: `Showing ${shown.length} of ${matching.length} matching groups`,
    total: matching.length,
    groups: shown.map((group) => ({ name: group.name, html: marked(group.name, wanted), labels: labels(jira, group) })),
  })
}

function marked(name: string, wanted: string): string {
  const at = wanted === '' ? -1 : fold(name).indexOf(wanted)
  if (at < 0) return escaped(name)
  const end = at + wanted.length
  return `${escaped(name.slice(0, at))}<b>${escaped(name.slice(at, end))}</b>${escaped(name.slice(end))}`
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

const labels = (jira: Jira, group: Group) =>
  jira.settings.adminGroups.some((name) => fold(name) === fold(group.name))
    ? [{ text: 'Admin', title: 'Users in this group have administration rights', type: 'ADMIN' }]
    : []
