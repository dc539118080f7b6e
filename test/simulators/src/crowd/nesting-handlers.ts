import { type CrowdAnswer, createdEmpty, done, noGroup, noMembership, refuse, told } from './answer.ts'
import { groupBean, groupsBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import { withGroup } from './group-handlers.ts'
import { named } from './membership-handlers.ts'
import type { Depth, Team } from './realm.ts'

/** Child groups and parent groups; with a second name that one, or 404 (Crowd REST, calls; that form is believed). */
export const relatedGroups =
  (kind: 'children' | 'parents', depth: Depth): Handler =>
  (call) =>
    withGroup(call, (group) => {
      const groups = call.realm[kind](group.name, depth)
      const wanted = call.query[otherName(kind)]
      if (wanted === undefined) return told('groups', groupsBean(call, call.page(groups)))
      const found = named(groups, wanted)
      return found ? told('group', groupBean(call, found, '')) : noMembership(wanted, group.name)
    })

const otherName = (kind: 'children' | 'parents') => (kind === 'children' ? 'child-groupname' : 'parent-groupname')

/** The group of the body below the one of the query, or above it. */
export const addRelated =
  (kind: 'children' | 'parents'): Handler =>
  (call) =>
    withGroup(call, (group) => {
      const name = String(call.body.name ?? '')
      const other = call.realm.group(name)
      if (!other) return noGroup(name, 400)
      return kind === 'children' ? nest(call, group, other) : nest(call, other, group)
    })

function nest({ realm }: Call, parent: Team, child: Team): CrowdAnswer {
  if (named(realm.children(parent.name, 'direct'), child.name)) {
    if (!realm.features.tellsDuplicateMembership) return createdEmpty
    const message = `Group <${child.name}> is already a direct child of group <${parent.name}>`
    return refuse(409, 'MEMBERSHIP_ALREADY_EXISTS', message)
  }
  return realm.nest(parent.name, child.name) ?? createdEmpty
}

export const removeRelated =
  (kind: 'children' | 'parents'): Handler =>
  (call) =>
    withGroup(call, (group) => {
      const name = call.query[otherName(kind)] ?? ''
      const other = call.realm.group(name)
      if (!other) return noGroup(name)
      const [parent, child] = kind === 'children' ? [group, other] : [other, group]
      if (!named(call.realm.children(parent.name, 'direct'), child.name)) return noMembership(child.name, parent.name)
      return call.realm.unnest(parent.name, child.name) ?? done
    })
