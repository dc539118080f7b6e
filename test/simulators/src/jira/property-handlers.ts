import { type Answer, created, isAnswer, noContent, ok } from '../data-center/answer.ts'
import type { User } from '../data-center/user.ts'
import { refuse } from './answer.ts'
import type { Call, Handler } from './call.ts'
import { findUser } from './find-user.ts'

/** Entity properties of users: any JSON value, not shown in the UI (Jira REST, properties). */
const longestKeyBytes = 255
const longestValue = 32_768

/** Everyone sees their own, administrators everybody's. */
function owner(call: Call): User | Answer {
  const user = findUser(call)
  if (isAnswer(user)) return user
  const allowed = user === call.caller || call.jira.isAdmin(call.caller)
  return allowed ? user : refuse(403, 'You do not have permission to administer the user.')
}

const noProperty = (key: string): Answer => refuse(404, `The property with key '${key}' does not exist.`)

export const listProperties: Handler = (call) => {
  const user = owner(call)
  if (isAnswer(user)) return user
  const keys = [...(user.properties?.keys() ?? [])].map((key) => ({ self: selfOf(call, user, key), key }))
  return ok({ keys })
}

const selfOf = ({ base }: Call, user: User, key: string): string =>
  `${base}/rest/api/2/user/properties/${encodeURIComponent(key)}?userKey=${encodeURIComponent(user.key)}`

export const getProperty: Handler = (call) => {
  const user = owner(call)
  if (isAnswer(user)) return user
  const key = call.parameters.propertyKey ?? ''
  const value = user.properties?.get(key)
  return value === undefined ? noProperty(key) : ok({ key, value: JSON.parse(value) })
}

export const setProperty: Handler = (call) => {
  const user = owner(call)
  if (isAnswer(user)) return user
  const key = call.parameters.propertyKey ?? ''
  if (Buffer.byteLength(key) > longestKeyBytes)
    return refuse(400, `The property key must not exceed ${longestKeyBytes} bytes.`)
  if (call.text.length > longestValue)
    return refuse(400, `The property value must not exceed ${longestValue} characters.`)
  const fresh = user.properties?.has(key) !== true
  user.properties ??= new Map()
  user.properties.set(key, call.text)
  return fresh ? created(undefined) : ok()
}

export const deleteProperty: Handler = (call) => {
  const user = owner(call)
  if (isAnswer(user)) return user
  const key = call.parameters.propertyKey ?? ''
  return user.properties?.delete(key) ? noContent : noProperty(key)
}
