import { existsSync } from 'node:fs'
import type { ProblemView } from '@rollcall/contract/api/problem'
import { Agent, request } from 'undici'
import { defineProblems, Problem } from '../problem/problem.ts'
import { socketPath } from '../service-settings.ts'

export const clientProblems = defineProblems({
  service_unreachable: {
    status: 503,
    meaning: 'The running service does not answer.',
    remedy: 'Check that `rollcall serve` runs, and that --data or --url name the right place.',
  },
})

/** A way to the admin API: the running service's socket, a URL with a token, or a service inside this process. */
export interface ServiceClient {
  /** Answers the parsed body; throws the problem that the service answered with. */
  call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>
  close(): Promise<void>
}

/** Speaks to the service that owns the data folder; `undefined` if none listens there. */
export function socketClient(dataFolder: string): ServiceClient | undefined {
  const path = socketPath(dataFolder)
  if (!existsSync(path)) return undefined
  return httpClient('http://localhost', new Agent({ connect: { socketPath: path } }), {})
}

/** Speaks to a service elsewhere with an admin token. */
export const urlClient = (url: string, token: string): ServiceClient =>
  httpClient(url.replace(/\/$/, ''), new Agent(), { authorization: `Bearer ${token}` })

function httpClient(origin: string, agent: Agent, headers: Record<string, string>): ServiceClient {
  return {
    async call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
      const answer = await request(`${origin}/api${path}`, {
        method,
        dispatcher: agent,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }).catch((cause: unknown) => {
        throw new Problem(clientProblems.service_unreachable, `The service at ${origin} does not answer.`, { cause })
      })
      return parseAnswer<T>(answer.statusCode, String(answer.headers['content-type']), await answer.body.text())
    },
    close: () => agent.close(),
  }
}

/** The body of a good answer; throws what a bad one says. */
export function parseAnswer<T>(status: number, contentType: string, text: string): T {
  const body: unknown = contentType.includes('json') && text !== '' ? JSON.parse(text) : text
  if (status < 400) return body as T
  throw problemOf(status, body)
}

function problemOf(status: number, body: unknown): Problem {
  if (typeof body === 'object' && body !== null && 'code' in body) {
    const { code, message, remedy, context } = body as ProblemView
    return new Problem({ code, status, meaning: message, remedy }, message, context ? { context } : {})
  }
  return new Problem(
    clientProblems.service_unreachable,
    `The service answered with status ${status} and no explanation.`,
  )
}
