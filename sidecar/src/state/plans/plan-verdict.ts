import type { Cause, Margin } from '../../planning/guard.ts'
import type { SeatUse } from '../../planning/seats.ts'
import type { Losses } from '../../planning/undo/undo-kinds.ts'
import type { Ways } from '../../planning/ways-of.ts'

/** What the guard said of a plan, and the numbers that an administrator decides by; the `verdict` column of a plan. */
export interface PlanVerdict {
  /** Empty: nothing is held. */
  readonly causes: readonly Cause[]
  readonly margins: readonly Margin[]
  /** The plan was about all that was due, not about people who were named. */
  readonly whole: boolean
  /** Only of the first plan of a connection on a target. */
  readonly summary?: FirstPlanSummary
  /** Held operations against the content of the same hold before. */
  readonly difference?: { readonly added: number; readonly removed: number }
  /** People at the source, before and now, as the guard saw them. */
  readonly source?: { readonly before: number; readonly now: number }
  /** How its operations reach the product, as the target was able when they were planned. */
  readonly ways?: Ways
  /** What an undo of it would not bring back, in this target. */
  readonly losses?: Losses
  /** What it takes and frees of each licence with a limit; only licences that it changes. */
  readonly seats?: readonly SeatUse[]
}

export interface FirstPlanSummary {
  readonly adopt: number
  readonly create: number
  /** Accounts of the target that nobody claims. */
  readonly leaveAlone: number
  readonly conflict: number
  /** The policy provisions accounts, and the target takes none: why, and the ways out. */
  readonly accountsNotWritable?: string
}

const nothingSaid: PlanVerdict = { causes: [], margins: [], whole: false }

export const toPlanVerdict = (json: string): PlanVerdict => ({ ...nothingSaid, ...JSON.parse(json) })
