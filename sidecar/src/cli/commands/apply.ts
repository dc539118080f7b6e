import type { ConnectionList } from '@rollcall/contract/api/connections'
import type { PlanView } from '@rollcall/contract/api/plans'
import type { StartedRun } from '@rollcall/contract/api/runs'
import type { Command } from 'commander'
import { confirm } from '../confirm.ts'
import { followRun } from '../follow-run.ts'
import { print, printOperations, printPlanHeader, printRun } from '../print.ts'
import type { ServiceClient } from '../service-client.ts'
import { withService } from '../with-service.ts'

export function addApplyCommand(program: Command): void {
  program
    .command('apply')
    .description('execute exactly the plan that was shown; a held plan is approved by it')
    .argument('[plan]', 'number of a plan; by default every open one')
    .option('--yes', 'do not ask; a held plan has to be named for that')
    .action(async (plan: string | undefined, { yes }: { yes?: boolean }, command: Command) => {
      await withService(command, (client) => applyPlans(client, plan, yes))
    })
}

async function applyPlans(client: ServiceClient, plan: string | undefined, yes: boolean | undefined): Promise<void> {
  const plans = plan === undefined ? await openPlans(client) : [Number(plan)]
  if (plans.length === 0) print('There is no open plan. `rollcall plan` makes one.')
  for (const id of plans) {
    const shown = await client.call<PlanView>('GET', `/plans/${id}`)
    // What runs every hour with --yes has looked at nothing: it would go round every hold.
    if (plan === undefined && yes && shown.status === 'held') leaveHeld(shown)
    else await applyPlan(client, shown, yes)
  }
}

function leaveHeld(plan: PlanView): void {
  printPlanHeader(plan)
  print(`It stays held: look at it, and approve it with \`rollcall apply ${plan.id} --yes\`.`)
  process.exitCode = 1
}

async function openPlans(client: ServiceClient): Promise<number[]> {
  const { connections } = await client.call<ConnectionList>('GET', '/connections')
  return connections.flatMap(({ legs }) => legs.flatMap(({ openPlan, hold }) => openPlan?.planId ?? hold?.planId ?? []))
}

async function applyPlan(client: ServiceClient, plan: PlanView, yes: boolean | undefined): Promise<void> {
  const { id } = plan
  printPlanHeader(plan)
  if (!yes) await printOperations(client, id)
  const held = plan.status === 'held'
  await confirm(held ? 'This plan is held. Approve and execute it?' : 'Execute this plan?', yes)
  const body = { hash: plan.hash ?? '', approve: held }
  const { runId } = await client.call<StartedRun>('POST', `/plans/${id}/apply`, body)
  const run = await followRun(client, runId)
  printRun(run)
  if (run.outcome !== 'succeeded') process.exitCode = 1
}
