import type { CreatedScimToken, NewScimToken, RotateScimToken, ScimView } from '@rollcall/contract/api/scim'
import type { CreatedToken, NewToken } from '@rollcall/contract/api/session'
import type { Command } from 'commander'
import { confirm } from '../confirm.ts'
import { print, printJson, printScimToken } from '../print.ts'
import { withService } from '../with-service.ts'

interface CreateOptions {
  readonly connection?: string
  readonly expiresInDays?: string
}

interface TokenOptions {
  readonly connection: string
}

const scimPath = (connection: string, rest = '') => `/connections/${encodeURIComponent(connection)}/scim${rest}`
const expiry = (days: string | undefined) => (days === undefined ? {} : { expiresInDays: Number(days) })

export function addTokenCommand(program: Command): void {
  const token = program.command('token').description('admin tokens, and SCIM tokens of connections')
  addCreate(token)
  addRotate(token)
  addRevoke(token)
  addList(token)
}

function addCreate(token: Command): void {
  token
    .command('create')
    .description('make an admin token, or with --connection a SCIM token; it is printed this once')
    .argument('<name>', 'whose or what for')
    .option('--connection <name>', 'slug of the connection whose provider uses the token to push')
    .option('--expires-in-days <days>', 'days until it ends; by default never')
    .action(async (name: string, { connection, expiresInDays }: CreateOptions, command: Command) => {
      await withService(command, async (client) => {
        if (connection === undefined) {
          const body: NewToken = { name, ...expiry(expiresInDays) }
          return print((await client.call<CreatedToken>('POST', '/tokens', body)).token)
        }
        const body: NewScimToken = { label: name, ...expiry(expiresInDays) }
        print((await client.call<CreatedScimToken>('POST', scimPath(connection, '/tokens'), body)).token)
      })
    })
}

function addRotate(token: Command): void {
  token
    .command('rotate')
    .description('make the SCIM token that follows another; it is printed this once')
    .argument('<token>', 'id of the token that ends, from `rollcall token list`')
    .requiredOption('--connection <name>', 'slug of the connection')
    .option('--overlap-hours <hours>', 'how long the old one still works', '24')
    .option('--expires-in-days <days>', 'days until the new one ends; by default never')
    .action(
      async (
        id: string,
        options: TokenOptions & { overlapHours: string; expiresInDays?: string },
        command: Command,
      ) => {
        const body: RotateScimToken = { overlapHours: Number(options.overlapHours), ...expiry(options.expiresInDays) }
        const path = scimPath(options.connection, `/tokens/${encodeURIComponent(id)}/rotate`)
        await withService(command, async (client) => {
          print((await client.call<CreatedScimToken>('POST', path, body)).token)
        })
      },
    )
}

function addRevoke(token: Command): void {
  token
    .command('revoke')
    .description('end a SCIM token at once')
    .argument('<token>', 'id of the token, from `rollcall token list`')
    .requiredOption('--connection <name>', 'slug of the connection')
    .option('--yes', 'do not ask')
    .action(async (id: string, { connection, yes }: TokenOptions & { yes?: boolean }, command: Command) => {
      await confirm(`Revoke ${id}? Whoever still uses it is refused at once.`, yes)
      await withService(command, async (client) => {
        await client.call('DELETE', scimPath(connection, `/tokens/${encodeURIComponent(id)}`))
        print('Revoked.')
      })
    })
}

function addList(token: Command): void {
  token
    .command('list')
    .description('SCIM tokens of a connection, without their secrets')
    .requiredOption('--connection <name>', 'slug of the connection')
    .option('--json', 'print as JSON')
    .action(async ({ connection, json }: TokenOptions & { json?: boolean }, command: Command) => {
      await withService(command, async (client) => {
        const { tokens } = await client.call<ScimView>('GET', scimPath(connection))
        if (json) return printJson(tokens)
        for (const each of tokens) printScimToken(each)
        if (tokens.length === 0) print('There is no SCIM token. `rollcall token create` makes one.')
      })
    })
}
