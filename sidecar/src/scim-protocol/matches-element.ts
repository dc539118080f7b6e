import type { Attribute } from './attribute.ts'
import { foldAttribute } from './fold-resource.ts'
import { isSimple } from './fold-value.ts'
import { own } from './json-object.ts'
import type { ScimObject, ScimValue } from './resource.ts'

/** Whether the element says all that `wanted` says, compared as the attribute is; value and type decide where there is a value. */
export function matchesElement(attribute: Attribute, element: ScimObject, wanted: ScimObject): boolean {
  const names =
    wanted.value === undefined ? Object.keys(wanted) : ['value', 'type'].filter((name) => Object.hasOwn(wanted, name))
  return names.every((name) => sameSub(attribute, name, own(element, name), own(wanted, name)))
}

function sameSub(attribute: Attribute, name: string, a: ScimValue | undefined, b: ScimValue | undefined): boolean {
  if (a === undefined || b === undefined) return name === 'primary' && (a ?? false) === (b ?? false)
  if (!isSimple(a) || !isSimple(b)) return JSON.stringify(a) === JSON.stringify(b)
  const key = (value: ScimValue) => JSON.stringify(foldAttribute(attribute, { [name]: value }))
  return key(a) === key(b)
}
