import type { Instant } from '../identity/ids.ts'
import type { Evaluated } from './compile-expression.ts'
import { outsideScope } from './outside-scope.ts'
import type { PlanContext } from './plan-context.ts'
import type { IdentityState } from './subject.ts'

/** Whether a person is to have an account, and which rule says that they are not. */
export type Presence =
  | { readonly kind: 'wanted' }
  | { readonly kind: 'deleted'; readonly at: Instant }
  /** Nothing said "deleted", but a complete reading is without the person. */
  | { readonly kind: 'missing'; readonly at: Instant }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'guest' }
  | { readonly kind: 'notChosen' }
  | { readonly kind: 'filtered' }
  | { readonly kind: 'undecided'; readonly evaluated: Exclude<Evaluated<boolean>, { kind: 'value' }> }

/**
 * Deleted before disabled before out of scope: whoever leaves is often disabled and taken out of all groups at once, and
 * must not keep access because the second hides the first.
 */
export function presenceOf(
  identity: IdentityState,
  { policy, scope }: Pick<PlanContext, 'policy' | 'scope'>,
): Presence {
  if (identity.deletedAt !== undefined) return { kind: 'deleted', at: identity.deletedAt }
  if (identity.missingAt !== undefined) return { kind: 'missing', at: identity.missingAt }
  if (!identity.active && policy.users.policy.followEnabled) return { kind: 'disabled' }
  const outside = outsideScope(identity, scope)
  if (outside !== undefined) return { kind: outside }
  const passes = policy.users.filter?.(identity)
  if (passes === undefined) return wanted
  if (passes.kind === 'value') return passes.value ? wanted : { kind: 'filtered' }
  return { kind: 'undecided', evaluated: passes }
}

const wanted: Presence = { kind: 'wanted' }
