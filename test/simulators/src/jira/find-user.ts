import type { Answer } from '../data-center/answer.ts'
import type { User } from '../data-center/user.ts'
import { noUserNamed, noUserWithKey, refuse } from './answer.ts'
import type { Call } from './call.ts'

/** The user that `key` (or `userKey`) or `username` of the query names; the key is looked at first. */
export function findUser(call: Call): User | Answer {
  const key = call.query.key ?? call.query.userKey
  if (key !== undefined) return call.jira.people.findByKey(key) ?? noUserWithKey(key)
  const name = call.query.username
  if (name === undefined) return refuse(400, 'Either username or key must be provided.')
  return call.jira.people.find(name) ?? noUserNamed(name)
}
