import { departing } from './absence.ts'
import { about, addFinding, type Draft, refOf } from './comparison.ts'
import type { PlanContext } from './plan-context.ts'
import type { ClaimState, Subject } from './subject.ts'

/** An account that was claimed and is no longer listed: never created a second time, released once its person has left. */
export function compareMissing(draft: Draft, subject: Subject, { account }: ClaimState, context: PlanContext): void {
  const leaver = departing(subject.wanted, context.policy.users.policy)
  if (leaver === undefined || subject.wanted.state === 'disabled') {
    addFinding(
      draft,
      subject.identity,
      'accountMissing',
      `The account ${account.name} of this person is no longer in the product.`,
      'Restore the account in the product; a second one is never created for the same person.',
    )
  } else if (leaver.due > context.asOf) draft.wakeAt = leaver.due
  else draft.operations.push({ kind: 'releaseAccount', ...about(subject, refOf(account), [leaver.reason]) })
}
