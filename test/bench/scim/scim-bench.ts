import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Bench, BenchOptions } from '../bench.ts'
import { serviceFlags } from '../processes/service-flags.ts'
import { type RunningServer, runProgram, startServer } from '../processes/start-process.ts'
import type { Contestant, ContestantName, Stock, StockSize } from './contestant.ts'
import type { Filling } from './fill-rollcall.ts'
import { installPeers } from './install-peers.ts'
import { measurementsOf } from './measurements.ts'
import { measuredByRate, type OperationName } from './operations.ts'
import type { Sample } from './sample.ts'
import type { Client } from './send-requests.ts'
import type { BareServer } from './serve-bare.ts'
import type { RollcallServer, Serving } from './serve-rollcall.ts'

type PeerServer = { readonly start: (input: { folder: string; size: StockSize }) => Promise<Contestant> }

export const scimBench: Bench = {
  name: 'scim',
  does: 'SCIM of 20,000 users and groups of 1,000 and 10,000 beside bare routes, scimmy-routers and saml-jackson',
  async run(options) {
    const peersMissing = installPeers()
    if (peersMissing !== undefined) options.say(`The other servers could not be installed: ${peersMissing}`)
    const hall = await openHall(options, peersMissing === undefined)
    try {
      const samples: Sample[][] = []
      for (let n = 0; n < options.rounds; n += 1) samples.push(await round(hall, options, n))
      const memory = await hall.many.call('memory', undefined)
      return measurementsOf({ samples, memory, peersMissing, size: hall.size })
    } finally {
      hall.close()
    }
  },
}

interface Hall {
  readonly client: RunningServer<Client>
  readonly bare: RunningServer<BareServer>
  readonly ours: RunningServer<RollcallServer>
  /** Ours, with ten times the users. */
  readonly many: RunningServer<RollcallServer>
  readonly names: readonly ContestantName[]
  readonly size: StockSize
  close(): void
}

/** All servers run at once, each in a process of its own, and are idle but for the one that is measured. */
async function openHall({ scale, folder, say }: BenchOptions, withPeers: boolean): Promise<Hall> {
  const size = sizeOf(scale)
  const file = (name: string) => new URL(name, import.meta.url)
  const client = await startServer<Client>(file('./send-requests.ts'))
  const bare = await startServer<BareServer>(file('./serve-bare.ts'))
  const ours = await startServer<RollcallServer>(file('./serve-rollcall.ts'), serviceFlags)
  const many = await startServer<RollcallServer>(file('./serve-rollcall.ts'), serviceFlags)
  const scimmy = withPeers ? await startServer<PeerServer>(file('./peers/serve-scimmy.mjs')) : undefined
  const jackson = withPeers ? await startServer<PeerServer>(file('./peers/serve-jackson.mjs')) : undefined
  const contestants = [
    await bare.call('start', { folder, size }),
    await ours.call('start', await filled('rollcall', folder, size)),
    await many.call('start', await filled('rollcall of 200,000', folder, { ...size, users: size.users * 10 })),
    ...(scimmy ? [await scimmy.call('start', { folder, size })] : []),
    ...(jackson ? [await jackson.call('start', { folder, size })] : []),
  ]
  for (const contestant of contestants) await client.call('know', contestant)
  const list = await client.call('read', { contestant: 'rollcall', path: '/Users?startIndex=1&count=100' })
  await bare.call('sendAsList', list)
  say(`${size.users} users, ${size.users * 10} in the larger store; a list of 100 has ${list.length} bytes`)
  const servers = [client, bare, ours, many, scimmy, jackson]
  return {
    client,
    bare,
    ours,
    many,
    names: contestants.map(({ name }) => name),
    size,
    close: () => {
      for (const server of servers) server?.close()
    },
  }
}

async function filled(name: ContestantName, folder: string, size: StockSize): Promise<Serving> {
  const dataFolder = join(folder, name.replaceAll(/\W/g, '-'))
  mkdirSync(dataFolder)
  const stock = await runProgram<Filling, Stock>(new URL('./fill-rollcall.ts', import.meta.url), { dataFolder, size })
  return { name, dataFolder, stock }
}

const sizeOf = (scale: number): StockSize => ({
  users: Math.max(2_000, 20_000 * scale),
  groups: { small: Math.max(100, 1_000 * scale), large: Math.max(1_000, 10_000 * scale) },
})

/** Every operation of every contestant, those of one operation right after each other: a restless machine is fair. */
async function round(hall: Hall, { scale, say }: BenchOptions, n: number): Promise<Sample[]> {
  const seconds = scale === 1 ? 2 : 0.5
  const samples: Sample[] = []
  for (const operation of measuredByRate) {
    // Whoever is first in one round is last in the next.
    for (const contestant of n % 2 === 0 ? hall.names : hall.names.toReversed()) {
      samples.push(await rate(hall, contestant, operation, seconds))
    }
  }
  for (const contestant of hall.names) {
    // It takes minutes, and says the same every time.
    if (contestant === 'scimmy-routers' && n > 0) continue
    const sent = await hall.client.call('fill', { contestant })
    samples.push({ contestant, operation: 'group of 10,000 by 500', value: sent.seconds, computedMs: undefined })
  }
  const said = samples.map(({ contestant, operation, value }) => `${operation}, ${contestant}: ${value.toFixed(2)}`)
  say(`round ${n + 1}\n    ${said.join('\n    ')}`)
  return samples
}

async function rate(
  hall: Hall,
  contestant: ContestantName,
  operation: OperationName,
  seconds: number,
): Promise<Sample> {
  const server = { bare: hall.bare, rollcall: hall.ours, 'rollcall of 200,000': hall.many }[contestant as 'bare']
  const before = await server?.call('computed', undefined)
  const sent = await hall.client.call('rate', { contestant, operation, seconds })
  const after = await server?.call('computed', undefined)
  const computedMs = before === undefined || after === undefined ? undefined : ((after - before) / sent.requests) * 1000
  return { contestant, operation, value: sent.requests / sent.seconds, computedMs }
}
