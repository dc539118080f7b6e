import type { Measurement } from '../bench.ts'
import { median } from '../median.ts'
import type { ContestantName } from './contestant.ts'
import { measuredByRate, type OperationName } from './operations.ts'
import type { Sample, ScimResults } from './sample.ts'

/** Of the bare route, at the least. */
const shares: Partial<Record<OperationName, number>> = {
  'POST a user': 0.9,
  'GET a user by id': 0.6,
  'list of 100': 0.5,
  'member into a group of 1,000': 0.7,
  'member into a group of 10,000': 0.7,
}
const floors: Readonly<Record<OperationName, string>> = {
  'POST a user': 'one insert',
  'GET a user by id': 'one read by key',
  'filter on userName': 'one read by key',
  'PATCH active': 'one insert',
  'list of 100': 'the same bytes',
  'member into a group of 1,000': 'one insert',
  'member into a group of 10,000': 'one insert',
  'group of 10,000 by 500': '20 inserts',
}

export function measurementsOf(results: ScimResults): Measurement[] {
  const { samples, memory, peersMissing, size } = results
  return [
    ...measuredByRate.map((operation) => besideFloor(samples, operation)),
    whole(samples),
    ...(peersMissing === undefined ? peers(samples) : []),
    ...measuredByRate.map((operation) => growth(samples, operation)),
    groupGrowth(samples),
    {
      what: `memory with ${size.users * 10} users, after all that`,
      unit: 'MB',
      value: memory.nowMB,
      rounds: [memory.nowMB],
      aim: { of: 'value', atMost: 300 },
      note: `at most ${memory.peakMB.toFixed(0)} MB at any time, filling included`,
    },
  ]
}

type Rounds = ScimResults['samples']

function of(rounds: Rounds, contestant: ContestantName, operation: OperationName): readonly Sample[] {
  return rounds.flatMap((samples) =>
    samples.filter((sample) => sample.contestant === contestant && sample.operation === operation),
  )
}

const valuesOf = (rounds: Rounds, contestant: ContestantName, operation: OperationName): readonly number[] =>
  of(rounds, contestant, operation).map(({ value }) => value)

const ratios = (ours: readonly number[], theirs: readonly number[]): number[] =>
  Array.from(
    { length: Math.min(ours.length, theirs.length) },
    (_, at) => (ours[at] ?? Number.NaN) / (theirs[at] ?? Number.NaN),
  )

function besideFloor(rounds: Rounds, operation: OperationName): Measurement {
  const ours = valuesOf(rounds, 'rollcall', operation)
  const bare = valuesOf(rounds, 'bare', operation)
  const atLeast = shares[operation]
  return {
    what: operation,
    unit: 'requests/s',
    value: median(ours),
    rounds: ours,
    floor: median(bare),
    ratio: median(ratios(ours, bare)),
    ...(atLeast !== undefined && { aim: { of: 'ratio', atLeast } }),
    note: `floor: ${floors[operation]}; ${computing(rounds, 'rollcall', 'bare', operation)}`,
  }
}

function whole(rounds: Rounds): Measurement {
  const operation = 'group of 10,000 by 500'
  const ours = valuesOf(rounds, 'rollcall', operation)
  const bare = valuesOf(rounds, 'bare', operation)
  return {
    what: operation,
    unit: 's',
    value: median(ours),
    rounds: ours,
    floor: median(bare),
    ratio: median(ratios(ours, bare)),
    note: `20 requests one after the other; floor: ${floors[operation]} of the same bodies`,
  }
}

function peers(rounds: Rounds): Measurement[] {
  const operations = [...measuredByRate, 'group of 10,000 by 500' as const]
  return (['scimmy-routers', 'saml-jackson'] as const).flatMap((peer) =>
    operations.map((operation) => besidePeer(rounds, peer, operation)),
  )
}

/** What a machine with other work to do says most reliably. */
function computing(rounds: Rounds, one: ContestantName, other: ContestantName, operation: OperationName): string {
  const [ours, theirs] = [one, other].map((name) =>
    median(of(rounds, name, operation).map(({ computedMs }) => computedMs ?? Number.NaN)).toFixed(2),
  )
  return `computes ${ours} ms a request, ${other} ${theirs} ms`
}

/** How many times as fast as the peer; by rate, or by the time that the whole takes. */
function besidePeer(rounds: Rounds, peer: 'scimmy-routers' | 'saml-jackson', operation: OperationName): Measurement {
  const ours = valuesOf(rounds, 'rollcall', operation)
  const theirs = valuesOf(rounds, peer, operation)
  const filling = operation === 'group of 10,000 by 500'
  const bare = valuesOf(rounds, 'bare', operation)
  const faster = (than: readonly number[], one: readonly number[]) => (filling ? ratios(than, one) : ratios(one, than))
  const times = faster(theirs, ours)
  // Where the floor itself is slower than the aim, no durable answer can reach it.
  const floor = faster(theirs, bare)
  const large = operation === 'member into a group of 10,000'
  return {
    what: `${operation}: faster than ${peer}`,
    unit: 'times',
    value: median(times),
    rounds: times,
    aim: { of: 'value', atLeast: peer === 'saml-jackson' ? 1 : large ? 1_000 : 4 },
    note: `it ${filling ? `takes ${median(theirs).toFixed(2)} s` : `does ${median(theirs).toFixed(1)} a second`}; the floor is ${median(floor).toFixed(2)} times as fast as it`,
  }
}

/** With ten times the users a request costs the same; a fifth is what neighbours in time differ by. */
function growth(rounds: Rounds, operation: OperationName): Measurement {
  const many = valuesOf(rounds, 'rollcall of 200,000', operation)
  const few = valuesOf(rounds, 'rollcall', operation)
  return {
    what: `${operation}, ten times the users`,
    unit: 'requests/s',
    value: median(many),
    rounds: many,
    floor: median(few),
    ratio: median(ratios(many, few)),
    aim: { of: 'ratio', atLeast: 0.8 },
    note: computing(rounds, 'rollcall of 200,000', 'rollcall', operation),
  }
}

function groupGrowth(rounds: Rounds): Measurement {
  const large = valuesOf(rounds, 'rollcall', 'member into a group of 10,000')
  const small = valuesOf(rounds, 'rollcall', 'member into a group of 1,000')
  return {
    what: 'member, ten times the group',
    unit: 'requests/s',
    value: median(large),
    rounds: large,
    floor: median(small),
    ratio: median(ratios(large, small)),
    aim: { of: 'ratio', atLeast: 0.8 },
  }
}
