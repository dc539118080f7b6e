import type { IdentityId, SourceGroupId } from '../../identity/ids.ts'
import type { Finding } from '../../planning/finding.ts'
import { count, type PlanTally, subjectText } from '../../state/journal/executed-plan.ts'
import {
  type ExecutionFinding,
  endExecutionFindings,
  storeExecutionFindings,
} from '../../state/journal/execution-findings.ts'
import { type ExecutedPlan, type SubjectKey, subjectOf } from '../../state/journal/journaled-operation.ts'
import { retrySubjects, settleSubjects } from '../../state/journal/settle-subjects.ts'
import type { Settlement } from '../../state/journal/settlement.ts'
import type { Trx } from '../../store/transaction.ts'
import { retriedForMs, retryDelayMs } from './retry-delay.ts'

interface OutcomeBookInput {
  readonly plan: ExecutedPlan
  readonly tally: PlanTally
  readonly random: () => number
}

/** What the outcomes of operations mean for their subjects: done, or to be tried again and when. */
export function createOutcomeBook({ plan, tally, random }: OutcomeBookInput) {
  const failed = new Set<string>()
  let done = 0

  /** The subject has nothing left in this plan. */
  function finishes({ operation, status }: Settlement): SubjectKey | undefined {
    const subject = subjectOf(operation.operation)
    if (!subject || status !== 'applied') return undefined
    const text = subjectText(subject)
    const left = (tally.remaining.get(text) ?? 1) - 1
    tally.remaining.set(text, left)
    return left === 0 ? subject : undefined
  }

  /** A subject is put off once in a plan, however many of its operations fail. */
  function failsFirst({ operation, status }: Settlement): SubjectKey | undefined {
    const subject = subjectOf(operation.operation)
    if (!subject || (status !== 'failed' && status !== 'refused')) return undefined
    const text = subjectText(subject)
    if (failed.has(text)) return undefined
    failed.add(text)
    return subject
  }

  return {
    get done(): number {
      return done
    },
    total: tally.planned,

    async store(trx: Trx, settlements: readonly Settlement[], at: number): Promise<void> {
      for (const { operation, status } of settlements) {
        count(tally.counts, operation.operation.kind, 'planned', -1)
        count(tally.counts, operation.operation.kind, status, 1)
      }
      done += settlements.length
      const finished = settlements.flatMap((settlement) => finishes(settlement) ?? [])
      await settleSubjects(trx, plan, finished)
      await endExecutionFindings(trx, plan, finished)
      await putOff(trx, settlements, at)
    },
  }

  async function putOff(trx: Trx, settlements: readonly Settlement[], at: number): Promise<void> {
    const failures = settlements.flatMap((settlement) => {
      const subject = failsFirst(settlement)
      return subject ? [{ subject, settlement }] : []
    })
    if (failures.length === 0) return
    const exhausted = await retrySubjects(
      trx,
      plan,
      failures.map(({ subject }) => subject),
      { at, delayMs: (attempts) => retryDelayMs(attempts, random()), givenUpAfterMs: retriedForMs },
    )
    const givenUp = new Set(exhausted.map(subjectText))
    const findings = failures.flatMap(({ subject, settlement }) => [
      ...(settlement.status === 'failed' ? [refusal(subject, settlement)] : []),
      ...(givenUp.has(subjectText(subject)) ? [exhaustion(subject, settlement)] : []),
    ])
    await storeExecutionFindings(trx, plan, findings, at)
  }
}

const aboutSubject = ({ kind, id }: SubjectKey): Finding['subject'] =>
  kind === 'identity' ? { kind, id: id as IdentityId } : { kind, id: id as SourceGroupId }

const refusal = (subject: SubjectKey, { operation, message, remedy }: Settlement): ExecutionFinding => ({
  code: 'targetRefused',
  subject: aboutSubject(subject),
  subjectName: operation.subjectName,
  message: message ?? 'The target refused a change.',
  remedy: remedy ?? 'It is tried again by itself.',
  contended: [],
})

const exhaustion = (subject: SubjectKey, { operation, message }: Settlement): ExecutionFinding => ({
  code: 'retriesExhausted',
  subject: aboutSubject(subject),
  subjectName: operation.subjectName,
  message: `A change has been tried for 28 days without success. The last attempt: ${message ?? 'refused.'}`,
  remedy: 'Remove the cause that the last attempt names, or exclude the subject; it is still tried four times a day.',
  contended: [],
})
