import type { GuardPolicy } from '@rollcall/contract/policy'
import { destructiveKinds, type OperationKind } from './operation.ts'

export type CauseCode =
  | 'accounts'
  | 'memberships'
  | 'groupMembers'
  | 'groupEmptied'
  | 'creates'
  | 'activations'
  | 'outOfScope'
  | 'sourceShrinkage'
  | 'firstPlan'
  | 'clockJump'
  | 'targetChanged'
  /** People whom no connection manages would lose a group. */
  | 'unclaimedMembers'
  /** What has to hold of every outcome does not. */
  | 'assertion'
  /** Undone before, and not done again by itself. */
  | 'veto'

export interface Cause {
  readonly code: CauseCode
  /** One sentence for people. */
  readonly what: string
  readonly count: number
  readonly limit: number
  /** What the limit is a share of; 0 where it is of nothing. */
  readonly of: number
  /** Kinds of operation that wait; `everything`: the whole plan. With `group` only those about that group. */
  readonly holds: readonly OperationKind[] | 'everything'
  readonly group?: string
}

export interface Margin {
  readonly name: 'accounts' | 'memberships' | 'groupMembers' | 'creates' | 'activations' | 'sourceShrinkage'
  readonly count: number
  readonly limit: number
  /** Leavers who were announced and are not counted; absent: none. */
  readonly announced?: number
  /** Of `groupMembers`: the group that comes nearest to its limit. */
  readonly group?: string
}

export type Verdict =
  | { readonly kind: 'clear'; readonly margins: readonly Margin[] }
  | { readonly kind: 'held'; readonly causes: readonly Cause[]; readonly margins: readonly Margin[] }

/** Operations by what the limits count. */
export interface Totals {
  /** Deactivations (or what stands in for them), deletions and releases of accounts. */
  readonly accounts: number
  readonly memberships: number
  readonly creates: number
  readonly activations: number
}

/** One group that loses members by the plan. */
export interface GroupLoss {
  readonly name: string
  /** Members that the plan removes. */
  readonly removed: number
  /** Members of that group granted by this connection, before. */
  readonly granted: number
  /** All observed members, before. */
  readonly members: number
  /** Members that the plan adds. */
  readonly added: number
}

/** Numbers of a plan; all of one connection on one target. */
export interface GuardFacts {
  readonly plan: Totals
  /** Settled in the 24 hours before `asOf` without an administrator's approval; what is held is in the plan itself. */
  readonly window: Totals
  /**
   * What announced leavers add to the plan: neither in `plan` nor in what groups lose. `missing`: how many of those who are
   * gone from the source were announced.
   */
  readonly announced: Pick<Totals, 'accounts' | 'memberships'> & { readonly missing: number }
  /** People of whom an assertion is not true after the plan; the first of them by name. */
  readonly violations: { readonly people: number; readonly names: readonly string[] }
  /** Memberships that people lose whom no connection claims: always held, so no limit counts them. */
  readonly unclaimed: number
  readonly claimed: number
  readonly granted: number
  readonly groupLosses: readonly GroupLoss[]
  /** No plan of this connection and target has been approved yet. */
  readonly firstPlan: boolean
  /** Nothing has been executed for this connection and target yet: creates and activations are not limited. */
  readonly firstRun: boolean
  /** Identities that leave by this plan because of `outOfScope`; and whether scope or policy changed since the last plan. */
  readonly outOfScopeLeavers: number
  readonly scopeOrPolicyChanged: boolean
  /** People in the last complete reading before, and now; `undefined` when nothing was read. */
  readonly source: { readonly before: number; readonly now: number } | undefined
  /** How far the wall clock is from the newest stored time, in ms; and operations that became due by time alone. */
  readonly clock: { readonly movedMs: number; readonly dueByTime: number }
  /** Claimed accounts missing from the last full observation, and whether the target's fingerprint differs. */
  readonly target: { readonly missingClaims: number; readonly fingerprintChanged: boolean }
}

