import '../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { SessionView, SignIn } from '@rollcall/contract/api/session'
import Type from 'typebox'
import { httpProblems } from '../http/http-problems.ts'
import { Problem } from '../problem/problem.ts'
import type { AccessStore } from './access-store.ts'
import { sessionCookie } from './authenticate.ts'
import { csrfTokenOf } from './token.ts'

interface Options {
  readonly access: AccessStore
  /** The listener is reached over TLS: the cookie is then `Secure`. */
  readonly secure: boolean
}

/**
 * Signing in, outside the authenticated scope: an admin token is exchanged at once for our own cookie,
 * which no script can read and no other site can send.
 */
export const sessionRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { access, secure }) => {
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const

  app.post(
    '/session',
    {
      schema: { summary: 'Sign in with an admin token', body: SignIn, response: { 200: SessionView } },
      config: { rateLimit: { max: 10, timeWindow: '1 minute' }, audit: { action: 'session.open' } },
    },
    async (request, reply) => {
      const { session, name, expiresAt } = await access.openSession(request.body.token)
      request.audited = { subject: name }
      reply.setCookie(sessionCookie, session, { ...cookie, expires: new Date(expiresAt) })
      return { signedInAs: name, csrfToken: csrfTokenOf(session), expiresAt }
    },
  )

  app.get('/session', { schema: { summary: 'Who is signed in', response: { 200: SessionView } } }, async (request) => {
    const session = request.cookies[sessionCookie]
    const caller = session && (await access.callerOfSession(session))
    if (!caller) throw new Problem(httpProblems.not_signed_in, 'Nobody is signed in.')
    return { signedInAs: caller.name, csrfToken: csrfTokenOf(session), expiresAt: caller.expiresAt }
  })

  // Signing out needs no CSRF token: SameSite keeps other sites' requests from carrying the cookie.
  app.delete(
    '/session',
    {
      schema: { summary: 'Sign out', response: { 204: Type.Null() } },
      config: { audit: { action: 'session.close' } },
    },
    async (request, reply) => {
      const session = request.cookies[sessionCookie]
      const caller = session && (await access.callerOfSession(session))
      if (caller) request.audited = { subject: caller.name }
      if (session) await access.closeSession(session)
      return reply.clearCookie(sessionCookie, cookie).code(204).send(null)
    },
  )
}
