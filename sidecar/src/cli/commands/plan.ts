import type { ConnectionList } from '@rollcall/contract/api/connections'
import type { OperationPage, PlanView } from '@rollcall/contract/api/plans'
import type { RunView, StartedRun, StartRun } from '@rollcall/contract/api/runs'
import type { Command } from 'commander'
import { followRun } from '../follow-run.ts'
import { printJson, printOperations, printPlanHeader, printRun } from '../print.ts'
import type { ServiceClient } from '../service-client.ts'
import { withService } from '../with-service.ts'

interface PlanOptions {
  readonly connection?: string
  readonly user?: string
  readonly full?: boolean
  readonly json?: boolean
}

export function addPlanCommand(program: Command): void {
  program
    .command('plan')
    .description('read, compare and show what would change; nothing is changed')
    .option('--connection <name>', 'slug of one connection; by default all')
    .option('--user <user>', 'only this person: login name or id at the provider')
    .option('--full', 'read and list everything again, whatever is stored')
    .option('--json', 'print plans as JSON')
    .action(async (options: PlanOptions, command: Command) => {
      await withService(command, (client) => planConnections(client, options))
    })
}

async function planConnections(client: ServiceClient, options: PlanOptions): Promise<void> {
  for (const connection of await connectionSlugs(client, options.connection)) {
    const start: StartRun = { mode: 'plan', full: options.full === true, ...(options.user && { user: options.user }) }
    const { runId } = await client.call<StartedRun>(
      'POST',
      `/connections/${encodeURIComponent(connection)}/runs`,
      start,
    )
    await printPlans(client, await followRun(client, runId), options.json === true)
  }
}

async function connectionSlugs(client: ServiceClient, only: string | undefined): Promise<string[]> {
  if (only) return [only]
  const { connections } = await client.call<ConnectionList>('GET', '/connections')
  return connections.map(({ slug }) => slug)
}

async function printPlans(client: ServiceClient, run: RunView, json: boolean): Promise<void> {
  if (!json) printRun(run)
  if (run.outcome === 'failed') process.exitCode = 1
  for (const { planId } of run.legs) {
    if (planId === undefined) continue
    const plan = await client.call<PlanView>('GET', `/plans/${planId}`)
    if (json) printJson({ ...plan, operations: await allOperations(client, planId) })
    else {
      printPlanHeader(plan)
      await printOperations(client, planId)
    }
  }
}

async function allOperations(client: ServiceClient, planId: number): Promise<OperationPage['operations']> {
  const operations: OperationPage['operations'] = []
  let after: number | undefined
  do {
    const query = after === undefined ? '' : `&after=${after}`
    const page = await client.call<OperationPage>('GET', `/plans/${planId}/operations?limit=500${query}`)
    operations.push(...page.operations)
    after = page.nextAfter
  } while (after !== undefined)
  return operations
}
