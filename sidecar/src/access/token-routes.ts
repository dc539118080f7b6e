import '../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CreatedToken, NewToken } from '@rollcall/contract/api/session'
import type { AccessStore } from './access-store.ts'

/** Making admin tokens, for who is an administrator already. */
export const tokenRoutes: FastifyPluginAsyncTypebox<{ access: AccessStore }> = async (app, { access }) => {
  app.post(
    '/tokens',
    {
      schema: { summary: 'Make an admin token', body: NewToken, response: { 201: CreatedToken } },
      config: { audit: { action: 'token.create', keep: ['name', 'expiresInDays'] } },
    },
    async (request, reply) => {
      const { name, expiresInDays } = request.body
      const { token, expiresAt } = await access.createToken(name, expiresInDays)
      return reply.code(201).send({ name, token, ...(expiresAt !== undefined && { expiresAt }) })
    },
  )
}
