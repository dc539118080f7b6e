import '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { httpProblems } from '../http/http-problems.ts'
import { Problem } from '../problem/problem.ts'
import type { AccessStore, Caller } from './access-store.ts'
import { csrfTokenOf, sameToken } from './token.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined
  }
}

export const sessionCookie = 'rollcall_session'
const readOnlyMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** `socket`: whoever may open the Unix socket (mode 0600) is the administrator; `network`: a session or an admin token. */
export type Trust = 'socket' | 'network'

/** Refuses every request of the scope that nobody signed; sets `request.caller` for the others. */
export function authenticateEveryRequest(app: FastifyInstance, access: AccessStore, trust: Trust): void {
  app.decorateRequest('caller', undefined)
  app.addHook('onRequest', async (request) => {
    request.caller = trust === 'socket' ? { name: 'command line' } : await callerOf(request, access)
  })
}

/** The caller of an authenticated route. */
export function callerOfRequest(request: FastifyRequest): Caller {
  if (!request.caller) throw new Problem(httpProblems.not_signed_in, 'Nobody is signed in.')
  return request.caller
}

async function callerOf(request: FastifyRequest, access: AccessStore): Promise<Caller> {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const session = request.cookies[sessionCookie]
  const caller = bearer ? await access.callerOfToken(bearer) : session && (await access.callerOfSession(session))
  if (!caller) throw new Problem(httpProblems.not_signed_in, 'Nobody is signed in, or the session has ended.')
  // A bearer token is never sent by a browser on its own; a cookie is, so a cookie needs the second proof.
  if (!bearer && session && !readOnlyMethods.has(request.method)) requireCsrfToken(request, session)
  return { name: caller.name }
}

function requireCsrfToken(request: FastifyRequest, session: string): void {
  const given = request.headers['x-rollcall-csrf']
  if (typeof given === 'string' && sameToken(given, csrfTokenOf(session))) return
  throw new Problem(httpProblems.csrf_token_missing, 'The request does not carry the CSRF token of its session.')
}