/** Decides from numbers alone whether a plan waits for an administrator, why, and how far it is from waiting. */
export function judge(facts: GuardFacts, guard: GuardPolicy): Verdict {
  const limits = limitsOf(facts, guard)
  const margins = [...limits.map((limit) => marginOf(limit, facts)), ...nearestGroup(facts)]
  const causes = [
    ...causesOfState(facts),
    ...limits.filter(({ count, limit, adds }) => adds > 0 && count > limit).map(causeOf),
    ...facts.groupLosses.toSorted((a, b) => (a.name < b.name ? -1 : 1)).flatMap(causesOfGroup),
  ]
  return causes.length === 0 ? { kind: 'clear', margins } : { kind: 'held', causes, margins }
}

function marginOf({ name, count, limit }: Limit, { announced }: GuardFacts): Margin {
  const uncounted = uncountedOf(name, announced)
  return { name, count, limit, ...(uncounted > 0 && { announced: uncounted }) }
}

function uncountedOf(name: Limit['name'], announced: GuardFacts['announced']): number {
  if (name === 'sourceShrinkage') return announced.missing
  return name === 'accounts' || name === 'memberships' ? announced[name] : 0
}

/** One group stands for all: where the one that is nearest to its limit may go on, so may every other. */
function nearestGroup({ groupLosses }: GuardFacts): readonly Margin[] {
  const margins = groupLosses.map(
    ({ name: group, removed: count, granted }): Margin => ({
      name: 'groupMembers',
      count,
      limit: groupLimit(granted),
      group,
    }),
  )
  const left = ({ count, limit }: Margin) => limit - count
  return margins.sort((a, b) => left(a) - left(b) || ((a.group ?? '') < (b.group ?? '') ? -1 : 1)).slice(0, 1)
}

const causeOf = ({ name, adds: _, ...cause }: Limit): Cause => ({ code: name, ...cause })

const destructive: readonly OperationKind[] = [...destructiveKinds]

type Limit = Omit<Cause, 'code' | 'group'> & {
  readonly name: Exclude<Margin['name'], 'groupMembers'>
  /** What this plan adds to the count: a plan that adds nothing has nothing to wait for. */
  readonly adds: number
}

function limitsOf(facts: GuardFacts, guard: GuardPolicy): readonly Limit[] {
  const { claimed, granted, plan, window } = facts
  const takenAway = [
    {
      name: 'accounts',
      what: 'accounts would be deactivated or deleted within 24 hours',
      count: plan.accounts + window.accounts,
      adds: plan.accounts,
      limit: smallLimit(guard.accounts, claimed),
      of: claimed,
      holds: destructive,
    },
    {
      name: 'memberships',
      what: 'memberships would be removed within 24 hours',
      count: plan.memberships + window.memberships,
      adds: plan.memberships,
      limit: smallLimit(guard.memberships, granted),
      of: granted,
      holds: destructive,
    },
  ] as const
  return [...takenAway, ...(facts.firstRun ? [] : limitsOfGrowth(facts, guard)), ...limitOfSource(facts, guard)].map(
    (limit) => ({ ...limit, what: sentence(limit) }),
  )
}

function limitsOfGrowth({ plan, window, claimed }: GuardFacts, guard: GuardPolicy): readonly Limit[] {
  return [
    {
      name: 'creates',
      what: 'accounts would be created within 24 hours',
      count: plan.creates + window.creates,
      adds: plan.creates,
      limit: largeLimit(guard.creates, claimed),
      of: claimed,
      holds: ['createUser'],
    },
    {
      name: 'activations',
      what: 'accounts would be activated again within 24 hours',
      count: plan.activations + window.activations,
      adds: plan.activations,
      limit: largeLimit(guard.activations, claimed),
      of: claimed,
      holds: ['activateUser', 'restoreAccess'],
    },
  ]
}

function limitOfSource({ source, announced }: GuardFacts, guard: GuardPolicy): readonly Limit[] {
  if (source === undefined) return []
  const missing = Math.max(0, source.before - source.now - announced.missing)
  return [
    {
      name: 'sourceShrinkage',
      what: 'people are no longer in the reading',
      count: missing,
      adds: missing,
      limit: share(guard.sourceShrinkagePercent, source.before),
      of: source.before,
      holds: destructive,
    },
  ]
}

type LimitSetting = GuardPolicy['accounts']

