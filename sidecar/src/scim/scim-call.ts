import type { FastifyRequest } from 'fastify'
import type { Instant } from '../identity/ids.ts'
import type { ResourceTypeName } from '../scim-protocol/resource.ts'
import type { ScimType } from '../scim-protocol/scim-error.ts'
import type { ScimLogEntry } from '../state/scim/scim-log.ts'
import type { ScimConnection } from './scim-connection.ts'

/** What the provisioning log says about a request beyond method and status. Never a value of an attribute but the name. */
export interface CallNotes {
  readonly resourceType?: ResourceTypeName | undefined
  readonly id?: string | undefined
  /** userName or displayName. */
  readonly subjectName?: string | undefined
  /** Attributes that were written. */
  readonly attributes?: readonly string[] | undefined
  readonly scimType?: ScimType | undefined
  readonly detail?: string | undefined
}

/** One authenticated request. */
export interface ScimCall {
  readonly connection: ScimConnection
  /** Without trailing slash: `https://sync.example.com/scim/v2/entra`. */
  readonly baseUrl: string
  readonly notes: CallNotes
  /** Remembers for the provisioning log. */
  note(notes: CallNotes): void
  /** What is logged of the request when it ends with this status now. */
  entry(status: number, at: Instant): ScimLogEntry
  /** The entry is stored with the write itself. */
  logged(): void
  /** What follows is logged anew: another operation of a bulk request, or the whole of it. */
  renew(): void
  readonly isLogged: boolean
}

declare module 'fastify' {
  interface FastifyRequest {
    scimCall: ScimCall | undefined
  }
}

/** Undefined before the request is known to come from a client of ours. */
export const callOf = (request: FastifyRequest): ScimCall | undefined => request.scimCall

export function startCall(
  request: Pick<FastifyRequest, 'ip' | 'method' | 'id'>,
  connection: ScimConnection,
  tokenId: string | undefined,
  baseUrl: string,
): ScimCall {
  const startedAt = performance.now()
  let notes: CallNotes = {}
  let isLogged = false
  return {
    connection,
    baseUrl,
    get notes() {
      return notes
    },
    note(more) {
      notes = { ...notes, ...more }
    },
    entry: (status, at) => ({
      ...notes,
      connection: connection.id,
      at,
      tokenId,
      remoteAddress: request.ip,
      method: request.method,
      status,
      durationUs: Math.round((performance.now() - startedAt) * 1_000),
      requestId: request.id,
    }),
    logged() {
      isLogged = true
    },
    renew() {
      isLogged = false
      notes = {}
    },
    get isLogged() {
      return isLogged
    },
  }
}
