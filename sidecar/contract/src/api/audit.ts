import Type, { type Static } from 'typebox'

const Instant = Type.Integer({ description: 'UTC milliseconds.' })

/** One entry of the record: who did what, from where, when. */
export const AuditEntryView = Type.Object({
  id: Type.Integer(),
  at: Instant,
  action: Type.String({ description: 'Such as `plan.apply` or `operations.applied`.' }),
  actor: Type.Optional(Type.Object({ name: Type.String(), from: Type.Optional(Type.String()) })),
  subject: Type.Optional(Type.String()),
  before: Type.Optional(Type.Unknown()),
  after: Type.Optional(Type.Unknown()),
  detail: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  erasedAt: Type.Optional(Instant),
})
export type AuditEntryView = Static<typeof AuditEntryView>

/** Oldest first. */
export const AuditPage = Type.Object({
  entries: Type.Array(AuditEntryView),
  nextAfter: Type.Optional(Type.Integer({ description: 'Number to continue from; absent on the last page.' })),
})
export type AuditPage = Static<typeof AuditPage>

export const AuditQuery = Type.Object(
  {
    after: Type.Integer({ minimum: 0, default: 0 }),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 200 }),
    since: Type.Optional(Type.Integer({ minimum: 0, description: 'UTC milliseconds.' })),
    until: Type.Optional(Type.Integer({ minimum: 0, description: 'UTC milliseconds.' })),
    action: Type.Optional(Type.String({ maxLength: 100, description: 'An action, or the part before its dot.' })),
  },
  { additionalProperties: false },
)
export type AuditQuery = Static<typeof AuditQuery>

export const VerifyAudit = Type.Object(
  {
    heads: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      default: [],
      maxItems: 1000,
      description: 'Ends of days as the log of the service told them: each has to be in the record.',
    }),
  },
  { additionalProperties: false },
)
export type VerifyAudit = Static<typeof VerifyAudit>

export const AuditVerificationView = Type.Object({
  ok: Type.Boolean(),
  entries: Type.Integer(),
  erased: Type.Integer({ description: 'Entries whose content was erased.' }),
  segments: Type.Integer(),
  head: Type.String({ description: 'Where the record ends now.' }),
  faults: Type.Array(Type.Object({ kind: Type.String(), entry: Type.Integer(), message: Type.String() })),
})
export type AuditVerificationView = Static<typeof AuditVerificationView>
