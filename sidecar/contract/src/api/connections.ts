import Type, { type Static } from 'typebox'
import { PauseView } from './pauses.ts'
import { ProblemView } from './problem.ts'
import { RunView } from './runs.ts'

export const ConnectionLegView = Type.Object({
  target: Type.Object({
    slug: Type.String(),
    name: Type.String(),
    kind: Type.String(),
    url: Type.Optional(Type.String()),
  }),
  claimed: Type.Integer({ description: 'Accounts that this connection manages there.' }),
  findings: Type.Integer(),
  waiting: Type.Integer({ description: 'People and groups that are due to be looked at again.' }),
  hold: Type.Optional(Type.Object({ planId: Type.Integer(), since: Type.Integer(), first: Type.Boolean() })),
  openPlan: Type.Optional(Type.Object({ planId: Type.Integer(), since: Type.Integer() })),
  quarantinedUntil: Type.Optional(Type.Integer()),
})
export type ConnectionLegView = Static<typeof ConnectionLegView>

/** One configured identity provider. */
export const ConnectionView = Type.Object({
  slug: Type.String(),
  name: Type.String(),
  provider: Type.String(),
  providerLabel: Type.String(),
  method: Type.String(),
  managedBy: Type.String(),
  paused: Type.Boolean(),
  schedule: Type.String({ description: 'In words: "Hourly", "At 03:00, Europe/Berlin".' }),
  nextRunAt: Type.Optional(Type.Integer()),
  people: Type.Integer(),
  groups: Type.Integer(),
  lastReadingAt: Type.Optional(Type.Integer()),
  /** The run that is queued or running now. */
  currentRun: Type.Optional(RunView),
  lastRun: Type.Optional(RunView),
  legs: Type.Array(ConnectionLegView),
})
export type ConnectionView = Static<typeof ConnectionView>

export const ConnectionList = Type.Object({ connections: Type.Array(ConnectionView) })
export type ConnectionList = Static<typeof ConnectionList>

export const CheckStepView = Type.Object({
  step: Type.String(),
  ok: Type.Boolean(),
  detail: Type.String(),
  problem: Type.Optional(Type.Object({ code: Type.String(), remedy: Type.String() })),
})
export const CheckReport = Type.Object({ ok: Type.Boolean(), steps: Type.Array(CheckStepView) })
export type CheckReport = Static<typeof CheckReport>

export const LookupView = Type.Object({
  found: Type.Boolean(),
  identity: Type.Optional(
    Type.Object({
      externalId: Type.String(),
      userName: Type.String(),
      email: Type.Optional(Type.String()),
      displayName: Type.Optional(Type.String()),
      active: Type.Boolean(),
      attributes: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
  directGroups: Type.Array(Type.Object({ externalId: Type.String(), name: Type.Optional(Type.String()) })),
  provisioned: Type.Array(
    Type.Object({
      target: Type.Object({ slug: Type.String(), name: Type.String() }),
      state: Type.String({ description: '`wanted`, or why the person is not: `disabled`, `deleted`, `outOfScope`.' }),
      userName: Type.String(),
      email: Type.Optional(Type.String()),
      displayName: Type.Optional(Type.String()),
      attributes: Type.Record(Type.String(), Type.Unknown()),
      grantedGroups: Type.Array(Type.String(), { description: 'Groups that this connection has given the account.' }),
    }),
    { description: 'The account that the policy of each target wanted when the person was last planned.' },
  ),
})
export type LookupView = Static<typeof LookupView>

/** What may be chosen as attributes of people. */
export const AttributeList = Type.Object({
  attributes: Type.Array(
    Type.Object({
      name: Type.String(),
      multiValued: Type.Boolean(),
      chosen: Type.Boolean({ description: 'Whether the settings have it read.' }),
      seen: Type.Integer({ description: 'How many of the sampled people have it.' }),
      sample: Type.Optional(Type.String({ description: 'The value of one of them, cut short.' })),
    }),
  ),
})
export type AttributeList = Static<typeof AttributeList>

export const ConfigurationText = Type.Object(
  { text: Type.String({ maxLength: 2_000_000 }), fileName: Type.String() },
  {
    additionalProperties: false,
  },
)
export type ConfigurationText = Static<typeof ConfigurationText>

export const ConfigurationReport = Type.Object({
  ok: Type.Boolean(),
  problems: Type.Array(ProblemView),
  /** What applying does: one sentence each. */
  effects: Type.Array(Type.String()),
})
export type ConfigurationReport = Static<typeof ConfigurationReport>

export const ServiceStatus = Type.Object({
  version: Type.String(),
  connections: Type.Integer(),
  targets: Type.Integer(),
  openHolds: Type.Integer(),
  pauses: Type.Array(PauseView, { description: 'What was paused by hand.' }),
})
export type ServiceStatus = Static<typeof ServiceStatus>

/** Everything that can be checked from here, by subject: the service, each connection, each target. */
export const DoctorReport = Type.Object({
  checks: Type.Array(Type.Object({ subject: Type.String(), steps: Type.Array(CheckStepView) })),
})
export type DoctorReport = Static<typeof DoctorReport>
