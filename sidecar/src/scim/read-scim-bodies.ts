import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ScimError } from '../scim-protocol/scim-error.ts'
import { unsupportedType } from './answer-scim-errors.ts'

const readable = /^application\/(?:scim\+json|json)\s*(?:;|$)/i

/** SCIM's own type, plain JSON, and a body without any type are read as JSON; everything else is refused. */
export function readScimBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    try {
      done(null, parseBody(request, body.toString()))
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

function parseBody(request: FastifyRequest, text: string): unknown {
  const type = request.headers['content-type']
  if (text.trim() === '') return undefined
  if (type !== undefined && type.trim() !== '' && !readable.test(type)) throw unsupportedType()
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own words would quote the body.
    throw new ScimError(400, 'invalidSyntax', 'The body is not valid JSON; check what the provider sends.')
  }
}
