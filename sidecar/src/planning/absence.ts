import type { UserPolicy } from '@rollcall/contract/policy'
import { assertNever } from '../identity/assert-never.ts'
import type { Instant } from '../identity/ids.ts'
import type { Reason } from './operation.ts'
import type { WantedAccount } from './subject.ts'

const dayMs = 86_400_000

/** What the policy does about one absent person, and from when. */
export interface Departing {
  readonly action: 'keep' | 'deactivate' | 'delete'
  readonly due: Instant
  readonly removeFromGroups: boolean
  readonly reason: Reason
}

/** `undefined` while the person is wanted. Times are UTC, a day is 24 h: no time zone can end a grace period twice. */
export function departing(
  { state, since }: Pick<WantedAccount, 'state' | 'since'>,
  policy: UserPolicy,
): Departing | undefined {
  switch (state) {
    case 'wanted':
      return undefined
    case 'disabled':
      return { action: 'deactivate', due: since, removeFromGroups: false, reason: { kind: 'disabledAtProvider' } }
    case 'deleted':
      return { ...leaving(policy.deleted, since), reason: { kind: 'deletedAtProvider', since } }
    case 'outOfScope':
      return { ...leaving(policy.outOfScope, since), reason: { kind: 'outOfScope', since } }
    default:
      return assertNever(state)
  }
}

const leaving = ({ action, graceDays, removeFromGroups }: UserPolicy['deleted'], since: Instant) => ({
  action,
  due: since + graceDays * dayMs,
  removeFromGroups: removeFromGroups && action !== 'keep',
})

/** The person left and grace is over: what they claim may be had by another connection (`Claimant.left`). */
export const hasLeft = (wanted: Pick<WantedAccount, 'state' | 'since'>, policy: UserPolicy, asOf: Instant): boolean =>
  (wanted.state === 'deleted' || wanted.state === 'outOfScope') && (departing(wanted, policy)?.due ?? Infinity) <= asOf
