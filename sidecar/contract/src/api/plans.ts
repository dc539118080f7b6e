import Type, { type Static } from 'typebox'

const Instant = Type.Integer({ description: 'UTC milliseconds.' })

export const PlanStatus = Type.Union([
  Type.Literal('planning'),
  Type.Literal('planned'),
  Type.Literal('held'),
  Type.Literal('executing'),
  Type.Literal('applied'),
  Type.Literal('partial'),
  Type.Literal('replaced'),
  Type.Literal('dropped'),
])
export type PlanStatus = Static<typeof PlanStatus>

/** One limit of the guard: how near the plan came. */
export const MarginView = Type.Object({
  limit: Type.String({
    description: 'Code: accounts, memberships, groupMembers, creates, activations, sourceShrinkage.',
  }),
  label: Type.String(),
  count: Type.Integer(),
  allowed: Type.Integer(),
  of: Type.Optional(Type.Integer({ description: 'What the percentage is of.' })),
})
export type MarginView = Static<typeof MarginView>

export const HoldCause = Type.Object({ code: Type.String(), message: Type.String() })
export type HoldCause = Static<typeof HoldCause>

/** Operations of one kind that an undo cannot take back as a whole. */
export const IrreversibleView = Type.Object({
  kind: Type.String(),
  count: Type.Integer(),
  lost: Type.String({ description: 'One sentence: what an undo does not bring back.' }),
})
export type IrreversibleView = Static<typeof IrreversibleView>

/** How a change reaches the product: its own API, the Crowd behind it, Atlassian's organization API, or calls that come near it. */
export const Way = Type.Union([
  Type.Literal('rest'),
  Type.Literal('crowd'),
  Type.Literal('organization'),
  Type.Literal('emulation'),
])

export const WayView = Type.Object({
  kind: Type.String(),
  way: Way,
  note: Type.Optional(Type.String({ description: 'What an administrator should know about it.' })),
})
export type WayView = Static<typeof WayView>

/** What a plan does to one licence of the product. */
export const SeatsView = Type.Object({
  application: Type.String(),
  remaining: Type.Integer({ description: 'Seats left when it was planned.' }),
  takes: Type.Integer(),
  frees: Type.Integer(),
  short: Type.Boolean({ description: 'It takes more than there are, with what it frees.' }),
  estimated: Type.Boolean({
    description: 'Active accounts were counted: the product does not say which groups take a seat.',
  }),
  text: Type.String({ description: 'The same as a sentence.' }),
})
export type SeatsView = Static<typeof SeatsView>

export const PlanView = Type.Object({
  id: Type.Integer(),
  runId: Type.Integer(),
  connection: Type.Object({ slug: Type.String(), name: Type.String() }),
  target: Type.Object({ slug: Type.String(), name: Type.String() }),
  status: PlanStatus,
  asOf: Instant,
  hash: Type.Optional(Type.String({ description: 'Names exactly this plan; approval has to repeat it.' })),
  subjects: Type.Integer({ description: 'People and groups that were looked at.' }),
  /** Operation kind to operation status to number. */
  counts: Type.Record(Type.String(), Type.Record(Type.String(), Type.Integer())),
  findings: Type.Record(Type.String(), Type.Integer()),
  causes: Type.Array(HoldCause, { description: 'Why it is held; empty when it is clear.' }),
  margins: Type.Array(MarginView),
  irreversible: Type.Array(IrreversibleView, {
    description: 'What an undo could not bring back; empty when it could everything.',
  }),
  undoes: Type.Optional(Type.Integer({ description: 'The run that this plan takes back.' })),
  ways: Type.Optional(
    Type.Array(WayView, { description: 'Kinds of operation that do not simply go by the product\u2019s own API.' }),
  ),
  seats: Type.Array(SeatsView, { description: 'Of licences with a limit, those that it changes.' }),
  first: Type.Boolean({ description: 'The first plan of this connection and target.' }),
  summary: Type.Optional(
    Type.Object(
      {
        adopt: Type.Integer(),
        create: Type.Integer(),
        leaveAlone: Type.Integer({ description: 'Accounts of the target that nobody claims.' }),
        conflict: Type.Integer(),
        accountsNotWritable: Type.Optional(
          Type.String({ description: 'Why no account can be created, and the ways out of that.' }),
        ),
      },
      { description: 'Only of a first plan.' },
    ),
  ),
  difference: Type.Optional(
    Type.Object(
      { added: Type.Integer(), removed: Type.Integer() },
      { description: 'Held operations against the content of the same hold before.' },
    ),
  ),
  applicable: Type.Boolean({ description: 'Can be applied or approved now.' }),
  appliedBy: Type.Optional(Type.String()),
  appliedAt: Type.Optional(Instant),
})
export type PlanView = Static<typeof PlanView>

