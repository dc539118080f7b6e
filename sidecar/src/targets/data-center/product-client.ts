import { setTimeout as sleep } from 'node:timers/promises'
import { backoffMs } from '../../outgoing/backoff.ts'
import { jsonOf } from '../../outgoing/json-of.ts'
import { createOutgoingClient, type OutgoingAnswer, type OutgoingRequest } from '../../outgoing/outgoing-client.ts'
import { outgoingProblems } from '../../outgoing/outgoing-problems.ts'
import { Problem } from '../../problem/problem.ts'
import { TargetError } from '../target-error.ts'
import { type ConnectionSettings, productAddress } from './connection-settings.ts'
import type { ProductAnswer } from './product-answer.ts'
import { failureOfEveryCall, type Product, refusal, type SignIn } from './product-failures.ts'
import { createThrottle, type ThrottleOptions } from './throttle.ts'

export type Parameters = Readonly<Record<string, string | number | boolean | undefined>>

interface Call {
  readonly parameters?: Parameters
  readonly body?: unknown
  /** False where a second sending could do something else than the first: it is then not sent again. */
  readonly repeatable?: boolean
}

/** Every call waits for its turn and throws what is not about the request as a `TargetError`. */
export interface ProductClient {
  get(path: string, parameters: Parameters, signal: AbortSignal): Promise<ProductAnswer>
  post(path: string, call: Call, signal: AbortSignal): Promise<ProductAnswer>
  put(path: string, call: Call, signal: AbortSignal): Promise<ProductAnswer>
  patch(path: string, call: Call, signal: AbortSignal): Promise<ProductAnswer>
  delete(path: string, parameters: Parameters, signal: AbortSignal): Promise<ProductAnswer>
  /** A read without credentials, outside the REST API, whose status means nothing by itself. */
  getAnonymously(path: string, signal: AbortSignal): Promise<ProductAnswer>
  close(): Promise<void>
}

const mostReadAttempts = 3

/** Paths begin below `/rest` of the base URL, or where the API of the product begins. */
export function createProductClient(
  product: Product,
  settings: ConnectionSettings,
  signIn: SignIn,
  options: ThrottleOptions = {},
): ProductClient {
  const { origin, contextPath } = productAddress(settings, product.name, product.problems)
  const outgoing = openOutgoing(settings, origin)
  const throttle = createThrottle(() => exhausted(product), options)
  const plain = { accept: 'application/json', 'x-atlassian-token': 'no-check' }
  const reading = { ...plain, authorization: signIn.authorization }
  const writing = { ...reading, 'content-type': 'application/json' }

  /** Waits until the product takes the request: 429 means that it was not looked at, so any call may be sent again. */
  async function exchange(request: OutgoingRequest, signal: AbortSignal): Promise<OutgoingAnswer> {
    const since = Date.now()
    for (let refusals = 1; ; refusals += 1) {
      const turn = throttle.turn(signal)
      if (turn) await turn
      const answer = await outgoing.send(request)
      if (answer.status !== 429) {
        throttle.heed(answer.headers)
        return answer
      }
      throttle.refused(answer.headers, refusals, since)
    }
  }

  async function once(request: OutgoingRequest, signal: AbortSignal): Promise<ProductAnswer> {
    try {
      const answer = await exchange(request, signal)
      const failure = failureOfEveryCall(answer, product, signIn)
      if (failure) throw failure
      return { status: answer.status, headers: answer.headers, body: bodyOf(answer), text: answer.text }
    } catch (error) {
      throw ofTarget(error)
    }
  }

  async function send(request: OutgoingRequest, repeatable: boolean, signal: AbortSignal): Promise<ProductAnswer> {
    const mostAttempts = !repeatable ? 1 : request.method === 'GET' ? mostReadAttempts : 2
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(request, signal)
      } catch (error) {
        if (attempt >= mostAttempts || !isBlip(error, request.method)) throw error
        await sleep(backoffMs(attempt, 400, 2000), undefined, { signal })
      }
    }
  }

  async function anonymously(url: string, signal: AbortSignal): Promise<ProductAnswer> {
    try {
      const answer = await outgoing.send({ method: 'GET', url, headers: plain, signal })
      return { status: answer.status, headers: answer.headers, body: parsed(answer.text), text: answer.text }
    } catch (error) {
      throw ofTarget(error)
    }
  }

  const url = (path: string, parameters: Parameters = {}) =>
    `${contextPath}${product.apiRoot ?? '/rest'}${path}${query(parameters)}`
  const write = (method: 'POST' | 'PUT' | 'PATCH', path: string, call: Call, signal: AbortSignal) =>
    send(
      {
        method,
        url: url(path, call.parameters),
        ...(call.body === undefined ? { headers: reading } : { headers: writing, body: JSON.stringify(call.body) }),
        signal,
      },
      call.repeatable ?? true,
      signal,
    )

  return {
    get: (path, parameters, signal) =>
      send({ method: 'GET', url: url(path, parameters), headers: reading, signal }, true, signal),
    post: (path, call, signal) => write('POST', path, call, signal),
    put: (path, call, signal) => write('PUT', path, call, signal),
    patch: (path, call, signal) => write('PATCH', path, call, signal),
    delete: (path, parameters, signal) =>
      send({ method: 'DELETE', url: url(path, parameters), headers: reading, signal }, true, signal),
    getAnonymously: (path, signal) => anonymously(`${contextPath}${path}`, signal),
    close: () => outgoing.close(),
  }
}

const exhausted = ({ name, problems }: Product) =>
  refusal(
    problems.throttled,
    `${name} kept refusing requests because the rate limit of our account is used up.`,
    'unavailable',
  )

const openOutgoing = (settings: ConnectionSettings, origin: string) =>
  createOutgoingClient({
    origins: [origin],
    allowPrivateAddresses: settings.allowPrivateAddresses,
    connections: 64,
    headersTimeoutMs: settings.requestTimeoutSeconds * 1000,
    bodyTimeoutMs: settings.requestTimeoutSeconds * 1000,
    ca: settings.caCertificate,
  })

function query(parameters: Parameters): string {
  let text = ''
  for (const name in parameters) {
    const value = parameters[name]
    if (value !== undefined) text += `${text === '' ? '?' : '&'}${name}=${encodeURIComponent(value)}`
  }
  return text
}

/** Errors may be pages for people; a success is JSON or empty. */
function bodyOf(answer: OutgoingAnswer): unknown {
  if (answer.text === '') return undefined
  return answer.status < 300 ? jsonOf(answer) : parsed(answer.text)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The connection itself failed: nothing can be said to this product now. */
function ofTarget(error: unknown): unknown {
  if (!(error instanceof Problem) || error instanceof TargetError) return error
  const { code, status, message, remedy, context } = error
  const definition = { code, status, meaning: message, remedy }
  return new TargetError(definition, 'unavailable', message, { cause: error, context })
}

const lostCodes: ReadonlySet<string> = new Set([
  outgoingProblems.outgoing_connection_lost.code,
  outgoingProblems.outgoing_answer_cut_short.code,
])

/** Worth a second sending: an idle connection that the other side closed, and for reads a node that is going away. */
function isBlip(error: unknown, method: OutgoingRequest['method']): boolean {
  if (!(error instanceof TargetError)) return false
  return lostCodes.has(error.code) || (method === 'GET' && error.context.passing === true)
}
