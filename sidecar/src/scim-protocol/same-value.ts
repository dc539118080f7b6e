import type { ScimObject, ScimValue } from './resource.ts'

/** Equality of stored values: the order of keys says nothing, the order of elements does. */
export function sameValue(a: ScimValue | undefined, b: ScimValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object') return false
  if (isList(a) || isList(b)) return isList(a) && isList(b) && sameList(a, b)
  return sameObject(a, b)
}

export const isList = (value: ScimValue | undefined): value is readonly ScimValue[] => Array.isArray(value)

export const isObject = (value: ScimValue | undefined): value is ScimObject =>
  typeof value === 'object' && !isList(value)

const sameList = (a: readonly ScimValue[], b: readonly ScimValue[]): boolean =>
  a.length === b.length && a.every((value, index) => sameValue(value, b[index]))

function sameObject(a: ScimObject, b: ScimObject): boolean {
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
  )
}
