import type { StartedRun, StartRun } from '@rollcall/contract/api/runs'
import type { Command } from 'commander'
import { followRun } from '../follow-run.ts'
import { printRun } from '../print.ts'
import { withService } from '../with-service.ts'

export function addRetryCommand(program: Command): void {
  program
    .command('retry')
    .description('synchronize a connection now, whatever failed before and however long it would wait')
    .argument('<connection>', 'slug of the connection')
    .action(async (connection: string, _: unknown, command: Command) => {
      await withService(command, async (client) => {
        const body: StartRun = { mode: 'synchronize', full: false }
        const path = `/connections/${encodeURIComponent(connection)}/runs`
        const { runId } = await client.call<StartedRun>('POST', path, body)
        const run = await followRun(client, runId)
        printRun(run)
        if (run.outcome === 'failed' || run.outcome === 'partial') process.exitCode = 1
      })
    })
}
