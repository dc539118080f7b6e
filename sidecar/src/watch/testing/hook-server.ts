import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface HookServer {
  readonly url: string
  readonly bodies: unknown[]
  /** Why the last request was refused, by a receiver that does as docs/monitoring.md says. */
  refusal: string | undefined
  /** Answers this instead. */
  status: number
  close(): Promise<void>
}

/** A receiver of webhooks; with `secret` one that believes only what is signed, and not older than five minutes. */
export async function startHookServer(now: () => number, secret?: string): Promise<HookServer> {
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const timestamp = String(request.headers['x-rollcall-timestamp'])
    const signature = secret && createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
    hook.refusal = refusalOf(secret, Number(timestamp), signature, String(request.headers['x-rollcall-signature']))
    const status = hook.refusal === undefined ? hook.status : 401
    if (status < 300) hook.bodies.push(JSON.parse(body))
    response.writeHead(status).end()
  })
  const refusalOf = (key: string | undefined, at: number, wanted: string | undefined, given: string) => {
    if (key === undefined) return undefined
    if (Math.abs(now() / 1000 - at) > 300) return 'too old'
    return given === `v1=${wanted}` ? undefined : 'wrong signature'
  }
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const hook: HookServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    bodies: [],
    refusal: undefined,
    status: 200,
    close: () => new Promise((closed) => server.close(() => closed())),
  }
  return hook
}
