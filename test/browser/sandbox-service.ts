import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applyConfigurationFile } from '@rollcall/sidecar/connections/configuration/apply-configuration-file'
import { serve } from '@rollcall/sidecar/serve'
import { createService } from '@rollcall/sidecar/service'
import { createServiceLog } from '@rollcall/sidecar/service-log'
import { readServiceSettings } from '@rollcall/sidecar/service-settings'
import { admin } from '@rollcall/simulators/jira/create-jira'
import { buildWeb } from '../sandbox/build-web.ts'
import { sandboxConfiguration, sandboxSecrets } from '../sandbox/sandbox-configuration.ts'
import { type SandboxWorld, startSandboxWorld } from '../sandbox/sandbox-world.ts'

export interface SandboxService {
  readonly url: string
  /** Signs in. */
  readonly token: string
  readonly world: SandboxWorld
  close(): Promise<void>
}

const anyPort = 0

interface Options {
  /** `false` leaves the service without any connection. */
  readonly configured?: boolean
  /** The provider and the product; the sandbox's own without it. */
  readonly world?: SandboxWorld
  /** The configuration file; the sandbox's own without it. */
  readonly configuration?: (world: SandboxWorld) => string
}

/** The sandbox with the real service, on free ports and in a folder of its own. */
export async function startSandboxService({ configured = true, ...options }: Options = {}): Promise<SandboxService> {
  buildWeb(join(import.meta.dirname, '../../web'))
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-browser-'))
  const world = options.world ?? (await startSandboxWorld(folder, { entra: anyPort, jira: anyPort }))
  Object.assign(process.env, sandboxSecrets(world, admin.token))
  const settings = {
    ...readServiceSettings({ ROLLCALL_ADMIN_LISTEN: `127.0.0.1:${anyPort}` }),
    dataFolder: join(folder, 'service'),
  }
  const service = await createService({ dataFolder: settings.dataFolder, log: createServiceLog('error') })
  if (configured) {
    const file = join(folder, 'rollcall.yaml')
    writeFileSync(file, (options.configuration ?? sandboxConfiguration)(world))
    await applyConfigurationFile(service, file)
  }
  const { token } = await service.access.createToken('Ada')
  const serving = await serve(service, settings)
  await service.start()
  return {
    url: serving.adminUrl,
    token,
    world,
    async close() {
      await serving.close()
      await service.close()
      await world.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
