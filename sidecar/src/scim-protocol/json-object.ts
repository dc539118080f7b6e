export type JsonObject = { readonly [name: string]: unknown }

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const inert = new Set(['__proto__', 'constructor', 'prototype'])

/** Keys that reach into JavaScript itself: whoever sends them, they mean nothing here. */
export const isInert = (name: string): boolean => inert.has(name)

/** The member whose name equals `name` (given in lower case) without regard to case (RFC 7643 2.1). */
export function memberOf(object: JsonObject, name: string): unknown {
  for (const key of Object.keys(object)) if (key.toLowerCase() === name) return object[key]
  return undefined
}

/** The key of the object that equals `name` without regard to case, else `name` itself. */
export function keyIn(object: JsonObject, name: string): string {
  if (Object.hasOwn(object, name)) return name
  const folded = name.toLowerCase()
  return Object.keys(object).find((key) => key.toLowerCase() === folded) ?? name
}

/** The object's own member: names of clients may equal what every JavaScript object inherits. */
export const own = <T>(object: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined
