import type { OperationStatus } from '@rollcall/contract/api/plans'
import type { OperationFilter } from './api/operations.ts'
import { kindsOfSide, type Side } from './operation-kinds.ts'

/** What somebody has chosen to see. */
export interface OperationChoice {
  readonly side: Side
  readonly kinds: readonly string[]
  readonly statuses: readonly OperationStatus[]
  readonly search: string
}

export const allOperations: OperationChoice = { side: 'all', kinds: [], statuses: [], search: '' }

/** A choice as the API takes it: a side is the kinds it consists of, unless some of them were chosen. */
export const filterOf = ({ side, kinds, statuses }: OperationChoice, search: string): OperationFilter => ({
  kinds: kinds.length > 0 ? kinds : kindsOfSide[side],
  statuses,
  search,
})
