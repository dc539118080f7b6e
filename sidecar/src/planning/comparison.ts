import type { Instant, NameKey } from '../identity/ids.ts'
import type { Finding, FindingCode } from './finding.ts'
import { identityFinding } from './identity-finding.ts'
import type { AccountRef, Operation } from './operation.ts'
import type { AccountState, IdentityState, Subject } from './subject.ts'

export interface Comparison {
  /** In the order in which this person's operations have to happen. */
  readonly operations: readonly Operation[]
  readonly findings: readonly Finding[]
  /** Keys of groups to create or bind first, or that are blocked: for `planNeededGroups`. */
  readonly neededGroups: readonly NameKey[]
  /** When to look again though nothing changed: a grace period ends. */
  readonly wakeAt: Instant | undefined
  /** The account has every default group for new users that can be had: none of them is given a second time. */
  readonly initialGroupsGiven: boolean
  /** Why this person gets no active account, where no finding and no operation says it. */
  readonly unplanned: Unplanned | undefined
}

/**
 * `inactive`: nobody is given an account while disabled. `creationOff`: the policy creates none and there is none to adopt.
 * `staysInactive`: the account was deactivated by somebody else and the policy leaves that as it is. `leftAlone`: the policy
 * provisions groups only, and accounts stay as the product has them.
 */
export type Unplanned = 'absent' | 'inactive' | 'creationOff' | 'staysInactive' | 'leftAlone'

/** A comparison while it is being made: each rule adds what it finds. */
export interface Draft {
  readonly operations: Operation[]
  readonly findings: Finding[]
  readonly neededGroups: NameKey[]
  wakeAt: Instant | undefined
  initialGroupsGiven: boolean
  unplanned: Unplanned | undefined
}

export const createDraft = (): Draft => ({
  operations: [],
  findings: [],
  neededGroups: [],
  wakeAt: undefined,
  initialGroupsGiven: false,
  unplanned: undefined,
})

/** What every operation about this person's account carries. */
export const about = <R extends Operation['reasons']>(
  { identity }: Pick<Subject, 'identity'>,
  account: AccountRef,
  reasons: R,
) => ({
  identity: identity.id,
  account,
  reasons,
})

export const refOf = ({ id, name }: AccountState): AccountRef => ({ id, name })

export function addFinding(
  draft: Draft,
  identity: IdentityState,
  code: FindingCode,
  message: string,
  remedy: string,
  contended?: readonly string[],
): void {
  draft.findings.push(identityFinding(identity, code, message, remedy, contended))
}

/** The target cannot do it: the finding stands in the operation's place. */
export const addUnsupported = (draft: Draft, identity: IdentityState, what: string, reason: string): void =>
  addFinding(draft, identity, 'unsupported', `This target cannot ${what}.`, reason)
