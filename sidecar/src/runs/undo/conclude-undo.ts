import type { PlanId } from '../../identity/ids.ts'
import { type Cause, judge } from '../../planning/guard.ts'
import { lossesOf } from '../../planning/undo/undo-kinds.ts'
import { waysOf } from '../../planning/ways-of.ts'
import { groupLosses, legSize, toTotals } from '../../state/plans/guard-numbers.ts'
import { hashPlan } from '../../state/plans/hash-plan.ts'
import { readHoldLinks } from '../../state/plans/hold-links.ts'
import { countPlan, totalOf, totalWith } from '../../state/plans/plan-counts.ts'
import { heldBy } from '../planning/hold-operations.ts'
import { inPieces } from '../planning/pieces.ts'
import type { PlannedLeg } from '../planning/planned-leg.ts'
import type { LegSettings } from '../planning/read-leg.ts'
import type { UndoLegInput, UndoLegTools } from './undo-leg-input.ts'

interface StoredUndo {
  readonly plan: PlanId
  readonly settings: LegSettings
  readonly subjects: number
}

/** The guard looks at an undo as at any plan; and whatever it says, somebody applies it by its hash, or nobody. */
export async function concludeUndo(
  { leg, asOf, capabilities, fingerprintChanged }: UndoLegInput,
  { db, planning }: UndoLegTools,
  { plan, settings, subjects }: StoredUndo,
): Promise<PlannedLeg> {
  const planned = await countPlan(db, plan)
  const totals = toTotals(planned)
  const { claimed, granted, missingClaims } = await legSize(db, leg)
  const verdict = judge(
    {
      plan: totals,
      window: { accounts: 0, memberships: 0, creates: 0, activations: 0 },
      announced: { accounts: 0, memberships: 0, missing: 0 },
      violations: { people: 0, names: [] },
      unclaimed: totalOf(planned, ['removeUnclaimed']),
      claimed,
      granted,
      groupLosses: totals.memberships === 0 ? [] : await groupLosses(db, leg, plan),
      firstPlan: false,
      firstRun: false,
      outOfScopeLeavers: 0,
      scopeOrPolicyChanged: false,
      source: undefined,
      clock: { movedMs: 0, dueByTime: 0 },
      target: { missingClaims, fingerprintChanged },
    },
    settings.policy.guard,
  )
  const causes = verdict.kind === 'held' ? verdict.causes : []
  await hold(db, planning, plan, causes)
  const counts = await countPlan(db, plan)
  const held = totalWith(counts, 'held')
  const status = Object.keys(counts).length === 0 ? 'applied' : held > 0 ? 'held' : 'planned'
  const hash = await hashPlan(db, plan)
  await planning.finishPlan({
    plan,
    leg,
    asOf,
    subjects,
    status,
    hash,
    counts,
    verdict: {
      causes,
      margins: verdict.margins,
      whole: false,
      ways: waysOf(Object.keys(counts), capabilities),
      losses: lossesOf(Object.keys(counts), capabilities),
    },
    whole: undefined,
    version: undefined,
  })
  return { plan, status, hash, subjects, counts, held }
}

async function hold(
  db: UndoLegTools['db'],
  planning: UndoLegTools['planning'],
  plan: PlanId,
  causes: readonly Cause[],
): Promise<void> {
  if (causes.length === 0) return
  const held = heldBy(await readHoldLinks(db, plan), causes)
  for (const [by, group] of Map.groupBy(held, ([, code]) => code)) {
    const positions = group.map(([position]) => position)
    await inPieces(positions, (piece) => planning.holdOperations({ plan, positions: piece, heldBy: by }))
  }
}
