import type { Finding } from './finding.ts'
import type { PlanContext } from './plan-context.ts'
import type { IdentityState, WantedAccount } from './subject.ts'

export interface Projection {
  /** `undefined`: nothing can be said about this person yet and nothing was said before; store and compare nothing. */
  readonly wanted: WantedAccount | undefined
  readonly findings: readonly Finding[]
}

/** What the policy makes of one identity; an expression that fails keeps the former projection, never removes. */
export function projectIdentity(
  _identity: IdentityState,
  _previous: WantedAccount | undefined,
  _context: PlanContext,
): Projection {
  throw new Error('being written')
}
