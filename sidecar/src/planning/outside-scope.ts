import type { ResolvedScope } from './plan-context.ts'
import type { IdentityState } from './subject.ts'

/** What keeps a person out of the provisioning scope, as far as groups, applications and guests decide. */
export function outsideScope(identity: IdentityState, scope: ResolvedScope): 'guest' | 'notChosen' | undefined {
  if (scope.guests === 'exclude' && isGuest(identity)) return 'guest'
  if (scope.kind === 'everybody') return undefined
  const chosen = scope.people.has(identity.externalId) || identity.directGroups.some((group) => scope.groups.has(group))
  return chosen ? undefined : 'notChosen'
}

/** Graph `userType`: `Guest` for invited people; directories without it have no guests. */
function isGuest({ attributes }: IdentityState): boolean {
  const { userType } = attributes
  return typeof userType === 'string' && userType.toLowerCase() === 'guest'
}
