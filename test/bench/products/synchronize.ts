import type { RunOutcome } from '@rollcall/contract/api/runs'
import { applyConfiguration } from '@rollcall/sidecar/connections/configuration/apply-configuration'
import { parseConfiguration } from '@rollcall/sidecar/connections/configuration/parse-configuration'
import { createService, type Service } from '@rollcall/sidecar/service'
import { createServiceLog } from '@rollcall/sidecar/service-log'
import { program } from '../processes/program.ts'
import { recordRequests } from '../processes/record-requests.ts'
import type { TenantFacts } from '../processes/tenant.ts'
import type { ProductFacts } from './product.ts'

export interface SynchronizeInput {
  readonly dataFolder: string
  readonly tenant: TenantFacts
  readonly products: readonly ProductFacts[]
  readonly concurrency: number
  /** Where the requests go that were sent to the only product, from the first write on. */
  readonly requests?: string
}

export interface Synchronized {
  /** Reading, planning and applying. */
  readonly seconds: number
  /** From the first write to the end, and the requests of that time; where they were recorded. */
  readonly executed: { readonly seconds: number; readonly requests: number } | undefined
  readonly outcome: RunOutcome
  readonly problems: readonly string[]
  readonly applied: number
  /** Operations of a second plan, of all targets. */
  readonly secondPlan: number
}

const unlimited = { count: 10_000_000, percent: 100 }

/** One run of a fresh service: it reads the tenant once and provisions every product. */
program(async ({ dataFolder, tenant, products, concurrency, requests }: SynchronizeInput): Promise<Synchronized> => {
  Object.assign(process.env, { BENCH_CLIENT_SECRET: tenant.clientSecret })
  for (const { secrets } of products) Object.assign(process.env, secrets)
  const service = await createService({ dataFolder, log: createServiceLog('error') })
  await configure(service, { tenant, products, concurrency })
  const [product] = products
  const recorded = requests === undefined || !product ? undefined : recordRequests(product.origin)
  const { seconds, ...first } = await run(service)
  const ended = performance.now()
  const executed =
    recorded && requests !== undefined
      ? {
          seconds: (ended - (recorded.firstWriteAt() ?? ended)) / 1000,
          requests: recorded.save(requests, 'firstWrite'),
        }
      : undefined
  const second = await run(service)
  await service.close()
  return { seconds, executed, ...first, secondPlan: second.planned }
})

async function configure(
  { store: { db } }: Service,
  { tenant, products, concurrency }: Pick<SynchronizeInput, 'tenant' | 'products' | 'concurrency'>,
): Promise<void> {
  const { url, tenantId, clientId } = tenant
  const configuration = {
    version: 1,
    targets: products.map(({ target }) => ({ ...target, concurrency })),
    connections: [
      {
        name: 'Entra',
        provider: 'entra',
        settings: { tenantId, clientId, clientSecret: '${BENCH_CLIENT_SECRET}', loginUrl: url, graphUrl: url },
        policies: products.map(({ target }) => ({
          target: target.name,
          groups: { mode: 'onTheFly' },
          guard: { creates: unlimited },
        })),
      },
    ],
  }
  const parsed = parseConfiguration(JSON.stringify(configuration))
  if (parsed.kind === 'invalid') throw parsed.problems[0] ?? new Error('The configuration is invalid.')
  await applyConfiguration(db, parsed.configuration, { file: 'bench', prune: false, now: Date.now() })
  // An administrator would agree to the first plan of each target; then all of them are applied by one run.
  await db.updateTable('policy').set({ first_approved_at: Date.now() }).execute()
}

async function run({ store: { db }, runs }: Service) {
  const { id: connection } = await db.selectFrom('connection').select('id').executeTakeFirstOrThrow()
  const started = performance.now()
  const id = await runs.enqueue(connection, { mode: 'synchronize', trigger: 'manual', requestedBy: 'bench' })
  const outcome = await runs.ended(id)
  const seconds = (performance.now() - started) / 1000
  const legs = await db
    .selectFrom('leg')
    .leftJoin('plan', 'plan.id', 'leg.plan_id')
    .select(['leg.problem', 'plan.counts'])
    .where('leg.run_id', '=', id)
    .execute()
  const counts = legs.flatMap(({ counts }) => Object.values(JSON.parse(counts ?? '{}') as Counts))
  const sum = (of: (status: string) => boolean) =>
    counts
      .flatMap((byStatus) => Object.entries(byStatus))
      .reduce((total, [status, n]) => total + (of(status) ? n : 0), 0)
  return {
    seconds,
    outcome,
    problems: legs.flatMap(({ problem }) => problem ?? []),
    planned: sum(() => true),
    applied: sum((status) => status === 'applied'),
  }
}

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>
