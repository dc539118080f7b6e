import Type, { type Static } from 'typebox'
import { Way } from './plans.ts'

const Instant = Type.Integer({ description: 'UTC milliseconds.' })

/** Whether the product is still the one that was connected. */
export const FingerprintView = Type.Object({
  state: Type.Union([Type.Literal('known'), Type.Literal('changed'), Type.Literal('unknown')], {
    description: '`changed`: a clone, a restored copy, or signed in to by another account; `unknown`: never reached.',
  }),
  changes: Type.Array(Type.String(), { description: 'What is not as it was, one sentence each.' }),
  code: Type.Optional(Type.String({ description: 'Names what the target says now; confirming has to repeat it.' })),
})
export type FingerprintView = Static<typeof FingerprintView>

export const AbilityView = Type.Object({
  kind: Type.String({ description: 'Kind of operation.' }),
  able: Type.Boolean(),
  way: Type.Optional(Way),
  note: Type.Optional(Type.String({ description: 'What an administrator should know, or why it cannot be done.' })),
})
export type AbilityView = Static<typeof AbilityView>

/** One configured product. */
export const TargetView = Type.Object({
  slug: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  kindLabel: Type.String(),
  url: Type.Optional(Type.String()),
  managedBy: Type.String(),
  paused: Type.Boolean(),
  product: Type.Optional(Type.String({ description: 'As it named itself; absent until it was reached.' })),
  version: Type.Optional(Type.String()),
  directory: Type.Optional(
    Type.Object(
      { name: Type.Optional(Type.String()), why: Type.String() },
      { description: 'Which user directory receives new accounts, and why that one.' },
    ),
  ),
  abilities: Type.Array(AbilityView, {
    description: 'What it cannot do, and what does not simply go by the product\u2019s own API.',
  }),
  seats: Type.Array(
    Type.Object({
      application: Type.String(),
      remaining: Type.Optional(Type.Integer({ description: 'Absent: no limit, or not told.' })),
    }),
  ),
  fingerprint: FingerprintView,
  observedAt: Type.Optional(Instant),
  accounts: Type.Integer(),
  claimed: Type.Integer({ description: 'Accounts that a connection manages.' }),
  unclaimed: Type.Integer({ description: 'Accounts that nobody here manages.' }),
  missing: Type.Integer({ description: 'Managed accounts that the last observation did not find.' }),
  unboundGroups: Type.Integer({ description: 'Groups that no connection is tied to.' }),
})
export type TargetView = Static<typeof TargetView>

export const TargetList = Type.Object({ targets: Type.Array(TargetView) })
export type TargetList = Static<typeof TargetList>

export const ConfirmTarget = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 100, description: 'Of the fingerprint, as it was shown.' }) },
  { additionalProperties: false },
)
export type ConfirmTarget = Static<typeof ConfirmTarget>

/** An account that nobody here manages. */
export const UnclaimedAccount = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  displayName: Type.String(),
  email: Type.Optional(Type.String()),
  active: Type.Boolean(),
  lastSignInAt: Type.Optional(
    Type.Integer({ description: 'UTC milliseconds; absent: never, or the product does not tell.' }),
  ),
  own: Type.Boolean({ description: 'Rollcall signs in with it.' }),
})
export type UnclaimedAccount = Static<typeof UnclaimedAccount>

export const UnclaimedPage = Type.Object({
  accounts: Type.Array(UnclaimedAccount),
  total: Type.Integer({ description: 'Of everything that matches.' }),
  nextAfter: Type.Optional(Type.Integer()),
})
export type UnclaimedPage = Static<typeof UnclaimedPage>

export const UnboundGroup = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  members: Type.Integer({ description: 'Direct ones, as last observed.' }),
})
export type UnboundGroup = Static<typeof UnboundGroup>

export const UnboundGroupPage = Type.Object({
  groups: Type.Array(UnboundGroup),
  total: Type.Integer({ description: 'Of everything that matches.' }),
  nextAfter: Type.Optional(Type.Integer()),
})
export type UnboundGroupPage = Static<typeof UnboundGroupPage>

export const UnclaimedQuery = Type.Object(
  {
    search: Type.Optional(Type.String({ maxLength: 200, description: 'Part of a name or e-mail address.' })),
    active: Type.Optional(Type.Boolean({ description: 'Only active accounts, or only others.' })),
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  },
  { additionalProperties: false },
)
export type UnclaimedQuery = Static<typeof UnclaimedQuery>

export const UnboundGroupQuery = Type.Object(
  {
    search: Type.Optional(Type.String({ maxLength: 200, description: 'Part of a name.' })),
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  },
  { additionalProperties: false },
)
export type UnboundGroupQuery = Static<typeof UnboundGroupQuery>
