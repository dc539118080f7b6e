import type { AccountId, AccountKey, NameKey, TargetGroupId } from '../identity/ids.ts'
import type { Capability } from './capabilities.ts'
import { isHidden } from './compare-claimed.ts'
import { exceptionAgainst } from './exceptions.ts'
import type { UnclaimedMembers } from './find-unclaimed-members.ts'
import type { Operation, PlannedOperation } from './operation.ts'
import type { PlanContext } from './plan-context.ts'
import { phaseOf, positionOf } from './position.ts'

/** One membership of an account that no connection claims, in a group that nobody but the provider may fill. */
export interface UnclaimedMembership {
  readonly group: TargetGroupId
  readonly account: AccountId
  readonly key: AccountKey
  readonly name: string
  readonly nameKey: NameKey
  /** Somebody is wanted under this name, or without an account with this address: whose it is has to be settled first. */
  readonly isContended: boolean
}

/** Where the policy lets people whom nobody manages go from groups that are the provider's: whether the target can. */
export function removalOfUnclaimed({
  policy,
  capabilities,
}: Pick<PlanContext, 'policy' | 'capabilities'>): Capability | undefined {
  const { policy: rules } = policy.groups
  return rules.mode !== 'off' && rules.removeUnclaimedMembers ? capabilities.abilities.removeMember : undefined
}

/** Collects what becomes of them, a piece at a time: a removal, or one more who stays and is spoken of. */
export function createUnclaimedRemovals(context: PlanContext) {
  const ordinals = new Map<AccountId, number>()
  const spared = new Map<TargetGroupId, UnclaimedMembers>()

  function spare({ group, name }: UnclaimedMembership): void {
    const { members, names } = spared.get(group) ?? { members: 0, names: [] }
    spared.set(group, { group, members: members + 1, names: names.length < 3 ? [...names, name] : names })
  }

  return {
    take(memberships: readonly UnclaimedMembership[]): readonly PlannedOperation[] {
      return memberships.flatMap((membership): readonly PlannedOperation[] => {
        const operation = removalOf(membership, context)
        if (mustStay(membership, operation, context)) {
          spare(membership)
          return []
        }
        const ordinal = ordinals.get(membership.account) ?? 0
        ordinals.set(membership.account, ordinal + 1)
        const position = positionOf(phaseOf(operation), ordinal, membership.account)
        return [{ position, operation, revision: undefined, after: [] }]
      })
    },
    spared: (): readonly UnclaimedMembers[] => [...spared.values()],
  }
}

function removalOf({ group, account, name }: UnclaimedMembership, { policy, groups }: PlanContext): Operation {
  const rule = policy.groups.policy.mode === 'manual' ? 'keepExistingMembers' : 'keepUserGroups'
  return {
    kind: 'removeUnclaimed',
    sourceGroup: undefined,
    account: { id: account, name },
    group: { id: group, name: groups.nameOf(group) },
    reasons: [{ kind: 'unclaimedMember' }, { kind: 'notKept', rule }],
  }
}

const mustStay = (
  { key, name, nameKey, isContended }: UnclaimedMembership,
  removal: Operation,
  { ownAccount, protectedAccounts, exceptions, capabilities }: PlanContext,
): boolean =>
  isContended ||
  // Whose address nobody sees may be anybody, also somebody who is wanted.
  (capabilities.names.userNameIs === 'email' && isHidden({ key, name })) ||
  key === ownAccount ||
  protectedAccounts.has(nameKey) ||
  exceptionAgainst(removal, exceptions) !== undefined
