import Type, { type Static } from 'typebox'
import { PlanStatus } from './plans.ts'

const Instant = Type.Integer({ description: 'UTC milliseconds.' })

/** A bearer token of one connection, without its secret. Two may be valid at once, for rotation. */
export const ScimTokenView = Type.Object({
  tokenId: Type.String({ description: 'The part of the token that is no secret.' }),
  label: Type.String(),
  state: Type.Union([Type.Literal('valid'), Type.Literal('expired'), Type.Literal('revoked')]),
  createdAt: Instant,
  createdBy: Type.Optional(Type.String()),
  expiresAt: Type.Optional(Instant),
  lastUsedAt: Type.Optional(Instant),
})
export type ScimTokenView = Static<typeof ScimTokenView>

/** What an administrator enters at the provider, and how the connection does. */
export const ScimView = Type.Object({
  baseUrl: Type.String({ description: 'SCIM Base URL (Entra: Tenant URL).' }),
  reachable: Type.Union([Type.Literal('public'), Type.Literal('local')], {
    description: '`local`: no public listener is configured, only this machine reaches the address.',
  }),
  delivery: Type.Union([Type.Literal('queue'), Type.Literal('wait')]),
  users: Type.Integer(),
  groups: Type.Integer(),
  lastRequestAt: Type.Optional(Instant),
  jwtIssuer: Type.Optional(Type.String({ description: 'Whose signed tokens are accepted beside those below.' })),
  tokens: Type.Array(ScimTokenView, { description: 'Newest first; revoked ones are kept for the log.' }),
})
export type ScimView = Static<typeof ScimView>

export const NewScimToken = Type.Object(
  {
    label: Type.String({ minLength: 1, maxLength: 100 }),
    expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
  },
  { additionalProperties: false },
)
export type NewScimToken = Static<typeof NewScimToken>

/** Makes a new token; the old one ends after the overlap. */
export const RotateScimToken = Type.Object(
  {
    overlapHours: Type.Integer({
      minimum: 0,
      maximum: 720,
      default: 24,
      description: 'How long the old token still works.',
    }),
    expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
  },
  { additionalProperties: false },
)
export type RotateScimToken = Static<typeof RotateScimToken>

export const CreatedScimToken = Type.Object({
  token: Type.String({ description: 'Shown this once; only a hash is kept.' }),
  view: ScimTokenView,
})
export type CreatedScimToken = Static<typeof CreatedScimToken>

/** The plan that carries a pushed change into one target. */
export const DeliveringPlan = Type.Object({
  planId: Type.Integer(),
  target: Type.Object({ slug: Type.String(), name: Type.String() }),
  status: PlanStatus,
})
export type DeliveringPlan = Static<typeof DeliveringPlan>

/** One request of the provider: who, what, outcome, plan. No bodies, no values, no queries. */
export const ScimLogEntry = Type.Object({
  id: Type.Integer(),
  at: Instant,
  tokenId: Type.Optional(Type.String()),
  remoteAddress: Type.String(),
  method: Type.String(),
  resourceType: Type.Optional(Type.String()),
  scimId: Type.Optional(Type.String()),
  subject: Type.Optional(Type.String({ description: 'User name or group name.' })),
  attributes: Type.Array(Type.String(), { description: 'Names of the attributes that were written.' }),
  status: Type.Integer(),
  scimType: Type.Optional(Type.String()),
  detail: Type.Optional(Type.String()),
  durationMs: Type.Number(),
  waiting: Type.Boolean({ description: 'Something was changed, and no run has looked at it yet.' }),
  plans: Type.Array(DeliveringPlan, {
    description: 'The plans that looked at the change, one for each target; none for what changed nothing.',
  }),
})
export type ScimLogEntry = Static<typeof ScimLogEntry>

/** Newest first. */
export const ScimLogPage = Type.Object({
  entries: Type.Array(ScimLogEntry),
  nextBefore: Type.Optional(Type.Integer()),
})
export type ScimLogPage = Static<typeof ScimLogPage>

export const ScimLogQuery = Type.Object(
  {
    before: Type.Optional(Type.Integer({ minimum: 1, description: 'Only entries with a smaller number.' })),
    outcome: Type.Union([Type.Literal('all'), Type.Literal('refused')], { default: 'all' }),
    limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  },
  { additionalProperties: false },
)
export type ScimLogQuery = Static<typeof ScimLogQuery>
