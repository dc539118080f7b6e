import type { Answer } from '../data-center/answer.ts'
import type { Group, User } from '../data-center/user.ts'
import { noGroupNamed, noUserNamed, refuse } from './answer.ts'
import type { Call } from './call.ts'

/** The user that `key` or `username` of the query names. */
export function userOfQuery({ confluence, query: { key, username } }: Call): User | Answer {
  if (key !== undefined) return confluence.people.findByKey(key) ?? refuse(404, `No user found with key: ${key}`)
  if (username === undefined) return refuse(400, 'Either key or username must be provided.')
  return confluence.people.find(username) ?? noUserNamed(username)
}

/** The user that the path names. */
export const userOfPath = ({ confluence, parameters: { username = '' } }: Call): User | Answer =>
  confluence.people.find(username) ?? noUserNamed(username)

/** The group that the path or the query names; a missing one is 404 [believed] (Confluence REST, groups). */
export function groupOf({ confluence, parameters, query }: Call): Group | Answer {
  const name = parameters.groupName ?? query.groupName
  if (name === undefined || name === '') return refuse(400, 'groupName must be provided.')
  return confluence.groups.find(name) ?? noGroupNamed(name)
}
