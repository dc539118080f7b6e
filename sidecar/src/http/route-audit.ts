/** What the record says of a route that changes something. */
export interface RouteAudit {
  /** `plan.apply`: see docs/audit.md. */
  readonly action: string
  /** Keys of body and query that are recorded: never one that may hold a secret. */
  readonly keep?: readonly string[]
}

/** What a handler knows and the request does not say. */
export interface Audited {
  readonly subject?: string
  readonly before?: unknown
  readonly after?: unknown
  readonly detail?: Readonly<Record<string, unknown>>
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route with a method that may change something has one; `nothing`: it changes nothing all the same. */
    audit?: RouteAudit | 'nothing'
  }
  interface FastifyRequest {
    audited: Audited | undefined
  }
}
