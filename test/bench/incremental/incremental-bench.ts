import { join } from 'node:path'
import { databasePath } from '@rollcall/sidecar/service-settings'
import type { Bench, BenchOptions, Measurement } from '../bench.ts'
import { median } from '../median.ts'
import type { PlanInput, PlannedRound } from '../planning/plan-rollcall.ts'
import type { JiraHandlers } from '../processes/jira.ts'
import type { Replayed, ReplayInput } from '../processes/replay.ts'
import { type RunningServer, runProgram, startServer } from '../processes/start-process.ts'
import type { TenantHandlers } from '../processes/tenant.ts'
import type { RollcallReading } from '../reading/read-rollcall.ts'
import { operationsOf } from '../service/open-service.ts'
import type { StateInput, StateSize } from '../states/make-state.ts'
import type { World } from '../states/world.ts'
import type { IncrementalInput, IncrementalRun } from './run-incremental.ts'

const latencyMs = 20

interface Round {
  readonly changes: number
  readonly ours: IncrementalRun
  readonly graphRequests: number
  readonly bare: Replayed
}

interface Setup {
  readonly tenant: RunningServer<TenantHandlers>
  /** Jiras that are equal: ours, and the floor's. */
  readonly bareJiraUrl: string
  readonly world: World
  readonly options: BenchOptions
}

export const incrementalBench: Bench = {
  name: 'incremental',
  does: '100 changes at 100,000 people, 10,000 groups and 1,000,000 memberships: Graph delta, plan, execution',
  async run(options) {
    const tenant = await startServer<TenantHandlers>(new URL('../processes/tenant.ts', import.meta.url))
    const jira = await startServer<JiraHandlers>(new URL('../processes/jira.ts', import.meta.url))
    const bareJira = await startServer<JiraHandlers>(new URL('../processes/jira.ts', import.meta.url))
    try {
      const world = await prepare(tenant, jira, options)
      const bareJiraUrl = await bareJira.call('start', { like: databasePath(world.dataFolder), latencyMs })
      const setup: Setup = { tenant, bareJiraUrl, world, options }
      const rounds: Round[] = []
      let made = 0
      // Fewer people allow fewer of them to leave in a day: more would be held.
      const few = options.scale === 1 ? 100 : 20
      for (const changes of [...Array.from({ length: options.rounds }, () => few), 4 * few]) {
        rounds.push(await round(setup, changes, made))
        made += changes
      }
      return measurements(rounds)
    } finally {
      for (const server of [tenant, jira, bareJira]) server.close()
    }
  },
}

/** A tenant that was read, a Jira to which everything of it was applied, and a store that knows both. */
async function prepare(
  tenant: RunningServer<TenantHandlers>,
  jira: RunningServer<JiraHandlers>,
  { scale, folder, say }: BenchOptions,
): Promise<World> {
  const dataFolder = join(folder, 'incremental')
  const facts = await tenant.call('start', {
    users: 100_000 * scale,
    groups: 10_000 * scale,
    memberships: 1_000_000 * scale,
  })
  const unreachable: World = { dataFolder, tenant: facts, jiraUrl: 'http://127.0.0.1:9', concurrency: 16 }
  await runProgram<World, RollcallReading>(new URL('../reading/read-rollcall.ts', import.meta.url), unreachable)
  const state = await runProgram<StateInput, StateSize>(new URL('../states/make-state.ts', import.meta.url), {
    world: unreachable,
    target: 'settled',
  })
  const jiraUrl = await jira.call('start', { like: databasePath(dataFolder), latencyMs })
  const world: World = { ...unreachable, jiraUrl }
  const { operations } = await runProgram<PlanInput, PlannedRound>(
    new URL('../planning/plan-rollcall.ts', import.meta.url),
    { world, round: 0 },
  )
  if (operations > 0) throw new Error(`Before any change ${operations} operations were planned.`)
  say(`${state.people} people, ${state.groups} groups, ${state.memberships} memberships, flattened ${state.effective}`)
  return world
}

async function round(setup: Setup, changes: number, from: number): Promise<Round> {
  const { tenant, world, options } = setup
  const file = join(options.folder, 'incremental.jsonl')
  await tenant.call('change', { count: changes, from })
  const before = await tenant.call('countRequests', undefined)
  const ours = await runProgram<IncrementalInput, IncrementalRun>(new URL('./run-incremental.ts', import.meta.url), {
    world,
    requests: file,
  })
  const graphRequests = (await tenant.call('countRequests', undefined)) - before
  const bare = await runProgram<ReplayInput, Replayed>(new URL('../processes/replay.ts', import.meta.url), {
    file,
    origin: setup.bareJiraUrl,
    concurrency: world.concurrency,
  })
  if (ours.form !== 'delta' || ours.outcome !== 'succeeded') {
    throw new Error(`The run did not go through: ${JSON.stringify(ours)}`)
  }
  options.say(
    `${changes} changes in ${ours.seconds.toFixed(2)} s: ${graphRequests} requests to Graph, ${ours.jiraRequests} to Jira for ${textOf(ours)}; bare ${bare.seconds.toFixed(2)} s`,
  )
  return { changes, ours, graphRequests, bare }
}

const textOf = ({ plan }: IncrementalRun): string =>
  Object.entries(operationsOf(plan.counts))
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')

function measurements(rounds: readonly Round[]): Measurement[] {
  const hundred = rounds.slice(0, -1)
  const more = rounds.slice(-1)
  const jira = (of: readonly Round[]) => median(of.map(({ ours, changes }) => ours.jiraRequests / changes))
  return [
    {
      what: `run of ${hundred[0]?.changes} changes`,
      unit: 's',
      value: median(hundred.map(({ ours }) => ours.seconds)),
      rounds: hundred.map(({ ours }) => ours.seconds),
      floor: median(hundred.map(({ bare }) => bare.seconds)),
      aim: { of: 'value', atMost: 2 },
      note: 'the floor sends only the requests to Jira',
    },
    {
      what: 'requests to Jira per change',
      unit: 'requests',
      value: jira(hundred),
      rounds: hundred.map(({ ours }) => ours.jiraRequests),
      aim: { of: 'value', atMost: 4 },
    },
    {
      what: 'the same with four times the changes',
      unit: 'requests',
      value: jira(more),
      rounds: more.map(({ ours }) => ours.jiraRequests),
      aim: { of: 'value', atMost: 4 },
      note: 'what every run asks once is spread over more changes',
    },
    {
      what: 'requests to Graph',
      unit: 'requests',
      value: median(hundred.map(({ graphRequests }) => graphRequests)),
      rounds: rounds.map(({ graphRequests }) => graphRequests),
      aim: { of: 'value', atMost: 20 },
    },
  ]
}
