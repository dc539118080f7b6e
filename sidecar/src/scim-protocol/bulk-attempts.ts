import type { BulkOperation } from './read-bulk.ts'

/** One thing to do for a bulk request. */
export type BulkAttempt =
  /**
   * Carry the operation out with its references resolved. `without` holds those that cannot be known yet, because both sides are
   * created by this request and refer to each other: leave them out (`withoutBulkIds`).
   */
  | { readonly kind: 'execute'; readonly operation: BulkOperation; readonly without: ReadonlySet<string> }
  /** Everything exists now: PUT the whole data of this POST, its references resolved, to what it created. */
  | { readonly kind: 'complete'; readonly operation: BulkOperation }

/**
 * The order in which references can be resolved: as sent, but what is referred to is created first (RFC 7644 3.7.2, also forward
 * references); in a circle one side is created without the reference and completed at the end.
 */
export function bulkAttempts(operations: readonly BulkOperation[]): readonly BulkAttempt[] {
  const creations = new Map(operations.filter(({ method }) => method === 'POST').map((post) => [post.bulkId, post]))
  const attempts: BulkAttempt[] = []
  const incomplete: BulkOperation[] = []
  const entered = new Set<BulkOperation>()
  const left = new Set<BulkOperation>()

  function enter(operation: BulkOperation): void {
    if (entered.has(operation)) return
    entered.add(operation)
    const needed = [...operation.references].map((bulkId) => creations.get(bulkId))
    for (const creation of needed) if (creation !== undefined) enter(creation)
    // One that has been entered and not left waits for this very operation.
    const circular = [...operation.references].filter((bulkId) => {
      const creation = creations.get(bulkId)
      return creation !== undefined && !left.has(creation)
    })
    left.add(operation)
    attempts.push({ kind: 'execute', operation, without: new Set(circular) })
    if (circular.length > 0) incomplete.push(operation)
  }

  for (const operation of operations) enter(operation)
  return [...attempts, ...incomplete.map((operation) => ({ kind: 'complete', operation }) as const)]
}
