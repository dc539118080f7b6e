import { subscribe } from 'node:diagnostics_channel'
import { writeFileSync } from 'node:fs'

/** A request as it was sent, for a floor to send again. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly body: string | undefined
}

interface Created {
  readonly request: {
    readonly origin: string
    readonly method: string
    readonly path: string
    readonly body: unknown
  }
}

/** Notes every request that this thread sends to one origin (undici's `DiagnosticsChannel.md`). */
export function recordRequests(origin: string): { save(file: string): number } {
  const requests: RecordedRequest[] = []
  subscribe('undici:request:create', (message) => {
    const { request } = message as Created
    if (String(request.origin) !== origin) return
    const { method, path, body } = request
    requests.push({ method, path, body: body instanceof Uint8Array ? Buffer.from(body).toString() : undefined })
  })
  return {
    save(file) {
      writeFileSync(file, requests.map((request) => JSON.stringify(request)).join('\n'))
      return requests.length
    },
  }
}
