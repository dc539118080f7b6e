import '../../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AnnouncementList,
  type AnnouncementView,
  NewAnnouncement,
  StoredAnnouncement,
} from '@rollcall/contract/api/announcements'
import Type from 'typebox'
import { callerOfRequest } from '../../access/authenticate.ts'
import { findConnection } from '../../connections/find-connection.ts'
import type { ConnectionId, Instant } from '../../identity/ids.ts'
import { compileExpression } from '../../planning/compile-expression.ts'
import { Problem } from '../../problem/problem.ts'
import {
  dropAnnouncement,
  listAnnouncements,
  sourceGroupsCalled,
  storeAnnouncement,
} from '../../state/announcements/announcements.ts'
import type { Store } from '../../store/open-database.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { limitProblems } from './limit-problems.ts'

export interface AnnouncementRouteOptions {
  readonly store: Store
  readonly now: () => Instant
}

const AnnouncementNumber = Type.Object({ announcement: Type.Integer({ minimum: 1 }) })
const AnnouncementQuery = Type.Object(
  { connection: Type.Optional(Type.String({ maxLength: 100, description: 'Slug.' })) },
  { additionalProperties: false },
)

/** Who is about to leave, so that the limits do not count them. */
export const announcementRoutes: FastifyPluginAsyncTypebox<AnnouncementRouteOptions> = async (app, { store, now }) => {
  const { db } = store

  app.get(
    '/announcements',
    {
      schema: {
        summary: 'Announced leavings, those that are over included, oldest first',
        querystring: AnnouncementQuery,
        response: { 200: AnnouncementList },
      },
    },
    async ({ query }) => {
      const connection = query.connection === undefined ? undefined : (await findConnection(db, query.connection)).id
      return { announcements: (await listAnnouncements(db, connection)).map(viewAnnouncement) }
    },
  )

  app.post(
    '/announcements',
    {
      schema: {
        summary: 'Announce that people leave: the limits do not count them',
        body: NewAnnouncement,
        response: { 201: StoredAnnouncement },
      },
      config: {
        audit: {
          action: 'announcement.add',
          keep: ['connection', 'group', 'filter', 'people', 'from', 'until', 'reason'],
        },
      },
    },
    async (request, reply) => {
      const { body } = request
      const { people, from, until, reason } = body
      const { id: connection } = await findConnection(db, body.connection)
      if (until <= from || until <= now()) {
        throw new Problem(limitProblems.announcement_window, 'The window ends before it begins, or is over already.')
      }
      const whom = await readWhom(db, connection, body)
      const by = callerOfRequest(request).name
      const announcement = { connection, ...whom, people, from, until, reason, by }
      const id = await transaction(db, (trx) => storeAnnouncement(trx, announcement, now()))
      return reply.code(201).send({ id })
    },
  )

  app.delete(
    '/announcements/:announcement',
    {
      schema: {
        summary: 'Take an announcement back: the next plan counts who leaves',
        params: AnnouncementNumber,
        response: { 204: Type.Null() },
      },
      config: { audit: { action: 'announcement.remove' } },
    },
    async ({ params: { announcement } }, reply) => {
      const dropped = await transaction(db, (trx) => dropAnnouncement(trx, announcement))
      if (!dropped) {
        throw new Problem(
          limitProblems.announcement_unknown,
          `There is no announcement with the number ${announcement}.`,
        )
      }
      return reply.code(204).send(null)
    },
  )
}

/** @throws Problem for a group that is unknown or one of several, and for an expression at its character. */
async function readWhom(db: Db, connection: ConnectionId, asked: NewAnnouncement) {
  if ('filter' in asked) {
    compileExpression(asked.filter, 'filter', 'condition')
    return { group: undefined, filter: asked.filter }
  }
  const [group, other] = await sourceGroupsCalled(db, connection, asked.group)
  if (group === undefined || other !== undefined) {
    const what = group === undefined ? 'No source group is' : 'Several source groups are'
    throw new Problem(limitProblems.announcement_group_unclear, `${what} called ${asked.group}.`)
  }
  return { group, filter: undefined }
}

const viewAnnouncement = (row: Awaited<ReturnType<typeof listAnnouncements>>[number]): AnnouncementView => ({
  id: row.id,
  connection: { slug: row.connection_slug, name: row.connection_name },
  ...(row.source_group !== null && { group: row.source_group }),
  ...(row.filter !== null && { filter: row.filter }),
  people: row.people,
  from: row.from_at,
  until: row.until_at,
  reason: row.reason,
  by: row.announced_by,
  at: row.announced_at,
})
