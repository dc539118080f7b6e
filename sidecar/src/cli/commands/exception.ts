import type { ExceptionList, ExceptionView, NewException } from '@rollcall/contract/api/exceptions'
import type { Command } from 'commander'
import { instant, print, printJson } from '../print.ts'
import { readEnd } from '../read-date.ts'
import type { ServiceClient } from '../service-client.ts'
import { withService } from '../with-service.ts'

interface Whom {
  readonly target: string
  readonly group?: string
}

interface AddOptions extends Whom {
  readonly reason: string
  readonly until?: number
}

interface ListOptions {
  readonly target?: string
  readonly json?: boolean
}

export function addExceptionCommand(program: Command): void {
  const exception = program.command('exception').description('accounts and memberships that are left alone')
  exception
    .command('add')
    .description('leave an account, or its membership in one group, alone')
    .argument('<user>', 'user name of the account')
    .requiredOption('--target <name>', 'slug of the target')
    .option('--group <name>', 'only the membership in this group of the product')
    .requiredOption('--reason <text>', 'why, for whoever finds it')
    .option('--until <date>', 'when it ends by itself: 2026-12-01 is the end of that day, UTC', readEnd)
    .action((user: string, options: AddOptions, command: Command) =>
      withService(command, (client) => add(client, user, options)),
    )
  exception
    .command('list')
    .description('every exception, with its reason and end')
    .option('--target <name>', 'slug of one target')
    .option('--json', 'print as JSON')
    .action(({ target, json }: ListOptions, command: Command) =>
      withService(command, async (client) => {
        const exceptions = await all(client, target)
        if (json) printJson(exceptions)
        else if (exceptions.length === 0) print('There is no exception.')
        else for (const one of exceptions) printException(one)
      }),
    )
  exception
    .command('remove')
    .description('manage an account, or its membership in one group, again')
    .argument('<user>', 'user name of the account')
    .requiredOption('--target <name>', 'slug of the target')
    .option('--group <name>', 'the exception for this group; without it the one for the whole account')
    .action((user: string, options: Whom, command: Command) =>
      withService(command, (client) => remove(client, user, options)),
    )
}

async function add(client: ServiceClient, user: string, { target, group, reason, until }: AddOptions): Promise<void> {
  const body: NewException = {
    target,
    user,
    reason,
    ...(group !== undefined && { group }),
    ...(until !== undefined && { until }),
  }
  await client.call('POST', '/exceptions', body)
  const end = until === undefined ? '' : ` until ${instant(until)}`
  print(`${user} is left alone${group === undefined ? '' : ` in ${group}`}${end}.`)
}

async function remove(client: ServiceClient, user: string, { target, group }: Whom): Promise<void> {
  const same = (a: string | undefined, b: string | undefined) => a?.toLowerCase() === b?.toLowerCase()
  const found = (await all(client, target)).find((one) => same(one.user, user) && same(one.group, group))
  if (found === undefined) {
    print(`There is no exception for ${user}${group === undefined ? '' : ` in ${group}`}.`)
    process.exitCode = 1
    return
  }
  await client.call('DELETE', `/exceptions/${found.id}`)
  print('Removed. The next run plans what is due.')
}

async function all(client: ServiceClient, target: string | undefined): Promise<readonly ExceptionView[]> {
  const query = target === undefined ? '' : `?target=${encodeURIComponent(target)}`
  return (await client.call<ExceptionList>('GET', `/exceptions${query}`)).exceptions
}

function printException({ user, group, target, reason, by, at, until }: ExceptionView): void {
  print(`  ${user} at ${target.name}${group === undefined ? '' : `, in ${group}`}: ${reason}`)
  print(`      by ${by}, ${instant(at)}${until === undefined ? '' : `, until ${instant(until)}`}`)
}
