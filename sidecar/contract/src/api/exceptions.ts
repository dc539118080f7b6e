import Type, { type Static } from 'typebox'

/** "Leave this account alone", or its membership in one group. */
export const ExceptionView = Type.Object({
  id: Type.Integer(),
  target: Type.Object({ slug: Type.String(), name: Type.String() }),
  user: Type.String({ description: 'User name of the account.' }),
  group: Type.Optional(
    Type.String({ description: 'Only the membership in this group; without it the whole account.' }),
  ),
  reason: Type.String(),
  by: Type.String(),
  at: Type.Integer({ description: 'UTC milliseconds.' }),
  until: Type.Optional(Type.Integer({ description: 'When it ends by itself, in UTC milliseconds.' })),
})
export type ExceptionView = Static<typeof ExceptionView>

export const ExceptionList = Type.Object({ exceptions: Type.Array(ExceptionView) })
export type ExceptionList = Static<typeof ExceptionList>

export const NewException = Type.Object(
  {
    target: Type.String({ maxLength: 100, description: 'Slug.' }),
    user: Type.String({ minLength: 1, maxLength: 255, description: 'User name of the account.' }),
    group: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: 'Name of a group of the product.' })),
    reason: Type.String({ minLength: 1, maxLength: 500 }),
    until: Type.Optional(Type.Integer({ minimum: 0, description: 'UTC milliseconds.' })),
  },
  { additionalProperties: false },
)
export type NewException = Static<typeof NewException>

export const StoredException = Type.Object({ id: Type.Integer() })
export type StoredException = Static<typeof StoredException>
