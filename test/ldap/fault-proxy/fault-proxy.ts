import { connect, createServer, type Socket } from 'node:net'
import type { Fault } from './fault.ts'
import { proxyConnection } from './proxy-connection.ts'

/** Stands between a client and a server of LDAP, and does what networks and servers do on bad days. */
export interface FaultProxy {
  readonly host: '127.0.0.1'
  readonly port: number
  readonly url: string
  /** Strikes every connection from now on, until `clear`. */
  strike(fault: Fault): void
  clear(): void
  /** How many connections there were since `clear`, and how often the fault struck. */
  readonly seen: { connections: number; struck: number; pages: number }
  /** Where connections go from now on. */
  forwardTo(server: { readonly host: string; readonly port: number }): void
  close(): Promise<void>
}

export async function startFaultProxy(server: { readonly host: string; readonly port: number }): Promise<FaultProxy> {
  let target = server
  let fault: Fault | undefined
  const seen = { connections: 0, struck: 0, pages: 0 }
  const open = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    open.add(socket)
    // What becomes of either side ends the other; why does not matter here.
    return socket.on('error', () => {}).on('close', () => open.delete(socket))
  }
  const listener = createServer({ allowHalfOpen: true }, (client) => {
    seen.connections += 1
    proxyConnection(keep(client), keep(connect({ ...target, noDelay: true })), fault, seen)
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    host: '127.0.0.1',
    port,
    url: `ldap://127.0.0.1:${port}`,
    strike(next) {
      fault = next
    },
    clear() {
      fault = undefined
      Object.assign(seen, { connections: 0, struck: 0, pages: 0 })
    },
    seen,
    forwardTo(next) {
      target = next
    },
    close() {
      for (const socket of open) socket.destroy()
      return new Promise((resolve) => listener.close(() => resolve()))
    },
  }
}
