import type { WhyObstacle } from '@rollcall/contract/api/why'
import type { Instant } from '../../identity/ids.ts'
import type { Operation } from '../../planning/operation.ts'
import { toPlanVerdict } from '../../state/plans/plan-verdict.ts'
import { quarantineAfter } from '../execution/retry-delay.ts'
import type { Journal, JournalEntry } from './journal-of-person.ts'
import type { LegState } from './leg-state.ts'

/** Why an operation that planning wants is not done yet: the first of everything that stands before it. */
export function waitsFor(
  operation: Operation,
  journal: Journal,
  leg: LegState,
  concerns: (operation: Operation) => boolean,
): WhyObstacle {
  const entry = journal.find((one) => one.operation.kind === operation.kind && concerns(one.operation))
  return (
    vetoed(operation, leg) ??
    paused(leg) ??
    held(entry, leg) ??
    legWaits(leg) ??
    refused(entry, leg) ??
    planned(entry) ??
    retried(leg) ??
    nextRun(leg)
  )
}

const time = (at: Instant) => new Date(at).toISOString()

function vetoed(operation: Operation, { vetoes }: LegState): WhyObstacle | undefined {
  const [veto] = vetoes.against(operation)
  return (
    veto && {
      code: 'veto',
      message: `${veto.by} took the same back by run ${veto.run}, and nothing does it again by itself.`,
      remedy: `Lift the veto: rollcall veto lift ${veto.id}. It also ends when the source changes its mind.`,
      runId: veto.run,
    }
  )
}

function paused({ connectionPaused, targetPaused, connectionName, targetName }: LegState): WhyObstacle | undefined {
  if (!connectionPaused && !targetPaused) return undefined
  const name = connectionPaused ? `The connection ${connectionName}` : `The target ${targetName}`
  return {
    code: connectionPaused ? 'connectionPaused' : 'targetPaused',
    message: `${name} is paused: nothing is sent.`,
    remedy: 'End the pause.',
  }
}

const isOpen = ({ planStatus }: JournalEntry) => planStatus === 'planned' || planStatus === 'held'

function held(entry: JournalEntry | undefined, leg: LegState): WhyObstacle | undefined {
  const plan = entry !== undefined && isOpen(entry) ? { planId: entry.plan, runId: entry.run } : undefined
  if (leg.first) {
    return {
      code: 'firstPlan',
      message: `No plan of ${leg.connectionName} for ${leg.targetName} was approved yet: the first one is held whatever it contains.`,
      remedy:
        plan === undefined ? 'Make a plan, look at it and apply it.' : `Look at plan ${plan.planId} and apply it.`,
      ...plan,
    }
  }
  if (plan === undefined || entry?.status !== 'held') return undefined
  const cause = toPlanVerdict(entry.verdict).causes.find(({ code }) => code === entry.heldBy)
  const why = cause?.what ?? heldSentences[entry.heldBy ?? ''] ?? 'A limit holds it.'
  return {
    code: 'held',
    message: `Plan ${plan.planId} is held and was not approved: ${why}`,
    remedy: `Look at plan ${plan.planId} and apply it, or mend what the limit is about.`,
    ...plan,
  }
}

const heldSentences: Readonly<Record<string, string>> = {
  dependency: 'It depends on something that is held.',
  whenHeld: 'The policy lets everything wait while something is held.',
}

function legWaits({ failures, notBefore, targetName }: LegState): WhyObstacle | undefined {
  if (failures === 0 || notBefore === undefined) return undefined
  const quarantined = failures >= quarantineAfter
  return {
    code: quarantined ? 'legQuarantined' : 'legWaits',
    message: `${targetName} failed ${failures} times in a row${quarantined ? ' and is quarantined' : ''}; it is tried again at ${time(notBefore)}.`,
    remedy: 'Look at the last run for what failed, mend it, and run the connection by hand.',
  }
}

const notDone: ReadonlySet<string> = new Set(['failed', 'refused'])

function refused(entry: JournalEntry | undefined, { mark }: LegState): WhyObstacle | undefined {
  if (entry?.outcome === undefined || !notDone.has(entry.status)) return undefined
  const again = mark?.notBefore === undefined ? '' : ` It is tried again at ${time(mark.notBefore)}.`
  const { code, message } = entry.outcome
  return {
    code,
    message: `Run ${entry.run} tried, and it failed (${code}): ${message}${again}`,
    remedy: `See docs/errors.md#${code}; a run by hand tries again at once.`,
    planId: entry.plan,
    runId: entry.run,
  }
}

function planned(entry: JournalEntry | undefined): WhyObstacle | undefined {
  if (entry === undefined || !isOpen(entry)) return undefined
  return {
    code: 'planned',
    message: `Plan ${entry.plan} has it and was not applied.`,
    remedy: `Apply plan ${entry.plan}, or run the connection.`,
    planId: entry.plan,
    runId: entry.run,
  }
}

function retried({ mark }: LegState): WhyObstacle | undefined {
  if (mark?.notBefore === undefined || mark.attempts === 0) return undefined
  return {
    code: 'waitsForRetry',
    message: `It failed ${mark.attempts} times and is tried again at ${time(mark.notBefore)}.`,
    remedy: 'Run the connection by hand to try at once.',
  }
}

const nextRun = ({ nextRunAt, connectionName }: LegState): WhyObstacle => ({
  code: 'nextRun',
  message:
    nextRunAt === undefined
      ? `It is done by the next run of ${connectionName}, which has no schedule.`
      : `It is done by the next run of ${connectionName}, at ${time(nextRunAt)}.`,
  remedy: 'Run the connection by hand to have it at once.',
})
