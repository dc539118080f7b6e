import { Writable } from 'node:stream'
import { type Serving, serve } from '@rollcall/sidecar/serve'
import { createService, type Service } from '@rollcall/sidecar/service'
import { createServiceLog } from '@rollcall/sidecar/service-log'
import { readServiceSettings } from '@rollcall/sidecar/service-settings'
import { type Administrator, createAdministrator } from './administrator.ts'
import { tokenApi } from './api.ts'

export interface RunningService {
  readonly service: Service
  readonly serving: Serving
  /** Everything that was logged, as JSON lines. */
  readonly logged: () => string
  readonly token: string
  readonly administrator: Administrator
  close(): Promise<void>
}

/** The service as `rollcall serve` wires it, inside the test's process, on free ports. */
export async function startInProcess(
  dataFolder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningService> {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const log = createServiceLog('trace', sink)
  const settings = readServiceSettings({
    ROLLCALL_ADMIN_LISTEN: '127.0.0.1:0',
    ROLLCALL_DATA: dataFolder,
    ...environment,
  })
  const service = await createService({ dataFolder, log })
  const serving = await serve(service, settings)
  await service.start()
  const { token } = await service.access.createToken(`test ${crypto.randomUUID()}`)
  const api = tokenApi(serving.adminUrl, token)
  return {
    service,
    serving,
    logged: () => lines.join(''),
    token,
    administrator: createAdministrator(api),
    async close() {
      await api.close()
      await serving.close()
      await service.close()
    },
  }
}
