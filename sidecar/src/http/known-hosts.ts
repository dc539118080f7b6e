import type { FastifyInstance } from 'fastify'
import { Problem } from '../problem/problem.ts'
import { httpProblems } from './http-problems.ts'

/**
 * Refuses requests for hosts that the listener does not answer for: a page elsewhere that resolves its own name
 * to loopback (DNS rebinding) must not reach the API. `hosts` are names without port, lower case.
 */
export function onlyKnownHosts(app: FastifyInstance, hosts: ReadonlySet<string>): void {
  app.addHook('onRequest', async (request) => {
    if (hosts.has(request.hostname.toLowerCase())) return
    throw new Problem(httpProblems.host_unknown, 'The request is for a host that this listener does not answer for.')
  })
}
