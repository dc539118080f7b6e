import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ConfigurationReport } from '@rollcall/contract/api/connections'
import type { Command } from 'commander'
import { configurationProblems } from '../../connections/configuration/configuration-problems.ts'
import { Problem } from '../../problem/problem.ts'
import { confirm } from '../confirm.ts'
import { print } from '../print.ts'
import type { ServiceClient } from '../service-client.ts'
import { withService } from '../with-service.ts'

interface ApplyOptions {
  readonly prune?: boolean
  readonly yes?: boolean
}

export function addConfigCommand(program: Command): void {
  const config = program.command('config').description('the configuration as one YAML file')
  config
    .command('validate')
    .description('say what is wrong with a file, or what applying it would do')
    .argument('<file>', 'YAML file')
    .option('--prune', 'as in apply')
    .action(async (file: string, options: ApplyOptions, command: Command) => {
      await withService(command, (client) => validate(client, file, options))
    })
  config
    .command('apply')
    .description('store a file: what it does not name stays')
    .argument('<file>', 'YAML file')
    .option('--prune', 'also remove what this file made earlier and no longer names')
    .option('--yes', 'do not ask')
    .action(async (file: string, options: ApplyOptions, command: Command) => {
      await withService(command, (client) => apply(client, file, options))
    })
  config
    .command('export')
    .description('print the configuration; secrets are references')
    .action(async (_options: unknown, command: Command) => {
      await withService(command, async (client) =>
        print((await client.call<string>('GET', '/configuration')).trimEnd()),
      )
    })
}

async function validate(client: ServiceClient, file: string, { prune }: ApplyOptions): Promise<ConfigurationReport> {
  const body = { text: readText(file), fileName: basename(file) }
  const report = await client.call<ConfigurationReport>('POST', `/configuration/validate?prune=${prune === true}`, body)
  for (const problem of report.problems) print(`${problem.message}\n  ${problem.remedy} (${problem.code})`)
  if (!report.ok) {
    process.exitCode = 1
    print(`${file}: ${report.problems.length} to correct; nothing was changed.`)
    return report
  }
  for (const effect of report.effects) print(effect)
  print(report.effects.length === 0 ? `${file}: valid, and nothing would change.` : `${file}: valid.`)
  return report
}

async function apply(client: ServiceClient, file: string, options: ApplyOptions): Promise<void> {
  const report = await validate(client, file, options)
  if (!report.ok || report.effects.length === 0) return
  await confirm('Apply this?', options.yes)
  const body = { text: readText(file), fileName: basename(file) }
  await client.call('POST', `/configuration?prune=${options.prune === true}`, body)
  print('Applied.')
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Problem(configurationProblems.configuration_file_unreadable, `${file} cannot be read.`, { cause })
  }
}
