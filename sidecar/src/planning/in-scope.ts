import type { ResolvedScope } from './plan-context.ts'
import type { IdentityState } from './subject.ts'

/** True when the person is in the provisioning scope, as far as groups, applications and guests decide. */
export function inScope(identity: IdentityState, scope: ResolvedScope): boolean {
  if (scope.guests === 'exclude' && isGuest(identity)) return false
  if (scope.kind === 'everybody') return true
  return scope.people.has(identity.externalId) || identity.directGroups.some((group) => scope.groups.has(group))
}

/** Graph `userType`: `Guest` for invited people; directories without it have no guests. */
function isGuest({ attributes }: IdentityState): boolean {
  const { userType } = attributes
  return typeof userType === 'string' && userType.toLowerCase() === 'guest'
}
