import type { RunView } from '@rollcall/contract/api/runs'
import { planHref, runHref } from '../../routing/route.ts'

/** It changed something, and has ended: only that can be taken back. */
export const isUndoable = ({ state, mode, legs }: RunView): boolean =>
  state === 'finished' &&
  (mode === 'synchronize' || mode === 'apply') &&
  legs.some(({ operations }) => (operations.applied ?? 0) > 0)

/** Where an undo is reviewed: at its plan, or where it has several, at itself. */
export function reviewHref({ id, legs }: RunView): string {
  const plans = legs.flatMap(({ planId }) => planId ?? [])
  const [plan] = plans
  return plan !== undefined && plans.length === 1 ? planHref(plan) : runHref(id)
}
