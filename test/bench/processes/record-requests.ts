import { subscribe } from 'node:diagnostics_channel'
import { writeFileSync } from 'node:fs'

/** A request as it was sent, for a floor to send again. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly body: string | undefined
  /** A target may sign in to two services by different credentials. */
  readonly authorization: string | undefined
}

interface Created {
  readonly request: {
    readonly origin: string
    readonly method: string
    readonly path: string
    readonly body: unknown
    /** Names and values in turn. */
    readonly headers: readonly string[]
  }
}

export interface Recording {
  /** When the first request went out that changes something, by `performance.now()`. */
  firstWriteAt(): number | undefined
  /** What was sent from the first write on, or everything; gives back how many those are. */
  save(file: string, from?: 'firstWrite'): number
}

const reads = (method: string) => method === 'GET' || method === 'HEAD'

/** Notes every request that this thread sends to one origin (undici's `DiagnosticsChannel.md`). */
export function recordRequests(origin: string): Recording {
  let firstWrite: { readonly at: number; readonly index: number } | undefined
  const requests: RecordedRequest[] = []
  subscribe('undici:request:create', (message) => {
    const { request } = message as Created
    if (String(request.origin) !== origin) return
    const { method, path, body, headers } = request
    if (!reads(method)) firstWrite ??= { at: performance.now(), index: requests.length }
    const name = headers.findIndex((header, index) => index % 2 === 0 && header.toLowerCase() === 'authorization')
    requests.push({
      method,
      path,
      body: body instanceof Uint8Array ? Buffer.from(body).toString() : undefined,
      authorization: name < 0 ? undefined : headers[name + 1],
    })
  })
  return {
    firstWriteAt: () => firstWrite?.at,
    save(file, from) {
      const kept = requests.slice(from === 'firstWrite' ? (firstWrite?.index ?? requests.length) : 0)
      writeFileSync(file, kept.map((request) => JSON.stringify(request)).join('\n'))
      return kept.length
    },
  }
}
