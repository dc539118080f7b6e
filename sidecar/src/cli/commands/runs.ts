import type { PlanView } from '@rollcall/contract/api/plans'
import type { RunPage, RunView } from '@rollcall/contract/api/runs'
import type { Command } from 'commander'
import { printJson, printOperations, printPlanHeader, printRun } from '../print.ts'
import { withService } from '../with-service.ts'

export function addRunsCommands(program: Command): void {
  program
    .command('runs')
    .description('the latest runs')
    .option('--connection <name>', 'slug of one connection')
    .option('--limit <number>', 'how many', '20')
    .option('--json', 'print as JSON')
    .action(async (options: { connection?: string; limit: string; json?: boolean }, command: Command) => {
      const connection = options.connection ? `&connection=${encodeURIComponent(options.connection)}` : ''
      await withService(command, async (client) => {
        const { runs } = await client.call<RunPage>(
          'GET',
          `/runs?limit=${encodeURIComponent(options.limit)}${connection}`,
        )
        if (options.json) printJson(runs)
        else for (const run of runs) printRun(run)
      })
    })
  program
    .command('show')
    .description('one run with its plans and what became of every operation')
    .argument('<run>', 'number of the run')
    .option('--json', 'print as JSON')
    .action(async (id: string, { json }: { json?: boolean }, command: Command) => {
      await withService(command, async (client) => {
        const run = await client.call<RunView>('GET', `/runs/${encodeURIComponent(id)}`)
        if (json) return printJson(run)
        printRun(run)
        for (const { planId } of run.legs) {
          if (planId === undefined) continue
          printPlanHeader(await client.call<PlanView>('GET', `/plans/${planId}`))
          await printOperations(client, planId)
        }
      })
    })
}
