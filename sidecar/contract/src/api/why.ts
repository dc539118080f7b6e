import Type, { type Static } from 'typebox'

const Instant = Type.Integer({ description: 'UTC milliseconds.' })
const Named = Type.Object({ slug: Type.String(), name: Type.String() })

export const WhyVerdict = Type.Union(
  [Type.Literal('has'), Type.Literal('gets'), Type.Literal('loses'), Type.Literal('hasNot')],
  { description: 'There and staying; there after the next plan; gone after it; neither there nor wanted.' },
)
export type WhyVerdict = Static<typeof WhyVerdict>

/** The first rule that kept something away, or the first thing that keeps it from being done. */
export const WhyObstacle = Type.Object({
  code: Type.String(),
  message: Type.String({ description: 'One sentence: what keeps it away.' }),
  remedy: Type.String({ description: 'One sentence: what would change it.' }),
  planId: Type.Optional(Type.Integer()),
  runId: Type.Optional(Type.Integer()),
})
export type WhyObstacle = Static<typeof WhyObstacle>

/** An operation of the journal that was done. */
export const WhyChange = Type.Object({
  runId: Type.Integer(),
  planId: Type.Integer(),
  operation: Type.String({ description: 'Kind.' }),
  description: Type.String(),
  at: Instant,
})
export type WhyChange = Static<typeof WhyChange>

const ofEverything = {
  verdict: WhyVerdict,
  because: Type.Array(Type.String(), { description: 'Sentences: what gives it, or keeps it.' }),
  obstacle: Type.Optional(WhyObstacle),
  waitsFor: Type.Optional(WhyObstacle),
  lastChange: Type.Optional(WhyChange),
}

const Provenance = Type.Object({
  how: Type.String({ description: 'created, adopted; of a membership: added, adopted, initial.' }),
  since: Instant,
  change: Type.Optional(WhyChange),
})

const Rule = Type.Object({ key: Type.String({ description: 'Key of the policy.' }), value: Type.String() })

export const WhyAccount = Type.Object({
  ...ofEverything,
  name: Type.Optional(Type.String()),
  active: Type.Optional(Type.Boolean({ description: 'Of the account as it is; absent: there is none.' })),
  claim: Type.Optional(Provenance),
})
export type WhyAccount = Static<typeof WhyAccount>

export const WhyAttribute = Type.Object({
  ...ofEverything,
  name: Type.String(),
  value: Type.Optional(Type.String({ description: 'As the account has it.' })),
  wanted: Type.Optional(Type.String({ description: 'As the policy would have it.' })),
  rules: Type.Array(Rule),
  reads: Type.Array(Type.Object({ attribute: Type.String(), value: Type.Optional(Type.String()) }), {
    description: 'What the expression reads of the person at the identity provider.',
  }),
})
export type WhyAttribute = Static<typeof WhyAttribute>

export const WhyMembership = Type.Object({
  ...ofEverything,
  group: Type.String({ description: 'Group of the product.' }),
  path: Type.Array(Type.Object({ externalId: Type.String(), name: Type.String() }), {
    description: "Groups at the identity provider: the person's own first, the mapped one last.",
  }),
  through: Type.Optional(
    Type.String({ description: 'Not a member itself, but of this group, which the product has in it.' }),
  ),
  rules: Type.Array(Rule),
  grant: Type.Optional(Provenance),
})
export type WhyMembership = Static<typeof WhyMembership>

/** One person by one connection on one target. */
export const WhyTarget = Type.Object({
  target: Named,
  /** Present when nothing can be said: the state of one side is not whole, or the policy makes no sense of it. */
  problem: Type.Optional(Type.Object({ code: Type.String(), message: Type.String(), remedy: Type.String() })),
  account: Type.Optional(WhyAccount),
  attributes: Type.Array(WhyAttribute),
  memberships: Type.Array(WhyMembership),
})
export type WhyTarget = Static<typeof WhyTarget>

/** Somebody whom a connection knows, with every target that it provisions. */
export const WhyPerson = Type.Object({
  connection: Named,
  externalId: Type.String(),
  userName: Type.String(),
  displayName: Type.Optional(Type.String()),
  active: Type.Boolean(),
  targets: Type.Array(WhyTarget),
})
export type WhyPerson = Static<typeof WhyPerson>

/** What a product has under the name and none of these people claims. */
export const WhyOtherAccount = Type.Object({
  target: Named,
  name: Type.String(),
  displayName: Type.String(),
  active: Type.Boolean(),
  groups: Type.Array(Type.String()),
  claimedBy: Type.Optional(
    Type.Object(
      { connection: Named, userName: Type.String() },
      { description: 'Somebody else whose account it is; absent: no connection manages it.' },
    ),
  ),
})
export type WhyOtherAccount = Static<typeof WhyOtherAccount>

export const WhyView = Type.Object({
  user: Type.String(),
  group: Type.Optional(Type.String()),
  people: Type.Array(WhyPerson, { description: 'Empty: no connection knows anybody by this name.' }),
  accounts: Type.Array(WhyOtherAccount),
})
export type WhyView = Static<typeof WhyView>

export const WhyQuery = Type.Object(
  {
    user: Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'Login name or id at the provider, user name in the product, or e-mail address.',
    }),
    group: Type.Optional(
      Type.String({ minLength: 1, maxLength: 500, description: 'Only this group: of the product or of the provider.' }),
    ),
    connection: Type.Optional(Type.String({ maxLength: 100, description: 'Slug.' })),
    target: Type.Optional(Type.String({ maxLength: 100, description: 'Slug.' })),
  },
  { additionalProperties: false },
)
export type WhyQuery = Static<typeof WhyQuery>
