import { openStaging } from '../staging/open-staging.ts'
import { applyAccounts } from './apply-accounts.ts'
import { applyObservedNesting } from './apply-observed-nesting.ts'
import { applyObservedMembers, applyTargetGroups } from './apply-target-groups.ts'
import type { Observing } from './observing.ts'
import { stageObservation } from './stage-observation.ts'

/** What one full observation came to. */
export interface ObservationSummary {
  readonly accounts: {
    readonly added: number
    readonly changed: number
    readonly missing: number
    readonly unlisted: number
  }
  readonly groups: { readonly added: number; readonly changed: number; readonly missing: number }
  readonly memberships: { readonly added: number; readonly removed: number }
  readonly durationMs: number
}

/**
 * Lists a whole target and stores what is not as it was, with the marks of whom it concerns. The listing is staged first:
 * if it fails, nothing is stored. Run it while nothing is executed on the target: what is written there meanwhile may have
 * been listed before or after.
 */
export async function observeTarget(observing: Observing): Promise<ObservationSummary> {
  const started = performance.now()
  const { target, opened, at, write, signal, progress } = observing
  const staging = openStaging()
  try {
    const staged = await stageObservation(opened.observe(signal), staging, signal, progress)
    const { ids, counts: accounts } = await applyAccounts(observing, staged)
    const { groups, ...groupCounts } = await applyTargetGroups(observing, staged)
    const memberships = await applyObservedMembers(observing, staged, groups, ids)
    await applyObservedNesting(observing, staged, groups)
    await write.completeObservation(target, at)
    return { accounts, groups: groupCounts, memberships, durationMs: Math.round(performance.now() - started) }
  } finally {
    staging.close()
  }
}
