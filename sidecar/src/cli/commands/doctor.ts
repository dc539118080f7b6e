import type { DoctorReport } from '@rollcall/contract/api/connections'
import type { Command } from 'commander'
import { print } from '../print.ts'
import { withService } from '../with-service.ts'

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check the service, every identity provider and every target, step by step')
    .action(async (_options: unknown, command: Command) => {
      await withService(command, async (client) => {
        const { checks } = await client.call<DoctorReport>('GET', '/doctor')
        for (const { subject, steps } of checks) {
          print(subject)
          for (const { ok, step, detail, problem } of steps) {
            print(`  ${ok ? 'ok     ' : 'FAILED '} ${step}: ${detail}`)
            if (problem) print(`          ${problem.remedy} (${problem.code})`)
          }
        }
        if (checks.some(({ steps }) => steps.some(({ ok }) => !ok))) process.exitCode = 1
      })
    })
}
