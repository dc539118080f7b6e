import type { VetoPage, VetoView } from '@rollcall/contract/api/vetoes'
import type { Command } from 'commander'
import { instant, print, printJson } from '../print.ts'
import type { ServiceClient } from '../service-client.ts'
import { withService } from '../with-service.ts'

interface ListOptions {
  readonly connection?: string
  readonly json?: boolean
}

export function addVetoCommand(program: Command): void {
  const veto = program.command('veto').description('what was undone and is not done again by itself')
  veto
    .command('list')
    .description('every veto, with the undo that left it')
    .option('--connection <name>', 'slug of one connection')
    .option('--json', 'print as JSON')
    .action(async ({ connection, json }: ListOptions, command: Command) => {
      await withService(command, async (client) => {
        const vetoes = await allVetoes(client, connection)
        if (json) printJson(vetoes)
        else if (vetoes.length === 0) print('There is no veto.')
        else for (const one of vetoes) printVeto(one)
      })
    })
  veto
    .command('lift')
    .description('let the next run do again what was undone')
    .argument('<veto...>', 'numbers of vetoes')
    .action(async (ids: string[], _: unknown, command: Command) => {
      await withService(command, async (client) => {
        for (const id of ids) await client.call('DELETE', `/vetoes/${encodeURIComponent(id)}`)
        print(`Lifted ${ids.length}. The next run does what ${ids.length === 1 ? 'it' : 'they'} held.`)
      })
    })
}

async function allVetoes(client: ServiceClient, connection: string | undefined): Promise<VetoView[]> {
  const vetoes: VetoView[] = []
  const only = connection === undefined ? '' : `&connection=${encodeURIComponent(connection)}`
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: VetoPage = await client.call('GET', `/vetoes?limit=500&after=${after}${only}`)
    vetoes.push(...page.vetoes)
    after = page.nextAfter
  }
  return vetoes
}

function printVeto({ id, kind, subject, description, target, connection, runId, by, at }: VetoView): void {
  print(`  ${id}  ${description}`)
  print(`      holds ${kind} for ${subject}, ${connection.name} to ${target.name}`)
  print(`      undone by ${by} in run ${runId}, ${instant(at)}`)
}
