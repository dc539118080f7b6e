import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { socketPath } from '@rollcall/sidecar/service-settings'
import { type Administrator, createAdministrator } from './administrator.ts'
import { type Api, socketApi } from './api.ts'
import type { Simulated } from './world.ts'

export const commandFile = fileURLToPath(new URL('../../../sidecar/src/cli/rollcall.ts', import.meta.url))

export interface ChildService {
  readonly process: ChildProcess
  readonly api: Api
  readonly administrator: Administrator
  /** Standard output and standard error so far. */
  readonly said: () => string
  /** Ends it without a word, as a power cut does. */
  kill(): Promise<void>
  /** Asks it to stop; gives back its exit code. */
  stop(): Promise<number | null>
}

/** A real `rollcall serve`, configured from a file, reached through its socket. */
export async function startChild(
  simulated: Simulated,
  more: Readonly<Record<string, string>> = {},
): Promise<ChildService> {
  const file = join(simulated.folder, 'rollcall.yaml')
  writeFileSync(file, simulated.configuration())
  const dataFolder = join(simulated.folder, 'service')
  const child = spawn(process.execPath, [commandFile, '--data', dataFolder, 'serve', '--config', file], {
    env: { ...process.env, ROLLCALL_ADMIN_LISTEN: '127.0.0.1:0', ...simulated.environment, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => void lines.push(String(chunk)))
  const exited = once(child, 'exit')
  const api = socketApi(socketPath(dataFolder))
  const said = () => lines.join('')
  await answering(api, child, said)
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    await api.close()
    child.kill(signal)
    const [code] = await exited
    return code
  }
  return {
    process: child,
    api,
    administrator: createAdministrator(api),
    said,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}

async function answering(api: Api, child: ChildProcess, said: () => string): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(30)) {
    if (child.exitCode !== null) throw new Error(`The service ended with ${child.exitCode}: ${said()}`)
    const status = await api.call('GET', '/status').catch(() => undefined)
    if (status && said().includes('"serving"')) return
  }
  throw new Error(`The service does not answer: ${said()}`)
}
