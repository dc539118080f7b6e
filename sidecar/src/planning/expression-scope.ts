import type { AttributeValue } from '../identity/identity.ts'
import type { IdentityState } from './subject.ts'

/** The only variable of an expression: `user`, with these fields and every attribute of the source. */
export type ExpressionUser = Readonly<Record<string, AttributeValue>>

/** Fields that are no attributes; they win over an attribute of the same name. */
const fields = ['userName', 'email', 'displayName', 'active', 'externalId'] as const

/** What `user.<name>` means; `undefined` where this person does not have it. */
export function fieldOf(identity: IdentityState, name: string): AttributeValue | undefined {
  for (const field of fields) if (name === field) return identity[field]
  return Object.hasOwn(identity.attributes, name) ? identity.attributes[name] : undefined
}

let last: { readonly identity: IdentityState; readonly limit: number; readonly user: ExpressionUser } | undefined

/**
 * One person as an expression sees them, texts and lists cut at `limit`. The last one is remembered: the four or more
 * expressions of a policy look at one person after the other.
 */
export function expressionUser(identity: IdentityState, limit: number): ExpressionUser {
  if (last?.identity !== identity || last.limit !== limit) last = { identity, limit, user: userOf(identity, limit) }
  return last.user
}

function userOf(identity: IdentityState, limit: number): ExpressionUser {
  // Without a prototype, so that an attribute may have any name.
  const user: Record<string, AttributeValue> = Object.create(null)
  for (const name of Object.keys(identity.attributes)) setField(user, name, identity.attributes[name], limit)
  for (const name of fields) setField(user, name, identity[name], limit)
  return user
}

function setField(
  user: Record<string, AttributeValue>,
  name: string,
  value: AttributeValue | undefined,
  limit: number,
): void {
  if (value === undefined) delete user[name]
  else user[name] = cut(value, limit)
}

function cut(value: AttributeValue, limit: number): AttributeValue {
  if (typeof value === 'string') return value.length > limit ? value.slice(0, limit) : value
  if (typeof value !== 'object') return value
  return value.slice(0, limit).map((entry) => (entry.length > limit ? entry.slice(0, limit) : entry))
}
