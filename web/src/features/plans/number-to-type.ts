import type { PlanView } from '@rollcall/contract/api/plans'
import { destructiveOf, pendingOf } from './plan-numbers.ts'

export interface NumberToType {
  readonly number: number
  readonly destructive: boolean
}

/** What has to be typed before a plan is applied: what it takes away; of a held plan that only gives, all of it. */
export function numberToType(plan: PlanView): NumberToType | undefined {
  const destructive = destructiveOf(plan.counts)
  if (destructive > 0) return { number: destructive, destructive: true }
  return plan.status === 'held' ? { number: pendingOf(plan.counts), destructive: false } : undefined
}

/** "1,234", "1 234" and "1234" are the same number. */
export const sameNumber = (typed: string, number: number): boolean =>
  typed.replaceAll(/[\s.,'’]/g, '') === String(number)
