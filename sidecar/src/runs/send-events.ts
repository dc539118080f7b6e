import type { RunProgress, RunView } from '@rollcall/contract/api/runs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RunId } from '../identity/ids.ts'
import type { RunService } from './run-service.ts'

interface Stream {
  readonly about: RunId | 'all'
  readonly runs: RunService
  readonly view: (run: number) => Promise<RunView>
  /** Nothing will be published any more: only the end is told. */
  readonly finished: boolean
}

/** Proxies drop connections on which nothing is sent; a comment line is nothing to the reader. */
const heartbeatMs = 15_000

/**
 * Server-sent events (WHATWG HTML, 9.2): `progress` with a `RunProgress`, `finished` with the `RunView`.
 * Read by `fetch` with the session's cookie, so no credential is part of a URL. A stream about one run ends with it.
 */
export function sendEvents(request: FastifyRequest, reply: FastifyReply, stream: Stream): FastifyReply {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  // The reader's request is answered now, not with the first event.
  raw.flushHeaders()
  const say = (event: string, data: unknown) => raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  const sayFinished = async (run: number) => {
    say('finished', await stream.view(run))
    if (stream.about !== 'all') raw.end()
  }
  const hear = (progress: RunProgress) => {
    if (progress.state === 'finished') sayFinished(progress.runId).catch((error: Error) => raw.destroy(error))
    else say('progress', progress)
  }
  if (stream.finished && stream.about !== 'all') {
    sayFinished(stream.about).catch((error: Error) => raw.destroy(error))
    return reply
  }
  const stop = stream.runs.subscribe(stream.about, hear)
  const heartbeat = setInterval(() => raw.write(':\n\n'), heartbeatMs)
  const end = () => {
    clearInterval(heartbeat)
    stop()
  }
  raw.on('close', end)
  request.raw.on('error', end)
  return reply
}
