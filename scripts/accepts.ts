import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until somebody listens there; `failed` says why nobody ever will. */
export async function accepts(
  { host, port }: { readonly host: string; readonly port: number },
  failed: () => string | undefined,
  withinMs = 30_000,
): Promise<void> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(20)) {
    const reason = failed()
    if (reason !== undefined) throw new Error(reason)
    if (await connects(host, port)) return
  }
  throw new Error(`Nobody listens on ${host}:${port} after ${withinMs} ms.`)
}

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const settle = (result: boolean) => {
      socket.destroy()
      resolve(result)
    }
    socket.once('connect', () => settle(true)).once('error', () => settle(false))
  })
}
