import Type, { type Static } from 'typebox'

export const SignIn = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
)
export type SignIn = Static<typeof SignIn>

/** The session itself is a cookie that no script can read; `csrfToken` goes into the header `x-rollcall-csrf` of every write. */
export const SessionView = Type.Object({
  signedInAs: Type.String({ description: 'Name of the admin token.' }),
  csrfToken: Type.String(),
  expiresAt: Type.Integer({ description: 'UTC milliseconds.' }),
})
export type SessionView = Static<typeof SessionView>

export const NewToken = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
  },
  { additionalProperties: false },
)
export type NewToken = Static<typeof NewToken>

export const CreatedToken = Type.Object({
  name: Type.String(),
  token: Type.String({ description: 'Shown this once; only its hash is kept.' }),
  expiresAt: Type.Optional(Type.Integer()),
})
export type CreatedToken = Static<typeof CreatedToken>
