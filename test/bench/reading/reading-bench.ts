import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createUserMapping } from '@rollcall/sidecar/sources/graph/map-user'
import { groupsLink } from '@rollcall/sidecar/sources/graph/read-groups'
import type { Bench, BenchOptions, Measurement } from '../bench.ts'
import { computing } from '../computing.ts'
import { median } from '../median.ts'
import type { Stop } from '../probes/event-loop.ts'
import type { Idle } from '../processes/idle.ts'
import { serviceFlags } from '../processes/service-flags.ts'
import { type RunningServer, runProgram, startServer } from '../processes/start-process.ts'
import type { TenantFacts, TenantHandlers } from '../processes/tenant.ts'
import { nowhere, type World } from '../states/world.ts'
import type { BareInput, BareResult } from './read-bare.ts'
import type { RollcallReading } from './read-rollcall.ts'

interface Round {
  readonly bare: BareResult
  readonly first: RollcallReading
  readonly unchanged: RollcallReading
  /** Longest stop of a process that did nothing meanwhile: what the machine itself takes. */
  readonly idle: { readonly first: Stop; readonly unchanged: Stop }
}

interface Setup {
  readonly tenant: RunningServer<TenantHandlers>
  readonly idle: RunningServer<Idle>
  readonly facts: TenantFacts
  readonly options: BenchOptions
}

export const readingBench: Bench = {
  name: 'reading',
  does: 'reads a tenant by Graph and stores it: 100,000 people, 10,000 groups, 1,000,000 memberships',
  async run(options) {
    const { scale, rounds, say } = options
    const tenant = await startServer<TenantHandlers>(new URL('../processes/tenant.ts', import.meta.url))
    const idle = await startServer<Idle>(new URL('../processes/idle.ts', import.meta.url))
    try {
      const facts = await tenant.call('start', {
        users: 100_000 * scale,
        groups: 10_000 * scale,
        memberships: 1_000_000 * scale,
      })
      const setup = { tenant, idle, facts, options }
      const { pages, entries } = await readBare(facts)
      say(`${pages} pages of Graph with ${entries} entries, rendered beforehand`)
      const plain: Round[] = []
      for (let n = 0; n < rounds; n += 1) plain.push(await round(setup))
      await tenant.call('delay', { ms: 100 })
      const late: Round[] = []
      // Waiting is the same every time: the median of fewer rounds says as much.
      for (let n = 0; n < Math.ceil(rounds / 2); n += 1) late.push(await round(setup))
      return measurements(plain, late)
    } finally {
      tenant.close()
      idle.close()
    }
  },
}

/** Floor, first load and unchanged tenant one after the other: what the machine does meanwhile happens to all of them. */
async function round({ idle, facts, options }: Setup): Promise<Round> {
  const dataFolder = join(options.folder, 'reading')
  const world: World = { ...nowhere, dataFolder, tenant: facts, concurrency: 8 }
  const bare = await readBare(facts)
  const [first, idleFirst] = await beside(idle, () => readRollcall(world))
  const [unchanged, idleUnchanged] = await beside(idle, () => readRollcall(world))
  rmSync(dataFolder, { recursive: true })
  const { added } = first.summary.identities
  if (added === 0 || unchanged.summary.identities.changed + unchanged.summary.memberships.added > 0) {
    throw new Error(`The second reading is not unchanged: ${JSON.stringify(unchanged.summary)}`)
  }
  options.say(
    `bare ${bare.seconds.toFixed(2)} s, first load ${first.seconds.toFixed(2)} s, unchanged ${unchanged.seconds.toFixed(2)} s`,
  )
  return { bare, first, unchanged, idle: { first: idleFirst, unchanged: idleUnchanged } }
}

const readRollcall = (world: World) =>
  runProgram<World, RollcallReading>(new URL('./read-rollcall.ts', import.meta.url), world, serviceFlags)

function readBare(tenant: TenantFacts): Promise<BareResult> {
  const { select } = createUserMapping({ attributes: [] })
  const input: BareInput = { tenant, users: `/v1.0/users/delta?$select=${select}`, groups: `/v1.0${groupsLink}` }
  return runProgram(new URL('./read-bare.ts', import.meta.url), input)
}

async function beside<T>(idle: RunningServer<Idle>, action: () => Promise<T>): Promise<[T, Stop]> {
  await idle.call('begin', undefined)
  const result = await action()
  return [result, await idle.call('end', undefined)]
}

function measurements(plain: readonly Round[], late: readonly Round[]): Measurement[] {
  const all = [...plain, ...late].flatMap(({ first, unchanged, idle }) => [
    { reading: first, idle: idle.first },
    { reading: unchanged, idle: idle.unchanged },
  ])
  const stops = all.map(({ reading }) => reading.longestStop)
  const peaks = all.map(({ reading }) => reading.peakMB)
  const worst = stops.toSorted((a, b) => b.ms - a.ms)[0]
  return [
    duration('each page after 100 ms, first load', late, 'first', 1.2),
    duration('each page after 100 ms, unchanged', late, 'unchanged', 1.2),
    duration('no delay, first load', plain, 'first', 8),
    duration('no delay, unchanged', plain, 'unchanged', 3),
    {
      what: 'peak memory of any reading',
      unit: 'MB',
      value: Math.max(...peaks),
      rounds: peaks,
      aim: { of: 'value', atMost: 450 },
    },
    {
      what: 'longest stop of the event loop',
      unit: 'ms',
      value: median(stops.map(({ ms }) => ms)),
      rounds: stops.map(({ ms }) => ms),
      floor: median(all.map(({ idle }) => idle.ms)),
      aim: { of: 'value', atMost: 50 },
      note: `median of the longest stops of all readings, beside an idle process; the worst of all ${worst?.ms.toFixed(0)} ms, ${worst?.cpuMs.toFixed(0)} ms of it computing`,
    },
  ]
}

function duration(what: string, rounds: readonly Round[], which: 'first' | 'unchanged', atMost: number): Measurement {
  return {
    what,
    unit: 's',
    value: median(rounds.map((round) => round[which].seconds)),
    rounds: rounds.map((round) => round[which].seconds),
    floor: median(rounds.map(({ bare }) => bare.seconds)),
    ratio: median(rounds.map((round) => round[which].seconds / round.bare.seconds)),
    aim: { of: 'ratio', atMost },
    note: computing(
      rounds.map((round) => round[which].cpuSeconds),
      rounds.map(({ bare }) => bare.cpuSeconds),
    ),
  }
}
