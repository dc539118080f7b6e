import type { RunOutcome, RunProgress } from '@rollcall/contract/api/runs'
import { configurationProblems } from '../connections/configuration/configuration-problems.ts'
import type { ConnectionId, IdentityId, PlanId, RunId } from '../identity/ids.ts'
import { Problem } from '../problem/problem.ts'
import type { AuditTrail } from '../state/audit/audit-trail.ts'
import { type LegSetting, type RunnableConnection, readLegs, readRunnable } from '../state/runs/leg-settings.ts'
import { finishRun, insertRun, type RunMode, type RunTrigger, startRun } from '../state/runs/run-store.ts'
import { transaction } from '../store/transaction.ts'
import { checkReview } from './execution/approve-plan.ts'
import { createTargetDesks, type OpenTarget } from './execution/target-desks.ts'
import { legsOf, runConnection } from './run-connection.ts'
import { problemView } from './scheduling/problem-view.ts'
import { recoverRuns } from './scheduling/recover-runs.ts'
import { createRunEvents, type RunListener } from './scheduling/run-events.ts'
import { createRunLines, type Line, type LinedRun } from './scheduling/run-lines.ts'
import { runProblems } from './scheduling/run-problems.ts'
import { covers, type OpenRun, type RunRequest } from './scheduling/run-request.ts'
import type { RunTools } from './scheduling/run-tools.ts'
import { readUndoable } from './undo/read-undoable.ts'

/** What somebody asks for; `planId`, `hash` and `approve` belong to the mode `apply`, the others to the other two. */
export interface Enqueue {
  readonly mode: RunMode
  readonly trigger: RunTrigger
  readonly requestedBy?: string | undefined
  /** Read a snapshot and list the targets, whatever their age. */
  readonly full?: boolean | undefined
  /** Only these people, as they are stored. */
  readonly subjects?: readonly IdentityId[] | undefined
  /** `skip`: only what is due by what is stored already. */
  readonly reading?: 'skip' | undefined
  readonly planId?: PlanId | undefined
  readonly hash?: string | undefined
  readonly approve?: boolean | undefined
  /** Of the mode `undo`: the run to take back. */
  readonly undoes?: RunId | undefined
  readonly deleteCreated?: boolean | undefined
}

export interface RunService {
  /** One run of a connection at a time, and one that waits. A request that the waiting run does anyway gets its id. */
  enqueue(connection: ConnectionId, request: Enqueue): Promise<RunId>
  /** Lets requests under way finish and sends nothing more. */
  cancel(run: RunId): Promise<void>
  /** Calls `listener` with the last state at once, then with every later one; gives back how to stop. */
  subscribe(about: RunId | 'all', listener: RunListener): () => void
  /** The last state of a run of this process, as long as it is remembered. */
  progressOf(run: RunId): RunProgress | undefined
  /** Resolves when a run that is queued or under way has ended. */
  ended(run: RunId): Promise<RunOutcome>
  isBusy(connection: ConnectionId): boolean
  /** After a start: ends what a crash interrupted, and goes on with plans that were approved. */
  recover(): Promise<void>
  /** Requests under way finish and are settled; the rest is planned anew by a later run. */
  close(): Promise<void>
}

export interface RunServiceOptions extends Pick<RunTools, 'db' | 'clock' | 'verbs' | 'openConnection' | 'report'> {
  readonly openTarget: OpenTarget
  readonly audit: AuditTrail
  readonly random?: () => number
}

