import type { AccessToken } from '../login/access-tokens.ts'
import type { Permission } from '../tenant/application.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { noPrivilege } from './graph-error.ts'

/** One call of Graph, whether it came alone or inside of a batch. */
export interface GraphRequest {
  readonly method: string
  /** Path after `/v1.0`, as it was written, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly header: (name: string) => string | undefined
  readonly body: unknown
  /** Where links in answers point to: `http://host:port/v1.0`. */
  readonly root: string
}

export interface GraphAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: object
}

export interface DeltaPageSize {
  /** Objects on a page of a delta round. */
  readonly objects: number
  /** Members on a page of a delta round, over all groups on it. */
  readonly members: number
  /** Members of one group on one page; the rest follows on later pages. */
  readonly slice: number
}

/** What a handler works with: the tenant, the rights of the caller and the settings of the simulator. */
export interface GraphContext {
  readonly tenant: Tenant
  readonly token: AccessToken
  readonly now: () => Date
  readonly deltaPage: DeltaPageSize
  /** Delta rounds sometimes repeat entities and replay earlier changes. */
  readonly replays: boolean
}

/** `arguments_` are the variable segments of the path, decoded. */
export type GraphHandler = (context: GraphContext, request: GraphRequest, arguments_: readonly string[]) => GraphAnswer

export const hasAny = ({ token }: GraphContext, permissions: readonly Permission[]): boolean =>
  permissions.some((permission) => token.permissions.has(permission))

export function requireAny(context: GraphContext, permissions: readonly Permission[]): void {
  if (!hasAny(context, permissions)) throw noPrivilege()
}

/** Which application permission opens what (Microsoft Graph, permissions; the last ones are the wider alternatives). */
export const rights = {
  users: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  groups: [
    'GroupMember.Read.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  applications: ['Application.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  hiddenMembers: ['Member.Read.Hidden'],
  /** Devices have their own permission, which nothing here grants: only the wide ones show them. */
  devices: ['Directory.Read.All', 'Directory.ReadWrite.All'],
} as const satisfies Record<string, readonly Permission[]>
