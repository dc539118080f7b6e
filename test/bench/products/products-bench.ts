import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type ProductKind, productKinds, productLabels } from '../../products/products.ts'
import type { Bench, BenchOptions, Measurement } from '../bench.ts'
import type { Replayed, ReplayInput } from '../processes/replay.ts'
import { type RunningServer, runProgram, startServer } from '../processes/start-process.ts'
import type { TenantFacts, TenantHandlers, TenantSize } from '../processes/tenant.ts'
import type { ProductFacts, ProductHandlers } from './product.ts'
import type { Synchronized, SynchronizeInput } from './synchronize.ts'

const latencyMs = 20
/** So few that the latency is what is waited for, and not the two cores of a small machine. */
const concurrency = 8

interface Alone {
  readonly kind: ProductKind
  readonly ours: Synchronized
  readonly bare: Replayed
}

export const productsBench: Bench = {
  name: 'products',
  does: '10,000 people from one reading into Jira, Confluence, Bitbucket, Crowd and Jira Cloud that answer in 20 ms',
  async run(options) {
    const size = sizeOf(options.scale)
    const tenant = await startServer<TenantHandlers>(new URL('../processes/tenant.ts', import.meta.url))
    try {
      const facts = await tenant.call('start', size)
      const alone: Alone[] = []
      for (const kind of productKinds) alone.push(await provisionAlone(kind, facts, size, options))
      const together = await withProducts(productKinds, facts, (products) =>
        synchronize({ tenant: facts, products }, size, options),
      )
      options.say(`all five: ${together.applied} operations in ${together.seconds.toFixed(1)} s`)
      return measurements(size, alone, together)
    } finally {
      tenant.close()
    }
  },
}

const sizeOf = (scale: number): TenantSize => ({
  users: Math.round(10_000 * scale),
  groups: Math.max(10, Math.round(200 * scale)),
  memberships: Math.round(20_000 * scale),
})

interface Running {
  readonly facts: ProductFacts
  readonly server: RunningServer<ProductHandlers>
}

/** Each in a process of its own. */
async function withProducts<T>(
  kinds: readonly ProductKind[],
  tenant: TenantFacts,
  action: (products: readonly Running[]) => Promise<T>,
): Promise<T> {
  const servers = await Promise.all(
    kinds.map(async (kind) => {
      const server = await startServer<ProductHandlers>(new URL('./product.ts', import.meta.url))
      return { server, facts: await server.call('start', { kind, latencyMs, domain: tenant.domain }) }
    }),
  )
  try {
    return await action(servers)
  } finally {
    for (const { server } of servers) server.close()
  }
}

interface Synchronizing {
  readonly tenant: TenantFacts
  readonly products: readonly Running[]
  readonly requests?: string
}

async function synchronize(
  { tenant, products, requests }: Synchronizing,
  size: TenantSize,
  { folder }: BenchOptions,
): Promise<Synchronized> {
  const dataFolder = join(folder, 'products')
  const input = { dataFolder, tenant, products: products.map(({ facts }) => facts), concurrency }
  const done = await runProgram<SynchronizeInput, Synchronized>(
    new URL('./synchronize.ts', import.meta.url),
    requests === undefined ? input : { ...input, requests },
  )
  rmSync(dataFolder, { recursive: true })
  for (const running of products) await check(running, size, done)
  return done
}

/** Fast and wrong would be no result. */
async function check({ facts, server }: Running, size: TenantSize, done: Synchronized): Promise<void> {
  const { accounts, memberships } = await server.call('count', undefined)
  const violations = await server.call('violations', undefined)
  // Some people of a made-up tenant are disabled or guests, and some memberships are theirs.
  const wrong = accounts < size.users * 0.8 || memberships < size.memberships * 0.5 || violations.length > 0
  if (wrong || done.outcome !== 'succeeded') {
    const found = { kind: facts.kind, accounts, memberships, violations, done }
    throw new Error(`A product is not as planned: ${JSON.stringify(found)}`)
  }
}

async function provisionAlone(
  kind: ProductKind,
  tenant: TenantFacts,
  size: TenantSize,
  options: BenchOptions,
): Promise<Alone> {
  const requests = join(options.folder, `${kind}.jsonl`)
  const ours = await withProducts([kind], tenant, (products) =>
    synchronize({ tenant, products, requests }, size, options),
  )
  const bare = await withProducts([kind], tenant, ([product]) =>
    runProgram<ReplayInput, Replayed>(new URL('../processes/replay.ts', import.meta.url), {
      file: requests,
      origin: product?.facts.origin ?? '',
      concurrency,
    }),
  )
  rmSync(requests)
  options.say(
    `${kind}: ${ours.seconds.toFixed(1)} s, of which ${ours.executed?.requests} requests from the first write on ${ours.executed?.seconds.toFixed(1)} s, bare ${bare.seconds.toFixed(1)} s (${bare.refused} refused)`,
  )
  return { kind, ours, bare }
}

function measurements(size: TenantSize, alone: readonly Alone[], together: Synchronized): Measurement[] {
  const slowest = alone.toSorted((one, other) => other.ours.seconds - one.ours.seconds)[0]
  const floor = slowest?.ours.seconds ?? Number.NaN
  const shape = `${size.users} people, ${size.groups} groups, ${size.memberships} memberships`
  return [
    {
      what: 'all five products from one reading',
      unit: 's',
      value: together.seconds,
      rounds: [together.seconds],
      floor,
      ratio: together.seconds / floor,
      aim: { of: 'ratio', atMost: 1.5 },
      note: `${shape}: ${together.applied} operations; floor: the slowest alone, ${slowest ? productLabels[slowest.kind] : ''}`,
    },
    {
      what: 'operations of the second plan for all five',
      unit: 'times',
      value: together.secondPlan,
      rounds: [together.secondPlan],
      aim: { of: 'value', atMost: 0 },
    },
    ...alone.map(executor),
  ]
}

function executor({ kind, ours, bare }: Alone): Measurement {
  const { requests, seconds } = ours.executed ?? { requests: Number.NaN, seconds: Number.NaN }
  const [rate, floor] = [requests / seconds, bare.requests / bare.seconds]
  return {
    what: `${productLabels[kind]}, ${concurrency} requests at once`,
    unit: 'requests/s',
    value: rate,
    rounds: [rate],
    floor,
    ratio: rate / floor,
    aim: { of: 'ratio', atLeast: 0.9 },
    note: `${requests} requests; bare: the same ones, ${bare.refused} of them refused`,
  }
}
