import type { LookupView } from '@rollcall/contract/api/connections'
import type { PlanView } from '@rollcall/contract/api/plans'
import type { StartedRun, StartRun } from '@rollcall/contract/api/runs'
import type { Command } from 'commander'
import { followRun } from '../follow-run.ts'
import { print, printJson, printOperations, printPlanHeader, printRun } from '../print.ts'
import type { ServiceClient } from '../service-client.ts'
import { withService } from '../with-service.ts'

interface LookupOptions {
  readonly connection: string
  readonly plan: boolean
  readonly json?: boolean
}

export function addLookupCommand(program: Command): void {
  program
    .command('lookup')
    .description('show one person at an identity provider, and what a synchronization would do about them')
    .argument('<who>', 'login name or id at the provider')
    .requiredOption('--connection <name>', 'slug of the connection')
    .option('--no-plan', 'only what the provider says; nothing is planned')
    .option('--json', 'print the person as JSON')
    .action(async (who: string, options: LookupOptions, command: Command) => {
      await withService(command, (client) => lookUp(client, who, options))
    })
}

async function lookUp(client: ServiceClient, who: string, { connection, plan, json }: LookupOptions): Promise<void> {
  const path = `/connections/${encodeURIComponent(connection)}`
  const found = await client.call<LookupView>('GET', `${path}/lookup?user=${encodeURIComponent(who)}`)
  if (!found.found) {
    process.exitCode = 1
    if (json) return printJson(found)
    print('The identity provider does not know this person.')
    return
  }
  if (!plan) return json ? printJson(found) : printPerson(found)
  const start: StartRun = { mode: 'plan', full: false, user: who }
  const { runId } = await client.call<StartedRun>('POST', `${path}/runs`, start)
  const run = await followRun(client, runId)
  // What the policies make of the person is known once the plan is made.
  const planned = await client.call<LookupView>('GET', `${path}/lookup?user=${encodeURIComponent(who)}`)
  if (json) return printJson(planned)
  printPerson(planned)
  if (run.outcome === 'failed') {
    printRun(run)
    process.exitCode = 1
  }
  for (const { planId } of run.legs) {
    if (planId === undefined) continue
    printPlanHeader(await client.call<PlanView>('GET', `/plans/${planId}`))
    await printOperations(client, planId)
  }
}

function printPerson({ identity, directGroups, provisioned }: LookupView): void {
  if (!identity) return
  print(`${identity.userName} (${identity.active ? 'enabled' : 'disabled'})`)
  printFields({ id: identity.externalId, name: identity.displayName, email: identity.email, ...identity.attributes })
  print(`  Groups: ${directGroups.map(({ externalId, name }) => name ?? externalId).join(', ') || 'none'}`)
  for (const account of provisioned) {
    print(`At ${account.target.name} (${account.state})`)
    const { userName, displayName, email, attributes } = account
    printFields({ username: userName, name: displayName, email, ...attributes })
    print(`  Groups given: ${account.grantedGroups.join(', ') || 'none'}`)
  }
}

function printFields(fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) print(`  ${name}: ${Array.isArray(value) ? value.join('; ') : String(value)}`)
  }
}
