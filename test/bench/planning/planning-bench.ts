import { join } from 'node:path'
import { databasePath } from '@rollcall/sidecar/service-settings'
import type { Bench, BenchOptions, Measurement } from '../bench.ts'
import { computing } from '../computing.ts'
import { median } from '../median.ts'
import type { JiraHandlers } from '../processes/jira.ts'
import { runProgram, startServer } from '../processes/start-process.ts'
import type { StateInput, StateSize } from '../states/make-state.ts'
import { nowhere, type World } from '../states/world.ts'
import type { BareComparison } from './compare-bare.ts'
import type { PlanInput, PlannedRound } from './plan-rollcall.ts'

interface Round {
  readonly bare: BareComparison
  readonly planned: PlannedRound
}

export const planningBench: Bench = {
  name: 'planning',
  does: 'plans with nothing changed: 100,000 people with 10 direct groups each, 10,000 groups, half of them nested',
  async run(options) {
    const jira = await startServer<JiraHandlers>(new URL('../processes/jira.ts', import.meta.url))
    try {
      const jiraUrl = await jira.call('start', { latencyMs: 0 })
      const single = await rounds(jiraUrl, options, 1)
      const double = await rounds(jiraUrl, options, 2)
      return measurements(single, double)
    } finally {
      jira.close()
    }
  },
}

async function rounds(jiraUrl: string, options: BenchOptions, times: number): Promise<Round[]> {
  const { scale, folder, say } = options
  const world: World = { ...nowhere, jiraUrl, dataFolder: join(folder, `planning-${times}`), concurrency: 8 }
  const size = {
    people: 100_000 * scale * times,
    groups: 10_000 * scale * times,
    groupsOfPerson: 10,
    nested: 5000 * scale * times,
  }
  const state = await runProgram<StateInput, StateSize>(new URL('../states/make-state.ts', import.meta.url), {
    world,
    desired: size,
    target: 'settled',
  })
  say(`${state.people} people, ${state.groups} groups, ${state.memberships} memberships, flattened ${state.effective}`)
  const first = await plan({ world, round: 0 })
  say(`first plan, which also stores who wants which account: ${first.seconds.toFixed(2)} s`)
  const done: Round[] = []
  for (let n = 1; n <= options.rounds; n += 1) {
    const bare = await runProgram<{ database: string }, BareComparison>(new URL('./compare-bare.ts', import.meta.url), {
      database: databasePath(world.dataFolder),
    })
    const planned = await plan({ world, round: n })
    if (bare.differences > 0 || planned.subjects < size.people) {
      throw new Error(`Not a plan over everybody with nothing changed: ${JSON.stringify({ bare, planned })}`)
    }
    say(
      `bare ${bare.seconds.toFixed(2)} s, planned ${planned.seconds.toFixed(2)} s with ${planned.memoryMB.toFixed(0)} MB`,
    )
    done.push({ bare, planned })
  }
  return done
}

async function plan(input: PlanInput): Promise<PlannedRound> {
  const planned = await runProgram<PlanInput, PlannedRound>(new URL('./plan-rollcall.ts', import.meta.url), input)
  if (planned.operations > 0) throw new Error(`Nothing changed, and yet ${planned.operations} operations were planned.`)
  return planned
}

function measurements(single: readonly Round[], double: readonly Round[]): Measurement[] {
  return [
    { ...time('nothing changed', single), aim: { of: 'value', atMost: 6 } },
    { ...memory('memory beside the start of the process', single), aim: { of: 'value', atMost: 250 } },
    time('twice the size', double),
    memory('memory, twice the size', double),
    growth('time of twice the size', single, double, 'seconds', 2.4),
    growth('memory of twice the size', single, double, 'memoryMB', 1.25),
  ]
}

const time = (what: string, rounds: readonly Round[]): Measurement => ({
  what,
  unit: 's',
  value: median(rounds.map(({ planned }) => planned.seconds)),
  rounds: rounds.map(({ planned }) => planned.seconds),
  floor: median(rounds.map(({ bare }) => bare.seconds)),
  ratio: median(rounds.map(({ bare, planned }) => planned.seconds / bare.seconds)),
  note: computing(
    rounds.map(({ planned }) => planned.cpuSeconds),
    rounds.map(({ bare }) => bare.cpuSeconds),
  ),
})

const memory = (what: string, rounds: readonly Round[]): Measurement => ({
  what,
  unit: 'MB',
  value: median(rounds.map(({ planned }) => planned.memoryMB)),
  rounds: rounds.map(({ planned }) => planned.memoryMB),
  floor: median(rounds.map(({ bare }) => bare.memoryMB)),
})

function growth(
  what: string,
  single: readonly Round[],
  double: readonly Round[],
  of: 'seconds' | 'memoryMB',
  atMost: number,
): Measurement {
  const value = median(double.map(({ planned }) => planned[of])) / median(single.map(({ planned }) => planned[of]))
  return { what, unit: 'times', value, rounds: [value], aim: { of: 'value', atMost } }
}
