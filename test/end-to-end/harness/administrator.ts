import { setTimeout as sleep } from 'node:timers/promises'
import type { ConfigurationReport, ConnectionList, ConnectionView } from '@rollcall/contract/api/connections'
import type { FindingPage, OperationPage, OperationView, PlanView } from '@rollcall/contract/api/plans'
import type { RunView, StartedRun, StartRun } from '@rollcall/contract/api/runs'
import type { Api } from './api.ts'

export type Administrator = ReturnType<typeof createAdministrator>

/** What an administrator does, over the API alone. `slug` is that of the only connection of most tests. */
export function createAdministrator(api: Api) {
  async function ended(run: number, withinMs = 30_000): Promise<RunView> {
    for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(15)) {
      const view = await api.call<RunView>('GET', `/runs/${run}`)
      if (view.state === 'finished') return view
    }
    throw new Error(`Run ${run} did not end within ${withinMs} ms.`)
  }

  const start = async (slug: string, request: Partial<StartRun>): Promise<number> =>
    (await api.call<StartedRun>('POST', `/connections/${slug}/runs`, request)).runId

  const plan = (id: number) => api.call<PlanView>('GET', `/plans/${id}`)

  async function operations(id: number): Promise<OperationView[]> {
    const found: OperationView[] = []
    for (let after: number | undefined = 0; after !== undefined; ) {
      const query: string = after === 0 ? '' : `&after=${after}`
      const page: OperationPage = await api.call('GET', `/plans/${id}/operations?limit=500${query}`)
      found.push(...page.operations)
      after = page.nextAfter
    }
    return found
  }

  async function approve(id: number): Promise<RunView> {
    const { hash = '' } = await plan(id)
    const { runId } = await api.call<StartedRun>('POST', `/plans/${id}/apply`, { hash, approve: true })
    return ended(runId)
  }

  const synchronize = async (slug = 'entra', request: Partial<StartRun> = {}, withinMs?: number) =>
    ended(await start(slug, request), withinMs)

  async function connection(slug = 'entra'): Promise<ConnectionView> {
    const { connections } = await api.call<ConnectionList>('GET', '/connections')
    const found = connections.find((each) => each.slug === slug)
    if (!found) throw new Error(`There is no connection ${slug}.`)
    return found
  }

  return {
    api,
    start,
    ended,
    plan,
    operations,
    approve,
    synchronize,
    connection,
    planOnly: async (slug = 'entra', request: Partial<StartRun> = {}) =>
      ended(await start(slug, { mode: 'plan', ...request })),
    findings: async (id: number) => (await api.call<FindingPage>('GET', `/plans/${id}/findings?limit=500`)).findings,
    configure: (text: string, prune = false) =>
      api.call<ConfigurationReport>('POST', `/configuration?prune=${prune}`, { text, fileName: 'rollcall.yaml' }),

    /** Synchronizes and approves whatever is held; gives back the last run. */
    async follow(slug = 'entra', request: Partial<StartRun> = {}): Promise<RunView> {
      const run = await synchronize(slug, request)
      const { legs } = await connection(slug)
      const hold = legs.find((leg) => leg.hold)?.hold
      return hold ? approve(hold.planId) : run
    },
  }
}

/** The only leg of a run with one target. */
export function onlyLeg(run: RunView): RunView['legs'][number] {
  const [leg, ...others] = run.legs
  if (!leg || others.length > 0) throw new Error(`Run ${run.id} has ${run.legs.length} legs: ${JSON.stringify(run)}`)
  return leg
}

/** The plan that a run made or applied. */
export function planOf(run: RunView): number {
  const { planId } = onlyLeg(run)
  if (planId === undefined) throw new Error(`Run ${run.id} made no plan: ${JSON.stringify(run)}`)
  return planId
}
