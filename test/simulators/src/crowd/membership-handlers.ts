import { fold } from '../data-center/names.ts'
import { type CrowdAnswer, createdEmpty, done, noGroup, noMembership, noUser, refuse, told } from './answer.ts'
import { groupBean, groupsBean, userBean, usersBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import { withGroup } from './group-handlers.ts'
import type { Depth, Person, Team } from './realm.ts'
import { withUser } from './user-handlers.ts'

/** All groups of a user; with `groupname` that one, or 404 MEMBERSHIP_NOT_FOUND (Crowd REST, calls). */
export const groupsOfUser =
  (depth: Depth): Handler =>
  (call) =>
    withUser(call, (user) => {
      const groups = call.realm.groupsOf(user.name, depth)
      const wanted = call.query.groupname
      if (wanted === undefined) return told('groups', groupsBean(call, call.page(groups)))
      const group = named(groups, wanted)
      return group ? told('group', groupBean(call, group, '')) : noMembership(user.name, wanted)
    })

export const usersOfGroup =
  (depth: Depth): Handler =>
  (call) =>
    withGroup(call, (group) => {
      const users = call.realm.members(group.name, depth)
      const wanted = call.query.username
      if (wanted === undefined) return told('users', usersBean(call, call.page(users)))
      const user = named(users, wanted)
      return user ? told('user', userBean(call, user, '')) : noMembership(wanted, group.name)
    })

/** What the query names is 404 when missing, what the body names is 400 (Crowd REST, calls). */
export const addGroupToUser: Handler = (call) =>
  withUser(call, (user) => {
    const group = call.realm.group(nameIn(call))
    return group ? join(call, group, user) : noGroup(nameIn(call), 400)
  })
export const addUserToGroup: Handler = (call) =>
  withGroup(call, (group) => {
    const user = call.realm.user(nameIn(call))
    return user ? join(call, group, user) : noUser(nameIn(call), 400)
  })

const nameIn = ({ body }: Call): string => String(body.name ?? '')

function join({ realm }: Call, group: Team, user: Person): CrowdAnswer {
  if (named(realm.groupsOf(user.name, 'direct'), group.name)) {
    if (!realm.features.tellsDuplicateMembership) return createdEmpty
    const message = `User <${user.name}> is already a direct member of group <${group.name}>`
    return refuse(409, 'MEMBERSHIP_ALREADY_EXISTS', message)
  }
  return realm.join(group.name, user.name) ?? createdEmpty
}

/** Called for `/user/group/direct` and `/group/user/direct` alike: both names are in the query. */
export const removeMembership: Handler = (call) =>
  withUser(call, (user) =>
    withGroup(call, (group) => {
      if (!named(call.realm.groupsOf(user.name, 'direct'), group.name)) return noMembership(user.name, group.name)
      return call.realm.leave(group.name, user.name) ?? done
    }),
  )

export const named = <T extends { readonly name: string }>(list: readonly T[], name: string): T | undefined =>
  list.find((each) => fold(each.name) === fold(name))
