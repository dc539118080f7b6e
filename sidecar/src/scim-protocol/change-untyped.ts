import { changeList, type ListTarget } from './change-list.ts'
import type { Deviations } from './deviation.ts'
import type { ScimPatchVerb } from './patch-message.ts'
import { protocolLimits } from './protocol-limits.ts'
import { assigned } from './read-object.ts'
import { readUntyped } from './read-untyped.ts'
import { invalidPath, tooManyValues } from './refusals.ts'
import type { ScimObject, ScimValue } from './resource.ts'
import { isList, isObject, sameValue } from './same-value.ts'

/** An attribute that no schema knows, after an operation: its value shows whether it is a list, an object or simple. */
export function changeUntyped(
  target: ListTarget,
  verb: ScimPatchVerb,
  raw: unknown,
  before: ScimValue | undefined,
  notes: Deviations,
): ScimValue | undefined {
  const { filter, sub } = target
  if (filter !== undefined || (sub !== undefined && isList(before))) {
    const after = changeList(target, verb, raw, elementsOf(target.name, before), notes)
    if (after.length > protocolLimits.values) throw tooManyValues(target.name)
    return after.length === 0 ? undefined : after
  }
  if (sub !== undefined) return changeSub(target, sub.name, verb, raw, before)
  if (verb === 'remove') return removeFrom(target.name, raw, before)
  const given = readUntyped(target.name, raw)
  const after = verb === 'add' ? addTo(before, given) : given
  if (isList(after) && after.length > protocolLimits.values) throw tooManyValues(target.name)
  return after
}

function elementsOf(name: string, before: ScimValue | undefined): readonly ScimObject[] {
  const list = before === undefined ? [] : isList(before) ? before : [before]
  if (!list.every(isObject)) throw invalidPath(name, 'has plain values, so nothing can be selected in brackets')
  return list
}

function changeSub(
  { name }: ListTarget,
  sub: string,
  verb: ScimPatchVerb,
  raw: unknown,
  before: ScimValue | undefined,
): ScimValue | undefined {
  if (before !== undefined && !isObject(before)) throw invalidPath(`${name}.${sub}`, 'is a part of a plain value')
  const after = assigned(before ?? {}, { [sub]: verb === 'remove' ? undefined : readUntyped(`${name}.${sub}`, raw) })
  return Object.keys(after).length === 0 ? undefined : after
}

function removeFrom(name: string, raw: unknown, before: ScimValue | undefined): ScimValue | undefined {
  const given = readUntyped(name, raw)
  if (given === undefined || !isList(before)) return undefined
  const removed = isList(given) ? given : [given]
  const left = before.filter((value) => !removed.some((other) => sameValue(value, other)))
  return left.length === 0 ? undefined : left
}

function addTo(before: ScimValue | undefined, given: ScimValue | undefined): ScimValue | undefined {
  if (isList(before)) return given === undefined ? before : withDistinct(before, isList(given) ? given : [given])
  return isObject(before) && isObject(given) ? assigned(before, given) : given
}

const withDistinct = (before: readonly ScimValue[], given: readonly ScimValue[]): readonly ScimValue[] => [
  ...before,
  ...given.filter((value) => !before.some((other) => sameValue(value, other))),
]
