import { setTimeout as wait } from 'node:timers/promises'
import type { RunProgress, RunView } from '@rollcall/contract/api/runs'
import type { ServiceClient } from './service-client.ts'

/** Waits for a run to finish, showing how far it is on a terminal (standard error, so that output stays clean). */
export async function followRun(client: ServiceClient, runId: number): Promise<RunView> {
  for (;;) {
    const progress = await client.call<RunProgress>('GET', `/runs/${runId}/progress`)
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${progress.state === 'finished' ? '' : line(progress)}`)
    if (progress.state === 'finished') return client.call<RunView>('GET', `/runs/${runId}`)
    await wait(250)
  }
}

function line({ phase, target, done, total, perSecond, remainingMs }: RunProgress): string {
  const amount = total === undefined ? `${done}` : `${done} of ${total}`
  const speed = perSecond === undefined ? '' : `, ${Math.round(perSecond)} a second`
  const rest = remainingMs === undefined ? '' : `, ${Math.ceil(remainingMs / 1000)} s left`
  return `${phase ?? 'queued'}${target ? ` ${target}` : ''}: ${amount}${speed}${rest}`
}
