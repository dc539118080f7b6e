import type { ContestantName, StockSize } from './contestant.ts'
import type { OperationName } from './operations.ts'

/** What one round measured: requests in a second, or seconds of the whole. */
export interface Sample {
  readonly contestant: ContestantName
  readonly operation: OperationName
  readonly value: number
  /** Milliseconds that the server computed for one request, where it can be asked. */
  readonly computedMs: number | undefined
}

export interface ScimResults {
  readonly samples: readonly (readonly Sample[])[]
  readonly memory: { readonly nowMB: number; readonly peakMB: number }
  readonly peersMissing: string | undefined
  readonly size: StockSize
}
