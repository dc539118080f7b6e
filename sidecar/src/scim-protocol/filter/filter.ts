import type { FoldedValue } from '../fold-value.ts'
import type { AttributePath } from '../resolve-path.ts'

/** `pr` is a node of its own. */
export type CompareOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'

/**
 * A filter that fits its schema: names resolved, values folded as the attribute is, operators checked against its type
 * (RFC 7644 3.4.2.2). What it means is said once, by `evaluateFilter`; SQL made of it has to agree.
 * - A path never ends at a complex attribute, except in `present`: `emails eq` has become `emails.value eq`.
 * - `eq null` has become `not present`, and `emails[…].value eq` a value path that holds both conditions.
 */
export type Filter =
  | { readonly kind: 'and'; readonly filters: readonly Filter[] }
  | { readonly kind: 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | {
      readonly kind: 'compare'
      readonly path: AttributePath
      readonly operator: CompareOperator
      readonly value: FoldedValue
    }
  /** True where one element matches; the paths within are those of the sub-attributes, without extension and sub. */
  | { readonly kind: 'valuePath'; readonly path: AttributePath; readonly filter: Filter }
  /** What an attribute that the type does not have comes to on a query over several types. */
  | { readonly kind: 'constant'; readonly matches: boolean }

/** Bounds of a filter: over them it is refused before anything is evaluated. */
export const filterLimits = {
  length: 16_384,
  /** Groups and value paths within each other. */
  depth: 32,
  /** Comparisons. */
  terms: 500,
} as const
