import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type Dispatcher, Pool } from 'undici'
import manifest from '../../package.json' with { type: 'json' }
import { Problem } from '../problem/problem.ts'
import { createGuardedConnector } from './guarded-connector.ts'
import { outgoingFailure } from './outgoing-failure.ts'
import { outgoingProblems } from './outgoing-problems.ts'

export interface OutgoingClientOptions {
  /** Base URLs or origins of the settings. Requests go to these origins and nowhere else; the first resolves paths. */
  readonly origins: readonly string[]
  /** Loopback and private networks, only where the settings say so. Link-local and metadata are refused always. */
  readonly allowPrivateAddresses: boolean
  /** Most connections kept open to one origin; 16 without it. */
  readonly connections?: number
  readonly connectTimeoutMs?: number
  /** Longest wait for the first byte of an answer. */
  readonly headersTimeoutMs?: number
  /** Longest silence within an answer. */
  readonly bodyTimeoutMs?: number
  readonly maxAnswerBytes?: number
  /** Asks for gzip: worth it for large answers over a network. The cap counts what comes out of it. */
  readonly compressed?: boolean
  /** PEM certificates trusted instead of the system's. */
  readonly ca?: string | undefined
}

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  /** Absolute, or a path on the first origin. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal | undefined
  /** Follows redirects of a GET within the origin; without it a redirect is an answer like any other. */
  readonly followRedirects?: boolean
}

export interface OutgoingAnswer {
  readonly status: number
  /** Lower-case names; several values of one name are joined with commas. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly origin: string
}

/**
 * A thin client that is bound to the origins of its settings. It throws a Problem when there is no whole answer, the
 * reason of `signal` when that is aborted, and returns every answer that is whole, whatever its status. It never tries
 * twice: callers differ in what they may repeat.
 */
export interface OutgoingClient {
  send(request: OutgoingRequest): Promise<OutgoingAnswer>
  close(): Promise<void>
}

const mostRedirects = 5
const usualAnswerBytes = 64 * 1024 * 1024
const usualHeaders = { 'user-agent': `rollcall/${manifest.version}` }
const compressedHeaders = { ...usualHeaders, 'accept-encoding': 'gzip' }
const unzip = promisify(gunzip)

export function createOutgoingClient(options: OutgoingClientOptions): OutgoingClient {
  const pools = new Map(options.origins.map((base) => [new URL(base).origin, openPool(new URL(base).origin, options)]))
  const [firstOrigin] = pools.keys()

  async function send(request: OutgoingRequest, hops = 0): Promise<OutgoingAnswer> {
    const url = parseUrl(request.url, firstOrigin)
    const pool = pools.get(url.origin)
    if (!pool) throw foreignOrigin(url.origin, hops > 0)
    const answer = await exchange(pool, url, request, options)
    const location = redirectOf(answer, url)
    if (!location) return answer
    if (!pools.has(location.origin)) throw foreignOrigin(location.origin, true)
    if (!request.followRedirects || request.method !== 'GET') return answer
    if (hops === mostRedirects) throw tooManyRedirects(url.origin)
    return send({ ...request, url: location.href }, hops + 1)
  }

  return {
    send: (request) => send(request),
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()))
    },
  }
}

function openPool(origin: string, options: OutgoingClientOptions): Pool {
  return new Pool(origin, {
    connections: options.connections ?? 16,
    headersTimeout: options.headersTimeoutMs ?? 60_000,
    bodyTimeout: options.bodyTimeoutMs ?? 60_000,
    maxResponseSize: options.maxAnswerBytes ?? usualAnswerBytes,
    connect: createGuardedConnector({
      allowPrivateAddresses: options.allowPrivateAddresses,
      connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
      ca: options.ca,
    }),
  })
}

async function exchange(
  pool: Pool,
  url: URL,
  request: OutgoingRequest,
  options: OutgoingClientOptions,
): Promise<OutgoingAnswer> {
  try {
    const answer = await pool.request({
      method: request.method,
      path: url.pathname + url.search,
      headers: { ...(options.compressed ? compressedHeaders : usualHeaders), ...request.headers },
      body: request.body ?? null,
      signal: request.signal ?? null,
    })
    const text = await textOf(answer, options.maxAnswerBytes ?? usualAnswerBytes)
    return { status: answer.statusCode, headers: joined(answer.headers), text, origin: url.origin }
  } catch (error) {
    throw outgoingFailure(error, url.origin)
  }
}

/** A body that is compressed although nobody asked for it is understood as well. */
async function textOf({ headers, body }: Dispatcher.ResponseData, mostBytes: number): Promise<string> {
  if (headers['content-encoding'] !== 'gzip') return body.text()
  const packed = await body.arrayBuffer()
  return packed.byteLength === 0 ? '' : (await unzip(packed, { maxOutputLength: mostBytes })).toString()
}

function joined(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const result: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) result[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return result
}

function parseUrl(url: string, base: string | undefined): URL {
  const parsed = URL.parse(url, base)
  if (!parsed) throw foreignOrigin('an address that is none', false)
  return parsed
}

const redirectStatuses = new Set([301, 302, 303, 307, 308])

function redirectOf(answer: OutgoingAnswer, asked: URL): URL | undefined {
  if (!redirectStatuses.has(answer.status)) return undefined
  const location = answer.headers.location
  return location === undefined ? undefined : (URL.parse(location, asked.href) ?? undefined)
}

/** `redirected`: the host answered with it, so the request was seen; else it is a link, and nothing was sent. */
const foreignOrigin = (origin: string, redirected: boolean) =>
  new Problem(
    outgoingProblems.outgoing_foreign_origin,
    `A ${redirected ? 'redirect' : 'link'} leads to ${origin}, which is not in the settings.`,
    { context: { origin, redirected } },
  )

const tooManyRedirects = (origin: string) =>
  new Problem(outgoingProblems.outgoing_too_many_redirects, `${origin} redirects more than ${mostRedirects} times.`)
