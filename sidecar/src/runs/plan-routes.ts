import '../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  ApplyPlan,
  FindingPage,
  FindingQuery,
  OperationPage,
  OperationQuery,
  PlanView,
} from '@rollcall/contract/api/plans'
import { StartedRun } from '@rollcall/contract/api/runs'
import Type from 'typebox'
import { callerOfRequest } from '../access/authenticate.ts'
import type { Instant, PlanId } from '../identity/ids.ts'
import { Problem } from '../problem/problem.ts'
import { findPlan, type PlanHeader } from '../state/plans/find-plans.ts'
import type { Store } from '../store/open-database.ts'
import { reviewLastsMs } from './execution/approve-plan.ts'
import { executionProblems } from './execution/execution-problems.ts'
import type { RunService } from './run-service.ts'
import { viewFindings, viewOperations, viewPlan } from './views/plan-view.ts'

export interface PlanRouteOptions {
  readonly store: Store
  readonly runs: RunService
  readonly now: () => Instant
}

const PlanNumber = Type.Object({ plan: Type.Integer({ minimum: 1 }) })

/** Reading plans and executing exactly the one that was read. */
export const planRoutes: FastifyPluginAsyncTypebox<PlanRouteOptions> = async (app, { store, runs, now }) => {
  const { db } = store

  const planOf = async (id: number): Promise<PlanHeader> => {
    const plan = await findPlan(db, id as PlanId)
    if (plan) return plan
    throw new Problem(executionProblems.plan_unknown, `There is no plan with the number ${id}.`)
  }

  app.get(
    '/plans/:plan',
    { schema: { summary: 'A plan in numbers', params: PlanNumber, response: { 200: PlanView } } },
    async ({ params }) => {
      const plan = await planOf(params.plan)
      return viewPlan(db, plan, plan.asOf + reviewLastsMs, now())
    },
  )

  app.get(
    '/plans/:plan/operations',
    {
      schema: {
        summary: 'What a plan changes, in its order',
        params: PlanNumber,
        querystring: OperationQuery,
        response: { 200: OperationPage },
      },
    },
    async ({ params, query }) => viewOperations(db, (await planOf(params.plan)).id, query),
  )

  app.get(
    '/plans/:plan/findings',
    {
      schema: {
        summary: 'What could not or should not become an operation',
        params: PlanNumber,
        querystring: FindingQuery,
        response: { 200: FindingPage },
      },
    },
    async ({ params, query }) => viewFindings(db, await planOf(params.plan), query),
  )

  app.post(
    '/plans/:plan/apply',
    {
      schema: {
        summary: 'Execute exactly this plan; a held one only with `approve`',
        params: PlanNumber,
        body: ApplyPlan,
        response: { 202: StartedRun },
      },
      config: { audit: { action: 'plan.apply', keep: ['hash', 'approve'] } },
    },
    async (request, reply) => {
      const { id, leg } = await planOf(request.params.plan)
      const { hash, approve } = request.body
      const requestedBy = callerOfRequest(request).name
      const asked = { mode: 'apply', trigger: 'manual', requestedBy, planId: id, hash, approve } as const
      return reply.code(202).send({ runId: await runs.enqueue(leg.connection, asked) })
    },
  )
}
