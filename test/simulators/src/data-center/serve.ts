import type { IncomingHttpHeaders } from 'node:http'
import { type Answer, page } from './answer.ts'
import { authenticate, type Identified } from './authentication.ts'
import { nonconformity } from './conformity.ts'
import { isForged } from './forgery.ts'
import type { Operation } from './operation.ts'
import type { Asked, Product } from './product.ts'
import { createRateLimit } from './rate-limit.ts'
import { firstValues, parsedJson } from './read-request.ts'

export interface Incoming {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly query: Readonly<Record<string, string | string[]>>
  readonly parameters: Readonly<Record<string, string>>
  readonly text: string
  /** Of the caller. */
  readonly address: string
}

/** A request that the official description does not allow. */
export interface Violation {
  readonly call: string
  readonly reason: string
}

/** Everything between the socket and the handlers, in the order of the products' filters. */
export function createServe<Name extends string>(product: Product<Name>, base: string, violations: Violation[]) {
  const { site, refusals, description } = product
  const limit = createRateLimit(site.now)

  /** `name` is undefined for a path that the table of the description does not have. */
  return function serve(name: Name | undefined, request: Incoming): Answer {
    if (hasEncodedSlash(request.url)) return page(400, 'Bad Request')
    // States other than RUNNING come with 503 (Data Center, status).
    if (site.settings.state !== 'RUNNING') return refusals.unavailable(site.settings.state)
    const who = authenticate(product, request.headers)
    if (who.kind === 'refused') return who.answer
    const headers = { ...product.identify(who) }
    if (who.kind === 'user' && product.isLimited(who)) {
      const limited = limit(site.settings.rateLimit, who.user)
      Object.assign(headers, limited.headers)
      if (limited.refused) return withHeaders(refusals.tooMany, headers)
    }
    return withHeaders(checked(name, request, who), headers)
  }

  function checked(name: Name | undefined, request: Incoming, who: Identified): Answer {
    if (isForged(request.method, request.headers, base)) return refusals.forged
    if (name === undefined) {
      violated(request, 'no operation that this simulator knows of the description')
      return refusals.notFound
    }
    const operation = description[name]
    return (
      product.notAllowed(operation, who) ?? malformed(operation, request) ?? product.answer(name, asked(request, who))
    )
  }

  function malformed(operation: Operation, request: Incoming): Answer | undefined {
    // A wrong content type is answered with 415 [believed] (Data Center, XSRF).
    if (request.text !== '' && !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      violated(request, 'the body is not application/json')
      return refusals.notJson
    }
    const reason = nonconformity(operation, request.query, request.text, parsedJson(request.text))
    if (reason === undefined) return undefined
    violated(request, reason)
    return refusals.malformed(reason)
  }

  function asked(request: Incoming, who: Identified): Asked {
    return {
      base,
      who,
      query: firstValues(request.query),
      repeated: (parameter: string) => [request.query[parameter] ?? []].flat(),
      parameters: request.parameters,
      body: (parsedJson(request.text) ?? {}) as Record<string, unknown>,
      text: request.text,
      headers: request.headers,
    }
  }

  function violated({ method, url }: Incoming, reason: string): void {
    violations.push({ call: `${method} ${url}`, reason })
  }
}

/** Tomcat refuses such path segments before the product sees them [believed] (Data Center, names). */
const hasEncodedSlash = (url: string): boolean => /^[^?]*%(2f|5c)/i.test(url)

const withHeaders = (answer: Answer, headers: Readonly<Record<string, string>>): Answer => ({
  ...answer,
  headers: { ...headers, ...answer.headers },
})
