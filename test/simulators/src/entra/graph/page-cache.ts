import type { FastifyRequest } from 'fastify'
import type { GraphDependencies } from './graph-dependencies.ts'
import type { GraphAnswer } from './graph-request.ts'

interface CachedAnswer extends Omit<GraphAnswer, 'body'> {
  readonly body: Buffer
}

/** Rendered pages by URL and caller, valid until the directory changes. Does nothing unless it is switched on. */
export function createPageCache({ cachePages, tenant, tokens }: GraphDependencies) {
  const pages = new Map<string, CachedAnswer>()
  let position = ''

  const keyOf = (request: FastifyRequest): string | undefined => {
    const token = tokens.find(request.headers.authorization?.slice('Bearer '.length) ?? '')
    if (!cachePages || request.method !== 'GET' || !token || tokens.isExpired(token)) return undefined
    const { prefer = '', consistencylevel = '' } = request.headers
    return [request.host, request.url, prefer, consistencylevel, ...token.permissions].join(' ')
  }

  return {
    find(request: FastifyRequest): CachedAnswer | undefined {
      const current = `${tenant.state.log.now()} ${tenant.state.epoch} ${tenant.state.assignments.length}`
      if (current !== position) pages.clear()
      position = current
      const key = keyOf(request)
      return key === undefined ? undefined : pages.get(key)
    },
    keep(request: FastifyRequest, answer: GraphAnswer): Buffer {
      const body = Buffer.from(JSON.stringify(answer.body))
      const key = answer.status === 200 ? keyOf(request) : undefined
      if (key !== undefined) pages.set(key, { ...answer, body })
      return body
    },
  }
}
