import type { FastifyInstance } from 'fastify'
import type { Instant } from '../identity/ids.ts'
import type { ScimLogBuffer } from '../state/scim/scim-log.ts'
import { callOf } from './scim-call.ts'

/** Every answer below /scim carries these; what a provider pushes is nothing for caches or for browsers. */
const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const

/** One row of the provisioning log for each request of a client; what a write stored is logged with it already. */
export function logRequests(app: FastifyInstance, log: Pick<ScimLogBuffer, 'add'>, now: () => Instant): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const call = callOf(request)
    if (call !== undefined && !call.isLogged) log.add(call.entry(reply.statusCode, now()))
    done()
  })
}
