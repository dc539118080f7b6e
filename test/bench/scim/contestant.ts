/** A running server that the client can measure. */
export interface Contestant {
  readonly name: ContestantName
  /** Requests go below it. */
  readonly baseUrl: string
  readonly token: string
  readonly stock: Stock
}

export type ContestantName = 'rollcall' | 'rollcall of 200,000' | 'bare' | 'scimmy-routers' | 'saml-jackson'

/** What is in the store before anything is measured. */
export interface Stock {
  /** Ids of users in no group that is measured. */
  readonly users: readonly string[]
  /** Ids of users who are in the large groups. */
  readonly members: readonly string[]
  /** Groups by their size. */
  readonly groups: Readonly<Record<GroupSize, string>>
}

export type GroupSize = 'small' | 'large'

/** How much of everything there is. */
export interface StockSize {
  readonly users: number
  readonly groups: Readonly<Record<GroupSize, number>>
}

export const userName = (index: number): string => `person${index}@example.com`

/** A user as Entra ID sends one. */
export const userBody = (name: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
  externalId: `external-${name}`,
  userName: name,
  active: true,
  displayName: `Person ${name}`,
  title: 'Engineer',
  emails: [{ primary: true, type: 'work', value: name }],
  name: { formatted: `Person ${name}`, familyName: name, givenName: 'Person' },
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Engines', employeeNumber: name },
})

export const groupBody = (displayName: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName,
})

export const patchBody = (...Operations: readonly unknown[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
})
