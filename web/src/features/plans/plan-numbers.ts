import type { PlanView } from '@rollcall/contract/api/plans'
import { lossKinds } from './operation-kinds.ts'

type Counts = PlanView['counts']

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** How many operations there are of some kinds (of all when none is named), in some statuses (in any when none is named). */
export function countOf(counts: Counts, kinds: readonly string[], statuses: readonly string[] = []): number {
  const wanted = Object.entries(counts).filter(([kind]) => kinds.length === 0 || kinds.includes(kind))
  return sum(
    wanted.flatMap(([, byStatus]) =>
      Object.entries(byStatus)
        .filter(([status]) => statuses.length === 0 || statuses.includes(status))
        .map(([, number]) => number),
    ),
  )
}

/** What an approval would still send. */
const pending = ['planned', 'held'] as const

export const pendingOf = (counts: Counts, kinds: readonly string[] = []) => countOf(counts, kinds, pending)
export const destructiveOf = (counts: Counts) => pendingOf(counts, lossKinds)
