import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Bench, BenchOptions, Measurement } from '../bench.ts'
import { median } from '../median.ts'
import type { JiraHandlers } from '../processes/jira.ts'
import type { Replayed, ReplayInput } from '../processes/replay.ts'
import { type RunningServer, runProgram, startServer } from '../processes/start-process.ts'
import type { DesiredSize } from '../states/fill-desired.ts'
import type { StateInput, StateSize } from '../states/make-state.ts'
import { nowhere, type World } from '../states/world.ts'
import type { Provisioned, ProvisionInput } from './provision.ts'

const latencyMs = 20

/** Few connections take many minutes for the whole shape, and each of them is like any other. */
const variants = [
  { concurrency: 32, share: 1, most: 1 },
  { concurrency: 8, share: 1 / 20, most: 2 },
] as const

interface Round {
  readonly ours: Provisioned
  readonly bare: Replayed
}

export const provisioningBench: Bench = {
  name: 'provisioning',
  does: 'first provisioning of 10,000 people, 1,000 groups and 200,000 memberships into a Jira that answers in 20 ms',
  async run(options) {
    const measurements: Measurement[] = []
    for (const { concurrency, share, most } of variants) {
      const size = sizeOf(options.scale * share)
      const rounds: Round[] = []
      for (let n = 0; n < Math.min(most, options.rounds); n += 1) rounds.push(await round(concurrency, size, options))
      measurements.push(measurement(concurrency, size, rounds))
    }
    return measurements
  },
}

const sizeOf = (scale: number): DesiredSize => ({
  people: Math.round(10_000 * scale),
  groups: Math.max(21, Math.round(1000 * scale)),
  groupsOfPerson: 20,
  nested: 0,
})

async function round(concurrency: number, size: DesiredSize, options: BenchOptions): Promise<Round> {
  const dataFolder = join(options.folder, 'provisioning')
  const requests = join(options.folder, 'requests.jsonl')
  const ours = await withJira(async (jiraUrl, jira) => {
    const world: World = { ...nowhere, jiraUrl, dataFolder, concurrency }
    await runProgram<StateInput, StateSize>(new URL('../states/make-state.ts', import.meta.url), {
      world,
      desired: size,
      target: 'empty',
    })
    const done = await runProgram<ProvisionInput, Provisioned>(new URL('./provision.ts', import.meta.url), {
      world,
      requests,
    })
    await checkJira(jira, size, done)
    return done
  })
  const bare = await withJira((origin) =>
    runProgram<ReplayInput, Replayed>(new URL('../processes/replay.ts', import.meta.url), {
      file: requests,
      origin,
      concurrency,
    }),
  )
  rmSync(dataFolder, { recursive: true })
  options.say(
    `${concurrency} at once: ${ours.requests} requests in ${ours.seconds.toFixed(1)} s, bare ${bare.seconds.toFixed(1)} s (${bare.refused} refused), planned in ${ours.planSeconds.toFixed(1)} s, peak ${ours.peakMB.toFixed(0)} MB`,
  )
  return { ours, bare }
}

async function withJira<T>(action: (url: string, jira: RunningServer<JiraHandlers>) => Promise<T>): Promise<T> {
  const jira = await startServer<JiraHandlers>(new URL('../processes/jira.ts', import.meta.url))
  try {
    return await action(await jira.call('start', { latencyMs }), jira)
  } finally {
    jira.close()
  }
}

/** Fast and wrong would be no result. */
async function checkJira(jira: RunningServer<JiraHandlers>, size: DesiredSize, { outcome, problem }: Provisioned) {
  const { users, memberships } = await jira.call('count', undefined)
  const violations = await jira.call('violations', undefined)
  const wrong = users < size.people || memberships < size.people * size.groupsOfPerson || violations.length > 0
  if (wrong || outcome !== 'succeeded') {
    throw new Error(`Jira is not as planned: ${JSON.stringify({ users, memberships, violations, outcome, problem })}`)
  }
}

function measurement(
  concurrency: number,
  { people, groups, groupsOfPerson }: DesiredSize,
  rounds: Round[],
): Measurement {
  const rates = rounds.map(({ ours }) => ours.requests / ours.seconds)
  return {
    what: `${concurrency} requests at once`,
    unit: 'requests/s',
    value: median(rates),
    rounds: rates,
    floor: median(rounds.map(({ bare }) => bare.requests / bare.seconds)),
    ratio: median(rounds.map(({ ours, bare }) => ours.requests / ours.seconds / (bare.requests / bare.seconds))),
    aim: { of: 'ratio', atLeast: 0.9 },
    note: `${people} people, ${groups} groups, ${people * groupsOfPerson} memberships: ${rounds[0]?.ours.requests} requests, each create with the look before it`,
  }
}
