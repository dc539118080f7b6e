import { type Answer, isAnswer, noContent } from '../data-center/answer.ts'
import { acceptsMemberships } from '../data-center/directory.ts'
import { readOnlyGroup, readOnlyMembership } from './answer.ts'
import type { Call, Handler } from './call.ts'
import { groupOf, userOfPath } from './find.ts'

/** Both are idempotent; an unknown user or group is 404 [believed] (Confluence REST, groups). */
export const addMember: Handler = (call) => changeMembership(call, 'add')
export const removeMember: Handler = (call) => changeMembership(call, 'remove')

function changeMembership(call: Call, verb: 'add' | 'remove'): Answer {
  const user = userOfPath(call)
  if (isAnswer(user)) return user
  const group = groupOf(call)
  if (isAnswer(group)) return group
  if (group.directory && !acceptsMemberships(group.directory)) return readOnlyGroup(group.name, group.directory.name)
  if (!acceptsMemberships(user.directory)) return readOnlyMembership(user.name, verb, group.name)
  if (verb === 'add') call.confluence.groups.join(group, user)
  else call.confluence.groups.leave(group, user)
  return noContent
}
