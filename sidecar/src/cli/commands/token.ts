import type { CreatedToken } from '@rollcall/contract/api/session'
import type { Command } from 'commander'
import { print } from '../print.ts'
import { withService } from '../with-service.ts'

export function addTokenCommand(program: Command): void {
  program
    .command('token')
    .description('admin tokens')
    .command('create')
    .description('make an admin token; it is printed this once')
    .argument('<name>', 'whose or what for')
    .option('--expires-in-days <days>', 'days until it ends; by default never')
    .action(async (name: string, { expiresInDays }: { expiresInDays?: string }, command: Command) => {
      const body = { name, ...(expiresInDays !== undefined && { expiresInDays: Number(expiresInDays) }) }
      await withService(command, async (client) => {
        print((await client.call<CreatedToken>('POST', '/tokens', body)).token)
      })
    })
}
