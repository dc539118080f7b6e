/** Bounds of the expressions that administrators write, so that none can hang a run. */
export const expressionLimits = {
  nodes: 2_000,
  depth: 24,
  /** Macros (`exists`, `map`, …) within macros. */
  macroNesting: 2,
  /** Characters of a text and entries of a list that an expression gets to see. */
  cut: 1_000,
  /** The same for an expression whose macros are nested, or search by pattern: their costs multiply. */
  cutWhereCostsMultiply: 200,
} as const
