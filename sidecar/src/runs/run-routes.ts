import '../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { RunPage, RunProgress, RunView, StartedRun, StartRun } from '@rollcall/contract/api/runs'
import Type from 'typebox'
import { callerOfRequest } from '../access/authenticate.ts'
import { findConnection } from '../connections/find-connection.ts'
import type { Instant, RunId } from '../identity/ids.ts'
import { Problem } from '../problem/problem.ts'
import type { Store } from '../store/open-database.ts'
import { lookUpPerson } from './look-up-person.ts'
import type { RunService } from './run-service.ts'
import { runProblems } from './scheduling/run-problems.ts'
import { sendEvents } from './send-events.ts'
import { viewRuns } from './views/run-view.ts'
import type { RunWorker } from './worker/run-worker.ts'

export interface RunRouteOptions {
  readonly store: Store
  readonly runs: RunService
  readonly worker: RunWorker
  readonly now: () => Instant
}

const RunNumber = Type.Object({ run: Type.Integer({ minimum: 1 }) })
const Connection = Type.Object({ connection: Type.String({ minLength: 1, maxLength: 100 }) })

/** Starting, following, cancelling and looking back at runs. */
export const runRoutes: FastifyPluginAsyncTypebox<RunRouteOptions> = async (app, options) => {
  const { store, runs, worker, now } = options
  const { db } = store

  const viewRun = async (run: number): Promise<RunView> => {
    const [view] = await viewRuns(db, { run: run as RunId, limit: 1 })
    if (view) return view
    throw new Problem(runProblems.run_unknown, `There is no run with the number ${run}.`)
  }

  app.post(
    '/connections/:connection/runs',
    {
      schema: {
        summary: 'Synchronize, or only plan',
        params: Connection,
        body: StartRun,
        response: { 202: StartedRun },
      },
      config: { audit: { action: 'run.start', keep: ['mode', 'full', 'user'] } },
    },
    async (request, reply) => {
      const { id } = await findConnection(db, request.params.connection)
      const { mode, full, user } = request.body
      const caller = callerOfRequest(request)
      const subjects = user === undefined ? undefined : await [await lookUpPerson(worker, id, user, now())]
      const runId = await runs.enqueue(id, { mode, full, subjects, trigger: 'manual', requestedBy: caller.name })
      return reply.code(202).send({ runId })
    },
  )

  app.get(
    '/runs',
    {
      schema: {
        summary: 'The latest runs, newest first',
        querystring: Type.Object(
          {
            connection: Type.Optional(Type.String({ maxLength: 100 })),
            before: Type.Optional(Type.Integer({ minimum: 1, description: 'Only runs with a smaller number.' })),
            limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
          },
          { additionalProperties: false },
        ),
        response: { 200: RunPage },
      },
    },
    async ({ query }) => {
      const connection = query.connection ? (await findConnection(db, query.connection)).id : undefined
      const found = await viewRuns(db, { connection, before: query.before, limit: query.limit + 1 })
      const page = found.slice(0, query.limit)
      const last = page.at(-1)
      return { runs: page, ...(found.length > page.length && last && { nextBefore: last.id }) }
    },
  )

  app.get(
    '/runs/:run',
    { schema: { summary: 'One run', params: RunNumber, response: { 200: RunView } } },
    async ({ params }) => viewRun(params.run),
  )

  app.get(
    '/runs/:run/progress',
    { schema: { summary: 'How far a run is', params: RunNumber, response: { 200: RunProgress } } },
    async ({ params }) => {
      const view = await viewRun(params.run)
      const ended = { runId: view.id, connection: view.connection.slug, state: view.state, done: 0 }
      return view.state === 'finished' ? ended : (runs.progressOf(view.id as RunId) ?? ended)
    },
  )

  app.get(
    '/runs/:run/events',
    { schema: { summary: 'How far a run is, as server-sent events until it ends', params: RunNumber } },
    async (request, reply) => {
      const view = await viewRun(request.params.run)
      const about = view.id as RunId
      return sendEvents(request, reply, {
        about,
        runs,
        view: () => viewRun(about),
        finished: view.state === 'finished',
      })
    },
  )

  app.get('/events', { schema: { summary: 'How far all runs are, as server-sent events' } }, async (request, reply) =>
    sendEvents(request, reply, { about: 'all', runs, view: viewRun, finished: false }),
  )

  app.post(
    '/runs/:run/cancel',
    {
      schema: {
        summary: 'Let requests under way finish and send nothing more',
        params: RunNumber,
        response: { 202: RunView },
      },
      config: { audit: { action: 'run.cancel' } },
    },
    async (request, reply) => {
      await runs.cancel(request.params.run as RunId)
      return reply.code(202).send(await viewRun(request.params.run))
    },
  )
}
