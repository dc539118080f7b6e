import type { AttributeList } from '@rollcall/contract/api/connections'
import type { Command } from 'commander'
import { print, printJson } from '../print.ts'
import { withService } from '../with-service.ts'

export function addAttributesCommand(program: Command): void {
  program
    .command('attributes')
    .description('list the attributes that people have at an identity provider, to choose which are read')
    .argument('<connection>', 'slug of the connection')
    .option('--json', 'print as JSON')
    .action(async (connection: string, options: { readonly json?: boolean }, command: Command) => {
      await withService(command, async (client) => {
        const path = `/connections/${encodeURIComponent(connection)}/attributes`
        const list = await client.call<AttributeList>('GET', path)
        if (options.json) printJson(list)
        else printAttributes(list)
      })
    })
}

function printAttributes({ attributes }: AttributeList): void {
  const width = Math.max(...attributes.map(({ name }) => name.length), 0)
  for (const { name, multiValued, chosen, seen, sample } of attributes) {
    const marks = `${chosen ? 'read' : '    '}  ${multiValued ? 'several' : 'one    '}`
    print(`${name.padEnd(width)}  ${marks}  ${String(seen).padStart(2)}  ${sample ?? ''}`.trimEnd())
  }
}
