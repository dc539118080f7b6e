import type { WhyView } from '@rollcall/contract/api/why'
import type { OpenedEndpoints } from '../../connections/opened-endpoints.ts'
import { assertNever } from '../../identity/assert-never.ts'
import type { CheckStep } from '../../identity/check-step.ts'
import type { ConnectionId, IdentityId, Instant, TargetId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import type { AttributeDescription, LookedUpIdentity } from '../../sources/source.ts'
import type { Db } from '../../store/transaction.ts'
import { lookupProblems } from '../lookup-problems.ts'
import { type ObservationSummary, observeTarget } from '../observing/observe-target.ts'
import type { ObservingProgress } from '../observing/stage-observation.ts'
import { type PlannedLeg, planLeg } from '../planning/plan-leg.ts'
import type { PlanLegInput } from '../planning/plan-leg-input.ts'
import { type ReadingSummary, readConnection } from '../reading/read-connection.ts'
import type { ReadingProgress } from '../reading/stage-reading.ts'
import { planUndo } from '../undo/plan-undo.ts'
import type { UndoLegInput } from '../undo/undo-leg-input.ts'
import type { AskedFor } from '../why/find-people.ts'
import { why } from '../why/why.ts'
import type { JobHandlers } from './messages.ts'
import type { Writers } from './writers.ts'

/** What the worker does, by name. A new job is an entry here and a handler in `createJobs`. */
export interface RunJobs {
  read: {
    input: { connection: ConnectionId; at: Instant; snapshot?: boolean }
    progress: ReadingProgress
    result: ReadingSummary
  }
  observe: { input: { target: TargetId; at: Instant }; progress: ObservingProgress; result: ObservationSummary }
  undo: { input: UndoLegInput; progress: PlanningProgress; result: PlannedLeg }
  plan: { input: PlanLegInput; progress: PlanningProgress; result: PlannedLeg }
  check: { input: Checked; progress: never; result: readonly CheckStep[] }
  lookup: { input: Lookup; progress: never; result: FoundPerson | undefined }
  why: { input: { asked: AskedFor; asOf: Instant }; progress: never; result: WhyView }
  attributes: { input: { connection: ConnectionId }; progress: never; result: readonly AttributeDescription[] }
}

interface PlanningProgress {
  readonly phase: 'planning'
  readonly done: number
  readonly total: number
}

type Checked = { readonly connection: ConnectionId } | { readonly target: TargetId }

interface Lookup {
  readonly connection: ConnectionId
  /** Login name or external id. */
  readonly who: string
  /** Bring the stored person up to date as of this time; absent: only look. */
  readonly storeAt?: Instant
}

interface FoundPerson extends LookedUpIdentity {
  /** Present when the person was stored. */
  readonly id?: IdentityId
}

interface JobWorld {
  /** Reads only. */
  readonly db: Db
  readonly write: Writers
  readonly endpoints: OpenedEndpoints
}

export function createJobs({ db, write, endpoints }: JobWorld): JobHandlers<RunJobs> {
  return {
    async read({ connection, at, snapshot = false }, tools) {
      const { source, cursorScope } = await endpoints.connection(connection)
      const job = { connection, source, cursorScope, at, snapshot }
      return readConnection(job, { db, write: write.reading, ...tools })
    },

    async observe({ target, at }, tools) {
      const opened = await endpoints.target(target)
      return observeTarget({ target, opened: opened.target, at, db, write: write.observing, ...tools })
    },

    undo: async (input, { signal, progress }) =>
      planUndo(input, {
        db,
        target: (await endpoints.target(input.leg.target)).target,
        planning: write.planning,
        observing: write.observing,
        undo: write.undo,
        signal,
        progress: (done, total) => progress({ phase: 'planning', done, total }),
      }),

    plan: (input, { signal, progress }) =>
      planLeg(input, {
        db,
        writer: write.planning,
        signal,
        progress: (done, total) => progress({ phase: 'planning', done, total }),
        readLeads: async () => (await endpoints.target(input.leg.target)).target.readLeads(signal),
      }),

    async check(what, { signal }) {
      if ('connection' in what) return (await endpoints.connection(what.connection)).source.check(signal)
      if ('target' in what) return (await endpoints.target(what.target)).target.check(signal)
      return assertNever(what)
    },

    async lookup({ connection, who, storeAt }, { signal }) {
      const { source } = await endpoints.connection(connection)
      const found = await source.lookup(who, signal)
      if (found === undefined || storeAt === undefined) return found
      const id = await write.reading.storeLookedUp(connection, found, storeAt)
      return { ...found, id }
    },

    why: ({ asked, asOf }) =>
      why(asked, { db, asOf, scopeOf: async (connection) => (await endpoints.connection(connection)).scope }),

    async attributes({ connection }, { signal }) {
      const { entry, source } = await endpoints.connection(connection)
      if (source.describeAttributes) return source.describeAttributes(signal)
      throw new Problem(lookupProblems.attributes_not_described, `${entry.name} does not tell what people may have.`)
    },
  }
}