export function createRunService(options: RunServiceOptions): RunService {
  const { db, clock, openTarget, audit, random = Math.random } = options
  const desks = createTargetDesks({ db, clock, random, audit, openTarget })
  const events = createRunEvents()
  const lines = createRunLines(work)
  let stopping = false

  async function work({ run, cancelled }: LinedRun): Promise<RunOutcome> {
    if (cancelled.signal.aborted) return finish(run, 'cancelled', cancelled.signal.reason)
    await startRun(db, run.id, clock.now())
    try {
      const tools = { ...options, random, desks, publish: events.publish, signal: cancelled.signal }
      const outcome = await runConnection(run, tools)
      return await finish(run, outcome, outcome === 'cancelled' ? cancelled.signal.reason : undefined)
    } catch (error) {
      if (cancelled.signal.aborted) return finish(run, 'cancelled', cancelled.signal.reason)
      if (!(error instanceof Problem)) options.report(error)
      return finish(run, 'failed', error)
    }
  }

  async function finish(run: OpenRun, outcome: RunOutcome, problem: unknown): Promise<RunOutcome> {
    const view = problem === undefined ? undefined : problemView(problem)
    await finishRun(db, run.id, { outcome, problem: view, at: clock.now() })
    events.publish({ runId: run.id, connection: run.slug, state: 'finished', done: 0, outcome })
    return outcome
  }

  async function add(connection: RunnableConnection, request: RunRequest, line: Line): Promise<RunId> {
    const { mode, trigger, requestedBy } = request
    const at = clock.now()
    const id = await transaction(db, (trx) =>
      insertRun(trx, { connection: connection.id, trigger, mode, requestedBy, at, undoes: undoesOf(request) }),
    )
    events.publish({ runId: id, connection: connection.slug, state: 'queued', done: 0 })
    line.push({ id, connection: connection.id, slug: connection.slug, request })
    return id
  }

  /** Requests for one connection are taken one by one, so that two of them cannot both be the first. */
  async function place(connection: RunnableConnection, request: RunRequest): Promise<RunId> {
    return lines.of(connection.id).exclusively(async (line) => {
      const { waiting } = line
      if (!waiting) return add(connection, request, line)
      if (covers(waiting.request, request)) return waiting.id
      throw new Problem(runProblems.run_waits_already, `Run ${waiting.id} of ${connection.name} waits already.`)
    })
  }

  return {
    async enqueue(id, asked) {
      if (stopping) throw new Problem(runProblems.service_stopping, 'The service is being stopped.')
      const connection = await runnable(id)
      const request = await requestOf(connection, asked)
      refusePaused(connection, await readLegs(db, id), request)
      return place(connection, request)
    },

    async cancel(run) {
      const reason = new Problem(runProblems.run_cancelled, 'The run was cancelled.')
      const waiting = lines.leave(run)
      if (waiting) waiting.end(finish(waiting.run, 'cancelled', reason))
      else open(run).cancelled.abort(reason)
    },

    subscribe: events.subscribe,
    progressOf: events.last,
    ended: async (run) => open(run).ended,

    isBusy: (connection) => lines.isBusy(connection),

    async recover() {
      const resumable = await recoverRuns({ db, clock, desks, report: options.report })
      for (const { connection: id, ...request } of resumable) {
        const connection = await readRunnable(db, id)
        if (connection) await place(connection, request)
      }
    },

    async close() {
      stopping = true
      await lines.close(new Problem(runProblems.run_interrupted, 'The service was stopped.'))
    },
  }

  function open(run: RunId): LinedRun {
    const lined = lines.find(run)
    if (lined) return lined
    throw new Problem(runProblems.run_ended_already, `Run ${run} is neither queued nor under way.`)
  }

  async function runnable(id: ConnectionId): Promise<RunnableConnection> {
    const connection = await readRunnable(db, id)
    if (connection) return connection
    throw new Problem(configurationProblems.connection_unknown, `There is no connection with the number ${id}.`)
  }

  async function requestOf({ id: connection, readingState }: RunnableConnection, asked: Enqueue): Promise<RunRequest> {
    const { mode, trigger, requestedBy } = asked
    if (mode === 'undo') {
      const { undoes, deleteCreated = false } = asked
      if (undoes === undefined) throw new TypeError('a run is undone by its number')
      return { mode, trigger, requestedBy, undoes, plans: await readUndoable(db, connection, undoes), deleteCreated }
    }
    if (mode !== 'apply') {
      const { full, subjects } = asked
      // Without a whole reading there is nothing to plan from.
      const reading = readingState === 'complete' ? asked.reading : undefined
      return { mode, trigger, requestedBy, full, subjects, reading }
    }
    const { planId: plan, hash = '', approve = false } = asked
    if (plan === undefined) throw new TypeError('a plan is applied by its number')
    const by = requestedBy ?? trigger
    const { target } = await checkReview(db, { connection, plan, hash, approve, by }, clock.now())
    return { mode, trigger, requestedBy, planId: plan, target, hash, approve }
  }
}

const undoesOf = (request: RunRequest): RunId | undefined => (request.mode === 'undo' ? request.undoes : undefined)

function refusePaused(connection: RunnableConnection, legs: readonly LegSetting[], request: RunRequest): void {
  if (connection.paused) throw new Problem(runProblems.connection_paused, `${connection.name} is paused.`)
  const concerned = legsOf(legs, request)
  if (concerned.length === 0 || concerned.some(({ paused }) => !paused)) return
  const names = concerned.map(({ name }) => name).join(', ')
  throw new Problem(runProblems.target_paused, `Every target of this run is paused: ${names}.`)
}
