import type { ConnectionList } from '@rollcall/contract/api/connections'
import type { OperationPage, PlanView } from '@rollcall/contract/api/plans'
import type { RunView, StartedRun, StartRun } from '@rollcall/contract/api/runs'
import type { Command } from 'commander'
import { followRun } from '../follow-run.ts'
import { complain, printJson, printOperations, printPlanHeader, printRun } from '../print.ts'
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
    .option('--json', 'print the plans with their operations as one JSON array')
    .action(async (options: PlanOptions, command: Command) => {
      await withService(command, (client) => planConnections(client, options))
    })
}

async function planConnections(client: ServiceClient, options: PlanOptions): Promise<void> {
  const plans: PlannedOperations[] = []
  for (const connection of await connectionSlugs(client, options.connection)) {
    const start: StartRun = { mode: 'plan', full: options.full === true, ...(options.user && { user: options.user }) }
    const { runId } = await client.call<StartedRun>(
      'POST',
      `/connections/${encodeURIComponent(connection)}/runs`,
      start,
    )
    const run = await followRun(client, runId)
    if (run.outcome === 'failed') process.exitCode = 1
    if (options.json) plans.push(...(await plansOf(client, run)))
    else await printPlans(client, run)
  }
  if (options.json) printJson(plans)
}

async function connectionSlugs(client: ServiceClient, only: string | undefined): Promise<string[]> {
  if (only) return [only]
  const { connections } = await client.call<ConnectionList>('GET', '/connections')
  return connections.map(({ slug }) => slug)
}

async function printPlans(client: ServiceClient, run: RunView): Promise<void> {
  printRun(run)
  for (const planId of planIdsOf(run)) {
    printPlanHeader(await client.call<PlanView>('GET', `/plans/${planId}`))
    await printOperations(client, planId)
  }
}

type PlannedOperations = PlanView & Pick<OperationPage, 'operations'>

/** What failed has no plan, and is told beside the document. */
async function plansOf(client: ServiceClient, run: RunView): Promise<PlannedOperations[]> {
  if (run.outcome !== 'planned') printRun(run, complain)
  const plans: PlannedOperations[] = []
  for (const planId of planIdsOf(run)) {
    const plan = await client.call<PlanView>('GET', `/plans/${planId}`)
    plans.push({ ...plan, operations: await allOperations(client, planId) })
  }
  return plans
}

const planIdsOf = ({ legs }: RunView) => legs.flatMap(({ planId }) => planId ?? [])

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
