import { type Attribute, isAttributeName, subAttributeOf, untyped } from './attribute.ts'
import type { Filter } from './filter/filter.ts'
import { parseValueFilter } from './filter/parse-filter.ts'
import { splitValuePath } from './filter/split-value-path.ts'
import { locateAttribute } from './locate-attribute.ts'
import { invalidPath } from './refusals.ts'
import type { AttributePath, ResolvedPath } from './resolve-path.ts'
import type { ScimObject } from './resource.ts'
import type { ResourceType } from './resource-types.ts'
import { termsOfFilter } from './terms-of-filter.ts'

/** The brackets of a path. */
export interface ValueFilter {
  readonly tree: Filter
  /** What an element made from the filter says; undefined when the filter does not tell. */
  readonly terms: ScimObject | undefined
  /** How many comparisons it may take for one element. */
  readonly comparisons: number
}

/** What an operation writes to. */
export interface WriteTarget extends AttributePath {
  readonly filter: ValueFilter | undefined
}

export type PatchPath = Exclude<ResolvedPath, { kind: 'attribute' }> | ({ readonly kind: 'attribute' } & WriteTarget)

/**
 * Reads the path of an operation: `attrPath / valuePath [subAttr]` (RFC 7644 3.5.2), names in any case, with or without the URN
 * of their schema. Throws `invalidPath`, or `invalidFilter` for what stands in brackets.
 */
export function parsePatchPath(type: ResourceType, path: string): PatchPath {
  const { attribute: name, filter, sub } = splitValuePath(path)
  const located = locateAttribute(type, name)
  if (located === undefined) throw invalidPath(name, `names no attribute of a ${type.name}`)
  if (filter === undefined) return withoutFilter(located)
  if (located.kind !== 'attribute' || located.sub !== undefined || !hasElements(located.attribute)) {
    throw invalidPath(name, 'has one value only, so nothing can be selected in brackets')
  }
  const { attribute, extension } = located
  const tree = parseValueFilter(attribute, filter)
  const terms = termsOfFilter(attribute, filter)
  // No comparison is shorter than `a pr or `.
  const comparisons = Math.ceil(filter.length / 'a pr or '.length)
  return { kind: 'attribute', extension, attribute, sub: subOf(attribute, sub), filter: { tree, terms, comparisons } }
}

export const withoutFilter = (located: ResolvedPath): PatchPath =>
  located.kind === 'attribute' ? { ...located, filter: undefined } : located

const hasElements = ({ type, multiValued }: Attribute): boolean =>
  type === 'untyped' || (type === 'complex' && multiValued)

function subOf(attribute: Attribute, name: string | undefined): Attribute | undefined {
  if (name === undefined) return undefined
  const sub = subAttributeOf(attribute, name) ?? (isAttributeName(name) ? untyped(name) : undefined)
  if (sub === undefined) throw invalidPath(`${attribute.name}.${name}`, 'names no attribute')
  return sub
}