export const OperationStatus = Type.Union([
  Type.Literal('planned'),
  Type.Literal('held'),
  Type.Literal('sent'),
  Type.Literal('applied'),
  Type.Literal('failed'),
  Type.Literal('refused'),
  Type.Literal('superseded'),
  Type.Literal('skipped'),
  Type.Literal('dropped'),
])
export type OperationStatus = Static<typeof OperationStatus>

export const OperationView = Type.Object({
  id: Type.Integer(),
  position: Type.Integer(),
  kind: Type.String(),
  subject: Type.String({ description: 'The person or group as an administrator knows it.' }),
  group: Type.Optional(Type.String({ description: 'The group of a membership operation.' })),
  description: Type.String({ description: 'One sentence: what changes.' }),
  before: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  after: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  reasons: Type.Array(Type.String(), { description: 'Why, one sentence each.' }),
  status: OperationStatus,
  heldBy: Type.Optional(Type.String()),
  outcome: Type.Optional(Type.Object({ code: Type.String(), message: Type.String() })),
  destructive: Type.Boolean(),
  way: Type.Optional(Way),
  note: Type.Optional(Type.String({ description: 'What an administrator should know about that way.' })),
  lost: Type.Optional(Type.String({ description: 'What an undo of this would not bring back.' })),
})
export type OperationView = Static<typeof OperationView>

export const OperationPage = Type.Object({
  operations: Type.Array(OperationView),
  total: Type.Integer({ description: 'Of everything that matches the filter.' }),
  nextAfter: Type.Optional(Type.Integer({ description: 'Position to continue from.' })),
})
export type OperationPage = Static<typeof OperationPage>

export const FindingView = Type.Object({
  id: Type.Integer(),
  code: Type.String(),
  subjectKind: Type.String(),
  subject: Type.String(),
  message: Type.String(),
  remedy: Type.String(),
  since: Instant,
})
export type FindingView = Static<typeof FindingView>

export const FindingPage = Type.Object({
  findings: Type.Array(FindingView),
  total: Type.Integer(),
  nextAfter: Type.Optional(Type.Integer()),
})
export type FindingPage = Static<typeof FindingPage>

/** Filters of operation and finding pages; `kinds` and `statuses` are comma-separated. */
export const OperationQuery = Type.Object(
  {
    kinds: Type.Optional(Type.String({ maxLength: 500 })),
    statuses: Type.Optional(Type.String({ maxLength: 200 })),
    search: Type.Optional(
      Type.String({ maxLength: 200, description: 'Part of a person\u2019s or group\u2019s name.' }),
    ),
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  },
  { additionalProperties: false },
)
export type OperationQuery = Static<typeof OperationQuery>

export const FindingQuery = Type.Object(
  {
    codes: Type.Optional(Type.String({ maxLength: 500 })),
    search: Type.Optional(Type.String({ maxLength: 200 })),
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  },
  { additionalProperties: false },
)
export type FindingQuery = Static<typeof FindingQuery>

/** Applies exactly the plan that `hash` names. A held plan is only executed with `approve`. */
export const ApplyPlan = Type.Object(
  { hash: Type.String({ minLength: 1 }), approve: Type.Boolean({ default: false }) },
  { additionalProperties: false },
)
export type ApplyPlan = Static<typeof ApplyPlan>
