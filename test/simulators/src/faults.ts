import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What goes wrong with one answer. */
export type Fault =
  /** The answer comes late. */
  | { kind: 'latency'; ms: number }
  /** The answer is an error of the product (429, 500, 503, ...), with the product's own body unless one is given. */
  | { kind: 'status'; status: number; headers?: Readonly<Record<string, string>>; body?: string }
  /** A proxy or a sign-in page answers instead of the API. */
  | { kind: 'html'; status?: number }
  /** The body ends in the middle, and HTTP does not tell. */
  | { kind: 'cutShort' }
  /** The connection ends: before anything is answered, or in the middle of the body. */
  | { kind: 'drop'; when: 'before' | 'inBody' }
  /** The body is replaced by what the function makes of it. Product-specific faults are built on this one. */
  | { kind: 'rewrite'; rewrite: (body: string, request: FastifyRequest) => string }

export interface FaultRule {
  fault: Fault
  /** Only requests whose `METHOD /path?query` matches; all without it. */
  match?: RegExp
  /** How many matching requests suffer; 1 without it, `Infinity` for all. */
  times?: number
  /** How many matching requests pass unharmed before. */
  after?: number
}

export type Faults = ReturnType<typeof createFaults>

/** The faults of one simulator. Rules may overlap: a request can be late and cut short. */
export function createFaults(initial: readonly FaultRule[] = []) {
  let rules = initial.map(armed)
  return {
    add: (...added: readonly FaultRule[]) => void rules.push(...added.map(armed)),
    clear: () => {
      rules = []
    },
    /** The faults of this request; counts it against their rules. */
    take(call: string): Fault[] {
      return rules.filter((rule) => strikes(rule, call)).map((rule) => rule.fault)
    },
  }
}

interface ArmedRule extends FaultRule {
  pass: number
  left: number
}

const armed = (rule: FaultRule): ArmedRule => ({ ...rule, pass: rule.after ?? 0, left: rule.times ?? 1 })

function strikes(rule: ArmedRule, call: string): boolean {
  if (rule.left <= 0 || (rule.match && !rule.match.test(call))) return false
  if (rule.pass > 0) {
    rule.pass -= 1
    return false
  }
  rule.left -= 1
  return true
}

/** Makes a server suffer its faults. `errorBody` is the product's own body for an error status. */
export function attachFaults(
  app: FastifyInstance,
  faults: Faults,
  errorBody: (status: number, request: FastifyRequest) => string,
): void {
  const suffering = new WeakMap<FastifyRequest, Fault[]>()

  app.addHook('onRequest', async (request, reply) => {
    const taken = faults.take(`${request.method} ${request.url}`)
    suffering.set(request, taken)
    for (const fault of taken) {
      if (reply.sent) return
      await answerInstead(fault, request, reply, errorBody)
    }
  })

  app.addHook('onSend', async (request, reply, payload) => {
    let body = payload
    for (const fault of suffering.get(request) ?? []) body = spoil(fault, request, reply, body)
    return body
  })
}

async function answerInstead(
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
  errorBody: (status: number, request: FastifyRequest) => string,
): Promise<void> {
  if (fault.kind === 'latency') await sleep(fault.ms)
  if (fault.kind === 'drop' && fault.when === 'before') {
    reply.hijack()
    request.raw.destroy()
  }
  if (fault.kind === 'status') {
    const body = fault.body ?? errorBody(fault.status, request)
    reply
      .code(fault.status)
      .headers(fault.headers ?? {})
      .type('application/json')
      .send(body)
  }
  if (fault.kind === 'html') {
    const page = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in</body></html>'
    reply
      .code(fault.status ?? 200)
      .type('text/html; charset=utf-8')
      .send(page)
  }
}

function spoil(fault: Fault, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload
  const body = payload.toString()
  if (fault.kind === 'cutShort') return resized(reply, body.slice(0, Math.floor(body.length / 2)))
  if (fault.kind === 'rewrite' && reply.statusCode < 400) return resized(reply, fault.rewrite(body, request))
  if (fault.kind === 'drop' && fault.when === 'inBody') return dropInBody(reply, body)
  return payload
}

function resized(reply: FastifyReply, body: string): string {
  reply.header('content-length', Buffer.byteLength(body))
  return body
}

/** The headers promise the whole body, the socket ends after half of it. */
function dropInBody(reply: FastifyReply, body: string): string {
  reply.hijack()
  reply.raw.writeHead(reply.statusCode, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  })
  reply.raw.write(body.slice(0, Math.floor(body.length / 2)), () => reply.raw.destroy())
  return body
}
