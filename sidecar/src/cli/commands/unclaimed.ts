import type { UnboundGroup, UnboundGroupPage, UnclaimedAccount, UnclaimedPage } from '@rollcall/contract/api/targets'
import type { Command } from 'commander'
import { csvLine } from '../csv.ts'
import { instant, print, printJson } from '../print.ts'
import type { ServiceClient } from '../service-client.ts'
import { withService } from '../with-service.ts'

interface UnclaimedOptions {
  readonly groups?: boolean
  readonly csv?: boolean
  readonly json?: boolean
}

export function addUnclaimedCommand(program: Command): void {
  program
    .command('unclaimed')
    .description('who is in a product that nobody here manages, as last observed')
    .argument('<target>', 'slug of the target')
    .option('--groups', 'groups that no connection is tied to, instead of accounts')
    .option('--csv', 'print as CSV, for a spreadsheet')
    .option('--json', 'print as JSON')
    .action((target: string, options: UnclaimedOptions, command: Command) =>
      withService(command, (client) =>
        options.groups ? showGroups(client, target, options) : showAccounts(client, target, options),
      ),
    )
}

async function showAccounts(client: ServiceClient, target: string, { csv, json }: UnclaimedOptions): Promise<void> {
  const accounts: UnclaimedAccount[] = []
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: UnclaimedPage = await client.call('GET', `${path(target, 'unclaimed')}?limit=500&after=${after}`)
    accounts.push(...page.accounts)
    after = page.nextAfter
  }
  if (json) return printJson(accounts)
  if (csv) return accountsAsCsv(accounts)
  if (accounts.length === 0) return print('Everybody in it is managed here.')
  for (const account of accounts) print(`  ${inWords(account)}`)
}

function accountsAsCsv(accounts: readonly UnclaimedAccount[]): void {
  process.stdout.write(csvLine(['name', 'displayName', 'email', 'active', 'lastSignIn', 'own']))
  for (const { name, displayName, email = '', active, lastSignInAt, own } of accounts) {
    const signedIn = lastSignInAt === undefined ? '' : new Date(lastSignInAt).toISOString()
    process.stdout.write(csvLine([name, displayName, email, String(active), signedIn, String(own)]))
  }
}

function inWords({ name, displayName, email, active, lastSignInAt, own }: UnclaimedAccount): string {
  const parts = [
    displayName,
    email ?? 'no e-mail shown',
    active ? 'active' : 'inactive',
    lastSignInAt === undefined ? 'last sign-in not told' : `last sign-in ${instant(lastSignInAt)}`,
    ...(own ? ['Rollcall signs in with it'] : []),
  ]
  return `${name}: ${parts.join(', ')}`
}

async function showGroups(client: ServiceClient, target: string, { csv, json }: UnclaimedOptions): Promise<void> {
  const groups: UnboundGroup[] = []
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: UnboundGroupPage = await client.call(
      'GET',
      `${path(target, 'unbound-groups')}?limit=500&after=${after}`,
    )
    groups.push(...page.groups)
    after = page.nextAfter
  }
  if (json) return printJson(groups)
  if (csv) {
    process.stdout.write(csvLine(['name', 'members']))
    for (const { name, members } of groups) process.stdout.write(csvLine([name, String(members)]))
    return
  }
  if (groups.length === 0) return print('Every group of it is tied to a connection.')
  for (const { name, members } of groups) print(`  ${name}: ${members} direct members`)
}

const path = (target: string, what: string) => `/targets/${encodeURIComponent(target)}/${what}`
