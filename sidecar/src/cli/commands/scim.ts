import type { ScimView } from '@rollcall/contract/api/scim'
import type { Command } from 'commander'
import { followScimLog } from '../follow-scim-log.ts'
import { instant, print, printJson, printScimRequest, printScimToken } from '../print.ts'
import { readScimLog } from '../read-scim-log.ts'
import { withService } from '../with-service.ts'

interface LogOptions {
  readonly refused?: boolean
  readonly follow?: boolean
  readonly limit: string
  readonly json?: boolean
}

export function addScimCommand(program: Command): void {
  const scim = program.command('scim').description('connections that their identity provider pushes into')
  scim
    .command('show')
    .description('what to enter at the provider, and how the connection does')
    .argument('<connection>', 'slug of the connection')
    .option('--json', 'print as JSON')
    .action(async (connection: string, { json }: { json?: boolean }, command: Command) => {
      await withService(command, async (client) => {
        const view = await client.call<ScimView>('GET', `/connections/${encodeURIComponent(connection)}/scim`)
        if (json) printJson(view)
        else printScimView(view)
      })
    })
  scim
    .command('log')
    .description('requests of the provider: who, what and how it ended; the newest last')
    .argument('<connection>', 'slug of the connection')
    .option('--refused', 'only what was refused')
    .option('--follow', 'go on with new ones until interrupted')
    .option('--limit <number>', 'how many', '50')
    .option('--json', 'print as JSON, one request a line')
    .action(async (connection: string, { refused, follow, limit, json }: LogOptions, command: Command) => {
      const show = json ? (entry: unknown) => print(JSON.stringify(entry)) : printScimRequest
      const query = { connection, refused: refused === true }
      await withService(command, async (client) => {
        const { entries } = await readScimLog(client, { ...query, limit: Number(limit) })
        for (const entry of entries.toReversed()) show(entry)
        if (follow) await followScimLog(client, { ...query, after: entries[0]?.id ?? 0 }, show)
      })
    })
}

function printScimView({ jwtIssuer, ...view }: ScimView): void {
  const { baseUrl, reachable, delivery, users, groups, lastRequestAt, tokens } = view
  print(`SCIM Base URL: ${baseUrl}`)
  if (reachable === 'local') {
    print('  Only this machine reaches it: set ROLLCALL_PUBLIC_LISTEN and ROLLCALL_PUBLIC_URL (docs/running.md).')
  }
  print(`Delivery: ${delivery}`)
  print(`Pushed so far: ${users} users, ${groups} groups`)
  print(`Last request: ${lastRequestAt === undefined ? 'none yet' : instant(lastRequestAt)}`)
  if (jwtIssuer !== undefined) print(`Signed tokens of ${jwtIssuer} are accepted.`)
  print('Tokens:')
  for (const token of tokens) printScimToken(token)
  if (tokens.length === 0 && jwtIssuer === undefined)
    print('  None: `rollcall token create NAME --connection CONNECTION` makes one.')
}
