import Type, { type Static } from 'typebox'

/** Something stands still because somebody said so, beside what the configuration says. */
export const PauseView = Type.Object({
  id: Type.Integer(),
  what: Type.Union([Type.Literal('everything'), Type.Literal('connection'), Type.Literal('target')]),
  slug: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  by: Type.String(),
  at: Type.Integer({ description: 'UTC milliseconds.' }),
})
export type PauseView = Static<typeof PauseView>

export const PauseList = Type.Object({ pauses: Type.Array(PauseView) })
export type PauseList = Static<typeof PauseList>

const reason = Type.Optional(Type.String({ minLength: 1, maxLength: 500 }))
const slug = Type.String({ minLength: 1, maxLength: 100, description: 'Slug.' })
const closed = { additionalProperties: false } as const

/** What to pause; everything has to be said. */
export const NewPause = Type.Union([
  Type.Object({ everything: Type.Literal(true), reason }, closed),
  Type.Object({ connection: slug, reason }, closed),
  Type.Object({ target: slug, reason }, closed),
])
export type NewPause = Static<typeof NewPause>

export const StoredPause = Type.Object({ id: Type.Integer() })
export type StoredPause = Static<typeof StoredPause>
