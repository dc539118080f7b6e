import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { serve } from '@rollcall/sidecar/serve'
import { readServiceSettings } from '@rollcall/sidecar/service-settings'
import { watchCpu } from '../probes/cpu.ts'
import { memoryMB, peakMemoryMB } from '../probes/memory.ts'
import { server } from '../processes/program.ts'
import type { Contestant } from './contestant.ts'
import { openPushedService } from './open-pushed-service.ts'

export interface Serving extends Pick<Contestant, 'name' | 'stock'> {
  /** Filled beforehand, by another process. */
  readonly dataFolder: string
}

const cpu = watchCpu()

const handlers = {
  async start({ name, dataFolder, stock }: Serving): Promise<Contestant> {
    const { service, connection } = await openPushedService(dataFolder)
    const port = await freePort()
    await serve(service, readServiceSettings(environment(dataFolder, port)))
    await service.start()
    const { token } = await service.scim.tokens.create(connection, { label: 'bench' })
    return { name, baseUrl: `http://127.0.0.1:${port}/scim/v2/pushed`, token, stock }
  },

  computed: (_: undefined): number => cpu.seconds(),

  memory: (_: undefined) => ({ nowMB: memoryMB(), peakMB: peakMemoryMB() }),
}
export type RollcallServer = typeof handlers

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

const environment = (dataFolder: string, port: number) => ({
  ROLLCALL_ADMIN_LISTEN: '127.0.0.1:0',
  ROLLCALL_PUBLIC_LISTEN: `127.0.0.1:${port}`,
  ROLLCALL_PUBLIC_URL: `http://127.0.0.1:${port}`,
  ROLLCALL_DATA: dataFolder,
})

server(handlers)
