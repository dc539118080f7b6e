/** Application permissions of Microsoft Graph that this simulator knows (Microsoft Graph, permissions). */
export const knownPermissions = [
  'User.Read.All',
  'User.ReadWrite.All',
  'GroupMember.Read.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'Application.Read.All',
  'Member.Read.Hidden',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
] as const
export type Permission = (typeof knownPermissions)[number]

export interface ClientSecret {
  readonly value: string
  /** ISO time; the secret works until then. */
  expiresAt: string
}

/** An app registration together with the consent that an administrator gave it. */
export interface Application {
  readonly clientId: string
  readonly displayName: string
  readonly secrets: ClientSecret[]
  /** PEM certificates. */
  readonly certificates: string[]
  permissions: Permission[]
}

export interface AppRoleAssignment {
  readonly id: string
  /** Handles of the user, group or service principal and of the enterprise app. */
  readonly principal: number
  readonly resource: number
  readonly appRoleId: string
  readonly createdDateTime: string
}
