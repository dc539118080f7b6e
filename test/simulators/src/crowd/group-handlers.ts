import { createdEmpty, done, noGroup, refuse, told } from './answer.ts'
import { groupBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import type { Team, TeamProfile } from './realm.ts'
import { groupFault, renames } from './user-rules.ts'

export const getGroup: Handler = (call) =>
  withGroup(call, (group) => told('group', groupBean(call, group, call.query.expand ?? '')))

/** A name in use is 400; the 201 carries no body, so it has to be fetched again (Crowd REST, calls). */
export const createGroup: Handler = (call) => {
  const profile = profileOf(call.body)
  const fault = groupFault(profile, call.body.type)
  if (fault) return fault
  if (call.realm.group(profile.name)) return refuse(400, 'INVALID_GROUP', `Group already exists: <${profile.name}>`)
  return call.realm.addGroup(profile) ?? createdEmpty
}

/** A full replace; a group cannot be renamed (Crowd REST, calls). */
export const updateGroup: Handler = (call) =>
  withGroup(call, (group) => {
    const profile = profileOf(call.body)
    if (renames(call.query.groupname ?? '', profile.name)) {
      return refuse(400, 'ILLEGAL_ARGUMENT', 'The group name in the body is not that of the query')
    }
    const refusal = groupFault(profile, call.body.type) ?? call.realm.updateGroup(group.name, profile)
    return refusal ?? told('group', groupBean(call, { ...group, ...profile, name: group.name }, ''))
  })

export const deleteGroup: Handler = (call) => withGroup(call, (group) => call.realm.removeGroup(group.name) ?? done)

const profileOf = ({ name, description, active }: Readonly<Record<string, unknown>>): TeamProfile => ({
  name: typeof name === 'string' ? name : '',
  description: typeof description === 'string' ? description : undefined,
  active: active === true,
})

/** 404 for what the query names (Crowd REST, calls). */
export function withGroup(call: Call, answer: (group: Team) => ReturnType<Handler>): ReturnType<Handler> {
  const name = call.query.groupname ?? ''
  const group = call.realm.group(name)
  return group ? answer(group) : noGroup(name)
}
