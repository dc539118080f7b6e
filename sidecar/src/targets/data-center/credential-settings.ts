import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const secret = { minLength: 1, secret: true } as const

/** A user name and password. `administrator` completes "User name of …": "a Jira administrator". */
export const basicCredentials = (administrator: string) =>
  Type.Object(
    {
      method: Type.Literal('basic'),
      username: Type.String({ minLength: 1, description: `User name of ${administrator}.` }),
      password: Type.String({ ...secret, description: 'Password of that account.' }),
    },
    { ...closed, title: 'User name and password' },
  )

/** A personal access token, which acts with all rights of its user (Data Center, authentication). */
export const tokenCredentials = (administrator: string, title: string) =>
  Type.Object(
    {
      method: Type.Literal('pat'),
      token: Type.String({ ...secret, description: `Personal access token of ${administrator}.` }),
    },
    { ...closed, title },
  )

export type Credentials = Static<ReturnType<typeof basicCredentials>> | Static<ReturnType<typeof tokenCredentials>>

/** The value of the header `Authorization`. */
export function authorizationOf(credentials: Credentials): string {
  if (credentials.method === 'pat') return `Bearer ${credentials.token}`
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`
}
