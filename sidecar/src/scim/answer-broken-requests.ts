import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { ScimError } from '../scim-protocol/scim-error.ts'
import { errorBody } from './scim-answer.ts'

const statuses: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

const sentences: Readonly<Record<number, string>> = {
  400: 'This is no well-formed HTTP request.',
  408: 'The request did not arrive whole in time; send it again.',
  431: 'The headers or the address of the request are too long; send a long filter to /.search instead.',
}

/** What Node refuses before it is a request is answered as a SCIM error, too. */
export function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const status = statuses[error.code ?? ''] ?? 400
  const body = errorBody(new ScimError(status, undefined, sentences[status] ?? ''))
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/scim+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n`
  if (socket.writable) socket.write(head + body)
  socket.destroy(error)
}
