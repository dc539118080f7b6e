import '../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  CreatedScimToken,
  NewScimToken,
  RotateScimToken,
  ScimLogPage,
  ScimLogQuery,
  ScimView,
} from '@rollcall/contract/api/scim'
import Type from 'typebox'
import { callerOfRequest } from '../access/authenticate.ts'
import { findConnection } from '../connections/find-connection.ts'
import type { Instant, RunId } from '../identity/ids.ts'
import { Problem } from '../problem/problem.ts'
import { plansOfRuns } from '../state/scim/plans-of-runs.ts'
import { findScimLog } from '../state/scim/scim-log.ts'
import type { Db } from '../store/transaction.ts'
import type { Scim } from './open-scim.ts'
import type { ScimOrigin } from './scim-address.ts'
import { scimAdminProblems } from './scim-admin-problems.ts'
import type { ScimConnection } from './scim-connection.ts'
import { viewIssuedToken, viewPushed, viewScimRequest } from './view-pushed.ts'

export interface ScimAdminOptions {
  readonly scim: Scim
  readonly db: Db
  readonly now: () => Instant
  readonly scimOrigin: () => ScimOrigin
}

const Slug = Type.String({ minLength: 1, maxLength: 100 })
const Connection = Type.Object({ slug: Slug })
const Token = Type.Object({ slug: Slug, tokenId: Type.String({ minLength: 1, maxLength: 100 }) })

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Address, tokens and provisioning log of the connections that identity providers push into; for administrators. */
export const scimAdminRoutes: FastifyPluginAsyncTypebox<ScimAdminOptions> = async (app, options) => {
  const { scim, db, now, scimOrigin } = options
  const endOf = (days: number | undefined) => (days === undefined ? undefined : now() + days * dayMs)

  app.get(
    '/connections/:slug/scim',
    { schema: { summary: 'What to enter at a provider that pushes', params: Connection, response: { 200: ScimView } } },
    async ({ params }) => viewPushed(scim, db, await findPushed(options, params.slug), scimOrigin(), now()),
  )

  app.post(
    '/connections/:slug/scim/tokens',
    {
      schema: {
        summary: 'Make a SCIM token',
        params: Connection,
        body: NewScimToken,
        response: { 201: CreatedScimToken },
      },
      config: { audit: { action: 'token.create', keep: ['label', 'expiresInDays'] } },
    },
    async (request, reply) => {
      const connection = await findPushed(options, request.params.slug)
      const { label, expiresInDays } = request.body
      const createdBy = callerOfRequest(request).name
      const issued = await scim.tokens.create(connection.id, { label, createdBy, expiresAt: endOf(expiresInDays) })
      return reply.code(201).send(viewIssuedToken(scim, connection.id, issued, now()))
    },
  )

  app.post(
    '/connections/:slug/scim/tokens/:tokenId/rotate',
    {
      schema: {
        summary: 'Make a SCIM token that follows another',
        params: Token,
        body: RotateScimToken,
        response: { 201: CreatedScimToken },
      },
      config: { audit: { action: 'token.rotate', keep: ['overlapHours', 'expiresInDays'] } },
    },
    async (request, reply) => {
      const connection = await findPushed(options, request.params.slug)
      const { overlapHours, expiresInDays } = request.body
      const issued = await scim.tokens.rotate(
        connection.id,
        request.params.tokenId,
        { createdBy: callerOfRequest(request).name, expiresAt: endOf(expiresInDays) },
        overlapHours * hourMs,
      )
      return reply.code(201).send(viewIssuedToken(scim, connection.id, issued, now()))
    },
  )

  app.delete(
    '/connections/:slug/scim/tokens/:tokenId',
    {
      schema: { summary: 'Revoke a SCIM token', params: Token, response: { 204: Type.Null() } },
      config: { audit: { action: 'token.revoke' } },
    },
    async ({ params }, reply) => {
      const connection = await findPushed(options, params.slug)
      await scim.tokens.revoke(connection.id, params.tokenId)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/connections/:slug/scim/log',
    {
      schema: {
        summary: 'Requests of a provider that pushes, newest first',
        params: Connection,
        querystring: ScimLogQuery,
        response: { 200: ScimLogPage },
      },
    },
    async ({ params, query }) => {
      const connection = await findPushed(options, params.slug)
      await scim.flushLog()
      await scim.logDeliveries(connection.id)
      return logPage(db, connection, query)
    },
  )
}

/** By its slug; throws `connection_unknown`, and `connection_not_pushed` for one that is read. */
async function findPushed({ scim, db }: ScimAdminOptions, slug: string): Promise<ScimConnection> {
  const { id, name } = await findConnection(db, slug)
  const found = scim.connections.find(slug)
  if (found?.id === id) return found
  throw new Problem(
    scimAdminProblems.connection_not_pushed,
    `The connection ${name} is not one that its provider pushes into.`,
  )
}

const none = 0 as RunId

/** One more than asked for is looked up: whether there is another page is known without counting. */
async function logPage(db: Db, { id }: ScimConnection, { before, outcome, limit }: ScimLogQuery): Promise<ScimLogPage> {
  const onlyFailed = outcome === 'refused'
  const found = await findScimLog(db, { connection: id, before, onlyFailed, limit: limit + 1 })
  const shown = found.slice(0, limit)
  const plans = await plansOfRuns(
    db,
    shown.flatMap(({ run }) => run ?? []),
  )
  const entries = shown.map((entry) => viewScimRequest(entry, plans.get(entry.run ?? none) ?? []))
  const last = entries.at(-1)
  return { entries, ...(found.length > limit && last !== undefined && { nextBefore: last.id }) }
}
