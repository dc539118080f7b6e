import '../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AttributeList,
  CheckReport,
  ConnectionList,
  DoctorReport,
  LookupView,
  ServiceStatus,
} from '@rollcall/contract/api/connections'
import Type from 'typebox'
import { type Check, checkEverything, checkSteps } from '../connections/doctor.ts'
import { findConnection, findTarget } from '../connections/find-connection.ts'
import type { CheckStep } from '../identity/check-step.ts'
import type { ConnectionId, Instant } from '../identity/ids.ts'
import type { Store } from '../store/open-database.ts'
import { viewConnections } from './views/connection-view.ts'
import { viewLookup } from './views/lookup-view.ts'
import { viewStatus } from './views/status-view.ts'
import type { RunWorker } from './worker/run-worker.ts'

export interface ConnectionRouteOptions {
  readonly store: Store
  readonly worker: RunWorker
  readonly now: () => Instant
  /** What is known here of a connection that its provider pushes into; nothing for others. */
  readonly checkPushed: (connection: ConnectionId) => Promise<readonly CheckStep[]>
}

const Slug = Type.Object({ slug: Type.String({ minLength: 1, maxLength: 100 }) })

/** Configured identity providers and targets: how they are, and whether they can be reached. */
export const connectionRoutes: FastifyPluginAsyncTypebox<ConnectionRouteOptions> = async (app, options) => {
  const { store, worker, now, checkPushed } = options
  const { db } = store
  const check: Check = async (what, signal) => {
    const steps = await worker.run('check', what, { signal, progress: () => {} })
    return 'connection' in what ? [...steps, ...(await checkPushed(what.connection))] : steps
  }

  app.get('/status', { schema: { summary: 'The service in numbers', response: { 200: ServiceStatus } } }, async () =>
    viewStatus(db),
  )

  app.get(
    '/connections',
    { schema: { summary: 'Configured identity providers', response: { 200: ConnectionList } } },
    async () => ({ connections: await viewConnections(db, now()) }),
  )

  app.post(
    '/connections/:slug/check',
    {
      schema: { summary: 'Check an identity provider step by step', params: Slug, response: { 200: CheckReport } },
      config: { audit: 'nothing' },
    },
    async ({ params }) => report(await checkSteps(check, { connection: (await findConnection(db, params.slug)).id })),
  )

  app.post(
    '/targets/:slug/check',
    {
      schema: { summary: 'Check a target step by step', params: Slug, response: { 200: CheckReport } },
      config: { audit: 'nothing' },
    },
    async ({ params }) => report(await checkSteps(check, { target: (await findTarget(db, params.slug)).id })),
  )

  app.get(
    '/connections/:slug/lookup',
    {
      schema: {
        summary: 'One person at the identity provider, with direct groups',
        params: Slug,
        querystring: Type.Object(
          { user: Type.String({ minLength: 1, maxLength: 500 }) },
          { additionalProperties: false },
        ),
        response: { 200: LookupView },
      },
    },
    async ({ params, query }) => {
      const { id } = await findConnection(db, params.slug)
      const tools = { signal: AbortSignal.timeout(30_000), progress: () => {} }
      return viewLookup(db, id, await worker.run('lookup', { connection: id, who: query.user }, tools))
    },
  )

  app.get(
    '/connections/:slug/attributes',
    {
      schema: {
        summary: 'Attributes that people have at the identity provider, with a sample value',
        params: Slug,
        response: { 200: AttributeList },
      },
    },
    async ({ params }) => {
      const { id } = await findConnection(db, params.slug)
      const tools = { signal: AbortSignal.timeout(60_000), progress: () => {} }
      const attributes = await worker.run('attributes', { connection: id }, tools)
      return {
        attributes: attributes.map(({ sample, ...described }) => ({
          ...described,
          ...(sample !== undefined && { sample }),
        })),
      }
    },
  )

  app.get(
    '/doctor',
    { schema: { summary: 'Check everything that can be checked from here', response: { 200: DoctorReport } } },
    async () => {
      const checks = await checkEverything(db, check)
      return { checks: checks.map(({ subject, steps }) => ({ subject, steps: [...steps] })) }
    },
  )
}

const report = (steps: readonly CheckStep[]) => ({ ok: steps.every(({ ok }) => ok), steps: [...steps] })
