import type { Attributes } from '../identity/identity.ts'
import type { SourceGroupId } from '../identity/ids.ts'

/**
 * A short hash (two lanes of 32 bits) of what one person's operations depend on from the desired side. Not cryptographic:
 * it is compared only with former hashes of the same person. The order of groups and attributes does not matter.
 */
export function revisionOf(
  fields: readonly (string | undefined)[],
  attributes: Attributes,
  groups: readonly SourceGroupId[],
): string {
  let high = 0x9e3779b9
  let low = 0x85ebca6b

  function mix(code: number): void {
    high = Math.imul(high ^ code, 0x9e3779b1)
    low = Math.imul(low ^ code, 0x5f356495)
    low ^= low >>> 15
  }
  function mixText(text: string | undefined): void {
    mix(text === undefined ? -1 : text.length)
    if (text !== undefined) for (let at = 0; at < text.length; at++) mix(text.charCodeAt(at))
  }

  for (const field of fields) mixText(field)
  for (const name of Object.keys(attributes).sort()) {
    mixText(name)
    mixText(JSON.stringify(attributes[name]))
  }
  const [groupsHigh, groupsLow] = sumOf(groups)
  mix(groupsHigh)
  mix(groupsLow)
  return text32(high ^ (high >>> 16)) + text32(low)
}

/** Adding what is mixed makes the order of groups irrelevant without sorting. */
function sumOf(groups: readonly SourceGroupId[]): readonly [number, number] {
  let high = groups.length
  let low = 0
  for (const group of groups) {
    const mixed = Math.imul(group ^ (group >>> 15), 0x2c1b3c6d)
    high = (high + Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)) | 0
    low = (low + Math.imul(mixed ^ (mixed >>> 9), 0x7feb352d)) | 0
  }
  return [high, low]
}

const text32 = (value: number) => (value >>> 0).toString(36).padStart(7, '0')
