import { checkAssertions } from './check-assertions.ts'
import { compareClaimed } from './compare-claimed.ts'
import { compareLeaver } from './compare-leaver.ts'
import { compareMissing } from './compare-missing.ts'
import { compareUnclaimed } from './compare-unclaimed.ts'
import { type Comparison, createDraft, type Draft } from './comparison.ts'
import type { PlanContext } from './plan-context.ts'
import { withoutProtected } from './protect-account.ts'
import type { ClaimState, Subject } from './subject.ts'
import { withoutExcepted } from './without-excepted.ts'

export type { Comparison } from './comparison.ts'

/**
 * Wanted, observed, claim and grants of one person give that person's operations. No other person is needed but those who
 * claim or want the same name, and the same input gives the same result.
 */
export function compareIdentity(subject: Subject, context: PlanContext): Comparison {
  const draft = createDraft()
  const { claim } = subject
  if (claim === undefined) compareUnclaimed(draft, subject, context)
  else if (claim.account.missingAt === undefined) compareOwned(draft, subject, claim, context)
  else compareMissing(draft, subject, claim, context)
  withoutExcepted(draft, subject, context)
  if (draft.operations.length > 0) withoutProtected(draft, subject, context)
  checkAssertions(draft, subject, context)
  return draft
}

function compareOwned(draft: Draft, subject: Subject, claim: ClaimState, context: PlanContext): void {
  if (subject.wanted.state === 'wanted') compareClaimed(draft, subject, claim, context)
  else compareLeaver(draft, subject, claim, context)
}
