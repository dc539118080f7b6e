import type { PlanContext } from './plan-context.ts'
import type { CandidateAccount, Subject } from './subject.ts'

/** Somebody else of this connection had the account, and left: whoever wants its name now has another identity. */
export function isRecycled(
  { claimedBy, releasedBy }: CandidateAccount,
  { identity }: Pick<Subject, 'identity'>,
  { connection }: PlanContext,
): boolean {
  const owner = claimedBy === undefined ? releasedBy : claimedBy.left ? claimedBy : undefined
  return owner !== undefined && owner.connection === connection.id && owner.identity !== identity.id
}
