import type { PlanView } from '@rollcall/contract/api/plans'
import type { RunView, StartedRun, StartUndo } from '@rollcall/contract/api/runs'
import type { Command } from 'commander'
import { followRun } from '../follow-run.ts'
import { complain, print, printFindings, printJson, printOperations, printPlanHeader, printRun } from '../print.ts'
import type { ServiceClient } from '../service-client.ts'
import { withService } from '../with-service.ts'

interface UndoOptions {
  readonly deleteCreated?: boolean
  readonly json?: boolean
}

export function addUndoCommand(program: Command): void {
  program
    .command('undo')
    .description('plan to take back what a run did; nothing is changed before `rollcall apply PLAN`')
    .argument('<run>', 'number of the run')
    .option('--delete-created', 'delete accounts that the run created and that nobody ever signed in to')
    .option('--json', 'print the plans as one JSON array')
    .action(async (run: string, options: UndoOptions, command: Command) => {
      await withService(command, (client) => planUndo(client, run, options))
    })
}

async function planUndo(client: ServiceClient, run: string, { deleteCreated = false, json }: UndoOptions) {
  const body: StartUndo = { deleteCreated }
  const { runId } = await client.call<StartedRun>('POST', `/runs/${encodeURIComponent(run)}/undo`, body)
  const undo = await followRun(client, runId)
  if (undo.outcome !== 'planned') process.exitCode = 1
  const plans = await plansOf(client, undo)
  if (json) {
    if (undo.outcome !== 'planned') printRun(undo, complain)
    return printJson(plans)
  }
  printRun(undo)
  for (const plan of plans) await printUndo(client, plan)
}

const plansOf = (client: ServiceClient, { legs }: RunView): Promise<PlanView[]> =>
  Promise.all(
    legs.flatMap(({ planId }) => (planId === undefined ? [] : [client.call<PlanView>('GET', `/plans/${planId}`)])),
  )

async function printUndo(client: ServiceClient, plan: PlanView): Promise<void> {
  printPlanHeader(plan)
  await printOperations(client, plan.id)
  await printFindings(client, plan.id)
  if (plan.applicable) print(`Take it back with: rollcall apply ${plan.id}`)
}
