import { type Deviation, describeDeviation } from '../scim-protocol/deviation.ts'
import { isJsonObject } from '../scim-protocol/json-object.ts'
import type { PatchMessage } from '../scim-protocol/patch-message.ts'
import type { ScimAttributes } from '../scim-protocol/resource.ts'

/** What the provisioning log tells of a request: names of attributes, the name of the subject, how it left the RFC. */

const mostNames = 30

export const attributesOf = (attributes: ScimAttributes): readonly string[] =>
  Object.keys(attributes).slice(0, mostNames)

/** Paths end where their filter begins: it may hold a person's data. */
export function attributesPatched({ operations }: PatchMessage): readonly string[] {
  const names = new Set<string>()
  for (const { path, value } of operations) {
    if (path !== undefined) names.add(withoutFilter(path))
    else if (isJsonObject(value)) for (const key of Object.keys(value)) names.add(withoutFilter(key))
    if (names.size >= mostNames) break
  }
  return [...names].slice(0, mostNames)
}

const withoutFilter = (path: string): string => path.slice(0, 120).split('[', 1)[0] ?? ''

export function nameIn({ userName, displayName }: ScimAttributes): string | undefined {
  const name = typeof userName === 'string' ? userName : displayName
  return typeof name === 'string' ? name.slice(0, 255) : undefined
}

export const describeDeviations = (deviations: readonly Deviation[]): string | undefined =>
  deviations.length === 0 ? undefined : deviations.map(describeDeviation).join('; ')
