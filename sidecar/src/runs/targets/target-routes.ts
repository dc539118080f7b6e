import '../../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  ConfirmTarget,
  TargetList,
  UnboundGroupPage,
  UnboundGroupQuery,
  UnclaimedPage,
  UnclaimedQuery,
} from '@rollcall/contract/api/targets'
import Type from 'typebox'
import { findTarget } from '../../connections/find-connection.ts'
import type { TargetId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import { fingerprintState } from '../../state/runs/target-fingerprint.ts'
import { acceptFingerprint } from '../../state/runs/target-identity.ts'
import { findUnbound, findUnclaimed } from '../../state/unclaimed/find-unclaimed.ts'
import type { Store } from '../../store/open-database.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { viewTargets } from '../views/target-view.ts'
import { targetRouteProblems } from './target-route-problems.ts'

export interface TargetRouteOptions {
  readonly store: Store
}

const Slug = Type.Object({ slug: Type.String({ minLength: 1, maxLength: 100 }) })

/** The products: what they say about themselves, and who is in them that nobody here manages. */
export const targetRoutes: FastifyPluginAsyncTypebox<TargetRouteOptions> = async (app, { store }) => {
  const { db } = store

  app.get('/targets', { schema: { summary: 'Configured targets', response: { 200: TargetList } } }, async () => ({
    targets: await viewTargets(db),
  }))

  app.post(
    '/targets/:slug/confirm',
    {
      schema: {
        summary: 'Say that a changed target is the right one: its plans are no longer held for that reason',
        params: Slug,
        body: ConfirmTarget,
        response: { 204: Type.Null() },
      },
      config: { audit: { action: 'target.confirm', keep: ['code'] } },
    },
    async (request, reply) => {
      const { id, name } = await findTarget(db, request.params.slug)
      const changes = await confirm(db, { id, name }, request.body.code)
      request.audited = { subject: name, detail: { changes } }
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/targets/:slug/unclaimed',
    {
      schema: {
        summary: 'Accounts of a target that nobody here manages',
        params: Slug,
        querystring: UnclaimedQuery,
        response: { 200: UnclaimedPage },
      },
    },
    async ({ params, query }) => {
      const { id } = await findTarget(db, params.slug)
      const own = await ownAccountOf(db, id)
      const { search, active, after = 0, limit } = query
      const found = await findUnclaimed(db, id, { search: search || undefined, active, after, limit })
      return {
        accounts: found.items.map(({ key, email, lastSignInAt, ...account }) => ({
          ...account,
          ...(email !== undefined && { email }),
          ...(lastSignInAt !== undefined && { lastSignInAt }),
          own: key === own,
        })),
        total: found.total,
        ...(found.nextAfter !== undefined && { nextAfter: found.nextAfter }),
      }
    },
  )

  app.get(
    '/targets/:slug/unbound-groups',
    {
      schema: {
        summary: 'Groups of a target that no connection is tied to',
        params: Slug,
        querystring: UnboundGroupQuery,
        response: { 200: UnboundGroupPage },
      },
    },
    async ({ params, query }) => {
      const { id } = await findTarget(db, params.slug)
      const { search, after = 0, limit } = query
      const { items, total, nextAfter } = await findUnbound(db, id, { search: search || undefined, after, limit })
      return { groups: [...items], total, ...(nextAfter !== undefined && { nextAfter }) }
    },
  )
}

/** Only what whoever confirms has seen; gives what it was. */
const confirm = (db: Db, { id, name }: { id: TargetId; name: string }, code: string): Promise<readonly string[]> =>
  transaction(db, async (trx) => {
    const row = await trx
      .selectFrom('target')
      .select(['fingerprint', 'description'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const state = fingerprintState(row.fingerprint, row.description)
    if (state.kind !== 'changed') {
      throw new Problem(targetRouteProblems.target_not_changed, `${name} is as it was when it was connected.`)
    }
    if (state.code !== code) {
      throw new Problem(targetRouteProblems.target_not_as_shown, `${name} is not what ${code} names.`)
    }
    await acceptFingerprint(trx, id, state.now)
    return state.changes
  })

async function ownAccountOf(db: Db, target: TargetId): Promise<string | undefined> {
  const { description } = await db
    .selectFrom('target')
    .select('description')
    .where('id', '=', target)
    .executeTakeFirstOrThrow()
  return description === null ? undefined : JSON.parse(description).ownAccount?.key
}
