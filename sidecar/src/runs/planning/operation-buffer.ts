import type { PlanId } from '../../identity/ids.ts'
import type { PlannedOperation } from '../../planning/operation.ts'
import { type OperationRow, toOperationRow } from '../../state/plans/operation-row.ts'
import { inPieces, pieceSize } from './pieces.ts'

export type OperationBuffer = ReturnType<typeof createOperationBuffer>

/** Collects operations and stores them a thousand at a time. `heldBy`: all of them wait from the start. */
export function createOperationBuffer(
  plan: PlanId,
  heldBy: string | undefined,
  store: (rows: readonly OperationRow[]) => Promise<void>,
) {
  let waiting: OperationRow[] = []
  return {
    async add(operations: readonly PlannedOperation[]): Promise<void> {
      for (const operation of operations) waiting.push(toOperationRow(plan, operation, heldBy))
      if (waiting.length >= pieceSize) await this.flush()
    },
    async flush(): Promise<void> {
      const rows = waiting
      waiting = []
      await inPieces(rows, store)
    },
  }
}
