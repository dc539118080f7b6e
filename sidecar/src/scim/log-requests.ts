import type { FastifyInstance } from 'fastify'
import type { Instant } from '../identity/ids.ts'
import type { ScimLogBuffer } from '../state/scim/scim-log.ts'
import { scimHeaders } from './scim-answer.ts'
import { callOf } from './scim-call.ts'

/** One row of the provisioning log for each request of a client; what a write stored is logged with it already. */
export function logRequests(app: FastifyInstance, log: Pick<ScimLogBuffer, 'add'>, now: () => Instant): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(scimHeaders)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const call = callOf(request)
    if (call !== undefined && !call.isLogged) log.add(call.entry(reply.statusCode, now()))
    done()
  })
}
