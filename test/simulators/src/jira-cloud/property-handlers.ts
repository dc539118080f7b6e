import { type Answer, created, noContent, ok } from '../data-center/answer.ts'
import { type Account, isAccount } from './account.ts'
import { noAccount, refuse } from './answer.ts'
import type { Call, Handler } from './call.ts'

/** Entity properties, not those of the admin screen (Jira Cloud REST; limits as in Jira REST, properties). */
const longestKey = 255
const longestValue = 32_768

/** Everyone sees their own, administrators everybody's. */
function owner({ query: { accountId }, cloud, caller }: Call): Account | Answer {
  if (accountId === undefined) return refuse(400, 'The accountId must be given.')
  const account = cloud.accounts.find(accountId)
  if (!account) return noAccount(accountId)
  return account === caller || cloud.isAdmin(caller) ? account : refuse(403, 'You may not access this user record.')
}

const noProperty = (key: string): Answer => refuse(404, `The property with key '${key}' does not exist.`)

export const listProperties: Handler = (call) => {
  const account = owner(call)
  if (!isAccount(account)) return account
  const self = (key: string): string =>
    `${call.base}/rest/api/3/user/properties/${encodeURIComponent(key)}?accountId=${encodeURIComponent(account.accountId)}`
  return ok({ keys: [...account.properties.keys()].map((key) => ({ self: self(key), key })) })
}

export const getProperty: Handler = (call) => {
  const account = owner(call)
  if (!isAccount(account)) return account
  const key = call.parameters.propertyKey ?? ''
  const value = account.properties.get(key)
  return value === undefined ? noProperty(key) : ok({ key, value: JSON.parse(value) })
}

export const setProperty: Handler = (call) => {
  const account = owner(call)
  if (!isAccount(account)) return account
  const key = call.parameters.propertyKey ?? ''
  if (key.length > longestKey) return refuse(400, `The property key must not exceed ${longestKey} characters.`)
  if (call.text.length > longestValue) return refuse(400, `The value must not exceed ${longestValue} characters.`)
  const fresh = !account.properties.has(key)
  account.properties.set(key, call.text)
  return fresh ? created(undefined) : ok()
}

export const deleteProperty: Handler = (call) => {
  const account = owner(call)
  if (!isAccount(account)) return account
  const key = call.parameters.propertyKey ?? ''
  return account.properties.delete(key) ? noContent : noProperty(key)
}
