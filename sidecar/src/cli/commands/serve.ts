import { resolve } from 'node:path'
import type { Command } from 'commander'
import { applyConfigurationFile } from '../../connections/configuration/apply-configuration-file.ts'
import { linkBaseOf } from '../../listener-urls.ts'
import { serve } from '../../serve.ts'
import { createService } from '../../service.ts'
import { createServiceLog } from '../../service-log.ts'
import { readServiceSettings } from '../../service-settings.ts'

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('run the service until it is told to stop')
    .option('--config <file>', 'configuration file to apply at start', process.env.ROLLCALL_CONFIG)
    .action(async ({ config }: { config?: string }, command: Command) => {
      const { data } = command.optsWithGlobals<{ data: string }>()
      await runService(resolve(data), config)
    })
}

async function runService(dataFolder: string, configurationFile: string | undefined): Promise<void> {
  const settings = { ...readServiceSettings(process.env), dataFolder }
  const log = createServiceLog(settings.logLevel)
  const service = await createService({ dataFolder, log, adminUrl: linkBaseOf(settings) })
  if (configurationFile) {
    const effects = await applyConfigurationFile(service, configurationFile)
    log.info({ file: configurationFile, effects }, 'configuration applied')
  }
  const serving = await serve(service, settings)
  await service.start()
  log.info({ admin: serving.adminUrl, dataFolder }, 'serving')
  if (!(await service.access.hasTokens())) {
    log.info('nobody can sign in yet: `rollcall token create NAME` makes an admin token')
  }
  await untilToldToStop()
  log.info('stopping: requests under way finish, nothing more is sent')
  await serving.close()
  await service.close()
}

const untilToldToStop = (): Promise<void> =>
  new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop())
  })
