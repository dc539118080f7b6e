import type { RunView } from '@rollcall/contract/api/runs'

/** Statuses of operations that were sent or should have been, and did not end as planned. */
export const exceptionStatuses = ['failed', 'refused', 'superseded'] as const

/** Order of display. */
export const operationStatuses = [
  'applied',
  'failed',
  'refused',
  'superseded',
  'held',
  'planned',
  'sent',
  'skipped',
  'dropped',
] as const

export const exceptionsOf = (operations: Readonly<Record<string, number>>): number =>
  exceptionStatuses.reduce((total, status) => total + (operations[status] ?? 0), 0)

/** Applied and not as planned, over all targets of a run. */
export function numbersOf({ legs }: RunView): { readonly applied: number; readonly failed: number } {
  // A leg that only planned shows its plan, which another run may have applied since.
  const executed = legs.filter(({ outcome }) => outcome !== 'held' && outcome !== 'planned')
  const sum = (of: (operations: Readonly<Record<string, number>>) => number) =>
    executed.reduce((total, leg) => total + of(leg.operations), 0)
  return { applied: sum((operations) => operations.applied ?? 0), failed: sum(exceptionsOf) }
}
