import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Trust } from '../access/authenticate.ts'
import type { RouteAudit } from '../http/route-audit.ts'
import type { Instant } from '../identity/ids.ts'
import type { AuditEvent } from '../state/audit/audit-entry.ts'
import type { AuditTrail } from '../state/audit/audit-trail.ts'
import { type Db, transaction } from '../store/transaction.ts'

export interface AuditRequestsOptions {
  readonly db: Db
  readonly trail: AuditTrail
  readonly now: () => Instant
  /** `socket`: everybody who asks is the command line on this machine, whatever address the request seems to have. */
  readonly trust: Trust
}

/**
 * Records every request that may change something, with how it ended, before its answer is sent: who hears that something was
 * done finds it in the record. Requests that nobody signed are not recorded, but for signing in, which is limited: else
 * anybody could fill the record.
 */
export function auditRequests(app: FastifyInstance, { db, trail, now, trust }: AuditRequestsOptions): void {
  app.decorateRequest('audited', undefined)
  app.addHook('onSend', async (request, reply) => {
    const audit = request.routeOptions.config.audit
    if (audit === undefined || audit === 'nothing') return
    if (request.caller === undefined && reply.statusCode === 401 && audit.action !== 'session.open') return
    await transaction(db, (trx) => trail.record(trx, [eventOf(request, audit, reply.statusCode, trust)], now()))
  })
}

function eventOf(request: FastifyRequest, { action, keep = [] }: RouteAudit, status: number, trust: Trust): AuditEvent {
  const { subject, before, after, detail } = request.audited ?? {}
  const said = { ...paramsOf(request), ...kept(request.query, keep), ...kept(request.body, keep), ...detail, status }
  return {
    action,
    actor: { name: request.caller?.name ?? 'nobody', from: trust === 'socket' ? 'socket' : request.ip },
    ...(subject !== undefined && { subject }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    detail: said,
  }
}

const paramsOf = ({ params }: FastifyRequest): Record<string, unknown> => (isRecord(params) ? params : {})

const kept = (from: unknown, keys: readonly string[]): Record<string, unknown> =>
  isRecord(from) ? Object.fromEntries(keys.flatMap((key) => (key in from ? [[key, from[key]]] : []))) : {}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