/** 60 people: 10; 5,000: 15; 100,000: 300. An ordinary day passes, a wrong reading does not. */
const smallLimit = ({ count, percent }: LimitSetting, of: number) =>
  Math.min(share(percent, of), count ?? Math.max(10, share(0.3, of)))

const largeLimit = ({ count, percent }: LimitSetting, of: number) => Math.max(share(percent, of), count ?? 50)

const groupLimit = (granted: number) => Math.max(10, share(20, granted))

/** Whole things: 20 % of 12 people are 2. */
const share = (percent: number, of: number) => Math.floor((percent * of) / 100)

const sentence = ({ what, count, limit, of }: Pick<Cause, 'what' | 'count' | 'limit' | 'of'>) =>
  `${count} ${what}; the limit is ${limit} of ${of}.`

function causesOfState({ plan, firstPlan, clock, target, claimed, ...facts }: GuardFacts): readonly Cause[] {
  const causes: Cause[] = []
  if (firstPlan) {
    const count = plan.accounts + plan.memberships + plan.creates + plan.activations
    const what = 'This is the first plan of this connection for this target; it is looked at whatever it contains.'
    causes.push({ code: 'firstPlan', what, count, limit: 0, of: 0, holds: 'everything' })
  }
  if (facts.unclaimed > 0) causes.push(causeOfUnclaimed(facts.unclaimed))
  if (facts.violations.people > 0) causes.push(causeOfViolations(facts.violations))
  const missingLimit = share(5, claimed)
  if (target.fingerprintChanged || target.missingClaims > missingLimit) {
    const what = target.fingerprintChanged
      ? 'The target is not the instance that was connected, or was restored.'
      : `${target.missingClaims} of ${claimed} managed accounts are gone from the target, as after restoring a backup.`
    const { missingClaims: count } = target
    causes.push({ code: 'targetChanged', what, count, limit: missingLimit, of: claimed, holds: 'everything' })
  }
  if (Math.abs(clock.movedMs) > hourMs && clock.dueByTime > 0) {
    const what = `The clock moved by ${Math.round(clock.movedMs / 60_000)} minutes, and ${clock.dueByTime} operations are due by time alone.`
    causes.push({ code: 'clockJump', what, count: clock.dueByTime, limit: 0, of: 0, holds: destructive })
  }
  if (facts.scopeOrPolicyChanged && facts.outOfScopeLeavers > outOfScopeLimit) {
    const count = facts.outOfScopeLeavers
    const what = `A changed scope or policy makes ${count} people leave; more than ${outOfScopeLimit} are always looked at.`
    causes.push({ code: 'outOfScope', what, count, limit: outOfScopeLimit, of: claimed, holds: destructive })
  }
  return causes
}

function causeOfUnclaimed(count: number): Cause {
  const what = `${count} memberships of people whom no connection manages would be removed; that is always looked at.`
  return { code: 'unclaimedMembers', what, count, limit: 0, of: 0, holds: ['removeUnclaimed'] }
}

function causeOfViolations({ people: count, names }: GuardFacts['violations']): Cause {
  const others = count - names.length
  const whom = `${names.join(', ')}${others === 0 ? '' : ` and ${others} more`}`
  const what = `What has to hold after every plan is not true of ${count} people: ${whom}. Their findings say what.`
  return { code: 'assertion', what, count, limit: 0, of: 0, holds: 'everything' }
}

const hourMs = 3_600_000
const outOfScopeLimit = 5

/** Groups of this size or more are not emptied unseen. */
const emptiedSize = 5

function causesOfGroup({ name, removed, granted, members, added }: GroupLoss): readonly Cause[] {
  const limit = groupLimit(granted)
  const common = { count: removed, holds: ['removeMember'] as const, group: name }
  if (removed > limit) {
    const what = `${removed} people would lose the group ${name}; the limit is ${limit} of ${granted}.`
    return [{ code: 'groupMembers', what, limit, of: granted, ...common }]
  }
  if (members < emptiedSize || removed < members || added > 0) return []
  const what = `All ${members} members of the group ${name} would be removed.`
  return [{ code: 'groupEmptied', what, limit: members - 1, of: members, ...common }]
}
