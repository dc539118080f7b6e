import { Command } from 'commander'
import { type RunningSimulator, simulators } from './simulators.ts'

const program = new Command('simulate').description(
  'Runs a simulated identity provider or product on loopback, for any client.',
)

for (const [name, { description, start }] of Object.entries(simulators)) {
  const number = (value: string) => Number.parseInt(value, 10)
  program
    .command(name)
    .description(description)
    .option('--port <port>', 'port to listen on; any free one without it', number, 0)
    .option('--users <count>', 'how many people it starts with', number, 1000)
    .option('--groups <count>', 'how many groups it starts with', number, 100)
    .option('--memberships <count>', 'how many memberships it starts with', number)
    .option('--version <version>', 'version of the product, where there are several')
    .option('--seed <seed>', 'the same seed makes the same data', number, 1)
    .action(async (options) => announce(await start(options)))
}

/** Says where the simulator is and with what to sign in; Ctrl-C ends it. */
function announce({ facts, close }: RunningSimulator): void {
  for (const [name, value] of Object.entries(facts)) console.log(`${`${name}:`.padEnd(16)}${value}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())
}

await program.parseAsync()
