import '../../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ExceptionList, type ExceptionView, NewException, StoredException } from '@rollcall/contract/api/exceptions'
import Type from 'typebox'
import { callerOfRequest } from '../../access/authenticate.ts'
import { findTarget } from '../../connections/find-connection.ts'
import type { Instant, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { Problem } from '../../problem/problem.ts'
import {
  accountNamed,
  dropException,
  isWantedName,
  listExceptions,
  storeException,
} from '../../state/exceptions/exceptions.ts'
import type { Store } from '../../store/open-database.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { limitProblems } from './limit-problems.ts'

export interface ExceptionRouteOptions {
  readonly store: Store
  readonly now: () => Instant
}

const ExceptionNumber = Type.Object({ exception: Type.Integer({ minimum: 1 }) })
const ExceptionQuery = Type.Object(
  { target: Type.Optional(Type.String({ maxLength: 100, description: 'Slug.' })) },
  { additionalProperties: false },
)

/** Whom, or which membership, to leave alone. */
export const exceptionRoutes: FastifyPluginAsyncTypebox<ExceptionRouteOptions> = async (app, { store, now }) => {
  const { db } = store

  app.get(
    '/exceptions',
    {
      schema: {
        summary: 'Accounts and memberships that are left alone, oldest first',
        querystring: ExceptionQuery,
        response: { 200: ExceptionList },
      },
    },
    async ({ query }) => {
      const target = query.target === undefined ? undefined : (await findTarget(db, query.target)).id
      return { exceptions: (await listExceptions(db, target)).map(viewException) }
    },
  )

  app.post(
    '/exceptions',
    {
      schema: {
        summary: 'Leave an account, or its membership in one group, alone; said again it replaces what was said',
        body: NewException,
        response: { 201: StoredException },
      },
      config: { audit: { action: 'exception.add', keep: ['target', 'user', 'group', 'reason', 'until'] } },
    },
    async (request, reply) => {
      const { target: slug, user, group, reason, until } = request.body
      const { id: target, name } = await findTarget(db, slug)
      if (until !== undefined && until <= now()) {
        throw new Problem(limitProblems.exception_ended, `${new Date(until).toISOString()} has passed already.`)
      }
      await checkNames(db, { id: target, name }, user, group)
      const by = callerOfRequest(request).name
      const id = await transaction(db, (trx) =>
        storeException(trx, { target, name: user, group, reason, by, until }, now()),
      )
      return reply.code(201).send({ id })
    },
  )

  app.delete(
    '/exceptions/:exception',
    {
      schema: {
        summary: 'Remove an exception: what is due is planned by the next run',
        params: ExceptionNumber,
        response: { 204: Type.Null() },
      },
      config: { audit: { action: 'exception.remove' } },
    },
    async ({ params }, reply) => {
      const dropped = await transaction(db, (trx) => dropException(trx, params.exception, now()))
      if (!dropped) {
        throw new Problem(limitProblems.exception_unknown, `There is no exception with the number ${params.exception}.`)
      }
      return reply.code(204).send(null)
    },
  )
}

/** A typing mistake would protect nobody, and nobody would know. */
async function checkNames(
  db: Db,
  target: { readonly id: TargetId; readonly name: string },
  user: string,
  group: string | undefined,
): Promise<void> {
  if (!(await accountNamed(db, target.id, user)) && !(await isWantedName(db, target.id, user))) {
    throw new Problem(limitProblems.exception_account_unknown, `${target.name} has no account ${user}.`)
  }
  if (group === undefined) return
  const found = await db
    .selectFrom('target_group')
    .select('id')
    .where('target_id', '=', target.id)
    .where('name_key', '=', nameKey(group))
    .executeTakeFirst()
  if (!found) throw new Problem(limitProblems.exception_group_unknown, `${target.name} has no group ${group}.`)
}

const viewException = (row: Awaited<ReturnType<typeof listExceptions>>[number]): ExceptionView => ({
  id: row.id,
  target: { slug: row.target_slug, name: row.target_name },
  user: row.current_name ?? row.name,
  ...(row.group_name !== null && { group: row.group_name }),
  reason: row.reason,
  by: row.excepted_by,
  at: row.excepted_at,
  ...(row.until_at !== null && { until: row.until_at }),
})
