import Type, { type Static } from 'typebox'
import { ProblemView } from './problem.ts'

const Instant = Type.Integer({ description: 'UTC milliseconds.' })

export const RunMode = Type.Union([
  Type.Literal('synchronize'),
  Type.Literal('plan'),
  Type.Literal('apply'),
  Type.Literal('undo'),
])
export type RunMode = Static<typeof RunMode>

export const RunTrigger = Type.Union([
  Type.Literal('schedule'),
  Type.Literal('manual'),
  Type.Literal('login'),
  Type.Literal('push'),
  Type.Literal('cli'),
])

export const RunPhase = Type.Union([
  Type.Literal('reading'),
  Type.Literal('observing'),
  Type.Literal('planning'),
  Type.Literal('executing'),
])
export type RunPhase = Static<typeof RunPhase>

export const RunOutcome = Type.Union([
  Type.Literal('succeeded'),
  Type.Literal('partial'),
  Type.Literal('held'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
  Type.Literal('planned'),
])
export type RunOutcome = Static<typeof RunOutcome>

export const LegView = Type.Object({
  target: Type.Object({ slug: Type.String(), name: Type.String() }),
  planId: Type.Optional(Type.Integer()),
  outcome: Type.Optional(
    Type.Union([
      Type.Literal('applied'),
      Type.Literal('partial'),
      Type.Literal('held'),
      Type.Literal('failed'),
      Type.Literal('planned'),
      Type.Literal('empty'),
    ]),
  ),
  /** Operations of the plan by status: planned, held, applied, failed, refused, superseded, skipped, dropped. */
  operations: Type.Record(Type.String(), Type.Integer()),
  problem: Type.Optional(ProblemView),
})
export type LegView = Static<typeof LegView>

export const RunView = Type.Object({
  id: Type.Integer(),
  connection: Type.Object({ slug: Type.String(), name: Type.String() }),
  trigger: RunTrigger,
  mode: RunMode,
  requestedBy: Type.Optional(Type.String()),
  state: Type.Union([Type.Literal('queued'), Type.Literal('running'), Type.Literal('finished')]),
  phase: Type.Optional(RunPhase),
  outcome: Type.Optional(RunOutcome),
  queuedAt: Instant,
  startedAt: Type.Optional(Instant),
  finishedAt: Type.Optional(Instant),
  reading: Type.Optional(
    Type.Object({
      form: Type.Union([Type.Literal('snapshot'), Type.Literal('delta')]),
      identities: Type.Record(Type.String(), Type.Integer()),
      groups: Type.Record(Type.String(), Type.Integer()),
      memberships: Type.Record(Type.String(), Type.Integer()),
      durationMs: Type.Integer(),
    }),
  ),
  legs: Type.Array(LegView),
  undoes: Type.Optional(Type.Integer({ description: 'Of an undo: the run that its plans take back.' })),
  problem: Type.Optional(ProblemView),
})
export type RunView = Static<typeof RunView>

export const RunPage = Type.Object({ runs: Type.Array(RunView), nextBefore: Type.Optional(Type.Integer()) })
export type RunPage = Static<typeof RunPage>

export const StartRun = Type.Object(
  {
    mode: Type.Union([Type.Literal('synchronize'), Type.Literal('plan')], { default: 'synchronize' }),
    full: Type.Boolean({ default: false, description: 'Read a snapshot and observe everything, whatever their age.' }),
    user: Type.Optional(
      Type.String({ minLength: 1, maxLength: 500, description: 'Only this person: login name or id.' }),
    ),
  },
  { additionalProperties: false },
)
export type StartRun = Static<typeof StartRun>

export const StartUndo = Type.Object(
  {
    deleteCreated: Type.Boolean({
      default: false,
      description: 'Delete accounts that the run created, where the product says that nobody ever signed in to them.',
    }),
  },
  { additionalProperties: false },
)
export type StartUndo = Static<typeof StartUndo>

export const StartedRun = Type.Object({ runId: Type.Integer() })
export type StartedRun = Static<typeof StartedRun>

/** One server-sent event of a run (`event: progress`, then `event: finished` with a `RunView`). */
export const RunProgress = Type.Object({
  runId: Type.Integer(),
  connection: Type.String({ description: 'Slug.' }),
  state: Type.Union([Type.Literal('queued'), Type.Literal('running'), Type.Literal('finished')]),
  phase: Type.Optional(RunPhase),
  target: Type.Optional(Type.String({ description: 'Slug; absent while reading.' })),
  done: Type.Integer({ description: 'People, groups or operations so far, by phase.' }),
  total: Type.Optional(Type.Integer({ description: 'Absent while unknown.' })),
  perSecond: Type.Optional(Type.Number()),
  remainingMs: Type.Optional(Type.Integer()),
  outcome: Type.Optional(RunOutcome),
})
export type RunProgress = Static<typeof RunProgress>
