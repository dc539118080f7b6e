import { Problem, type ProblemDefinition } from '../problem/problem.ts'
import { outgoingProblems } from './outgoing-problems.ts'

const {
  outgoing_host_unknown,
  outgoing_connection_refused,
  outgoing_host_unreachable,
  outgoing_connect_timeout,
  outgoing_answer_timeout,
  outgoing_body_timeout,
  outgoing_connection_lost,
  outgoing_tls_untrusted,
  outgoing_tls_failed,
  outgoing_not_http,
  outgoing_answer_cut_short,
  outgoing_answer_too_large,
} = outgoingProblems

/** What Node and undici call it, and what we call it. */
const definitionByCode: Readonly<Record<string, ProblemDefinition>> = {
  ENOTFOUND: outgoing_host_unknown,
  EAI_AGAIN: outgoing_host_unknown,
  ECONNREFUSED: outgoing_connection_refused,
  EHOSTUNREACH: outgoing_host_unreachable,
  ENETUNREACH: outgoing_host_unreachable,
  EHOSTDOWN: outgoing_host_unreachable,
  EADDRNOTAVAIL: outgoing_host_unreachable,
  ETIMEDOUT: outgoing_connect_timeout,
  UND_ERR_CONNECT_TIMEOUT: outgoing_connect_timeout,
  UND_ERR_HEADERS_TIMEOUT: outgoing_answer_timeout,
  UND_ERR_BODY_TIMEOUT: outgoing_body_timeout,
  UND_ERR_SOCKET: outgoing_connection_lost,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: outgoing_connection_lost,
  ECONNRESET: outgoing_connection_lost,
  EPIPE: outgoing_connection_lost,
  UND_ERR_RES_EXCEEDED_MAX_SIZE: outgoing_answer_too_large,
  UND_ERR_HEADERS_OVERFLOW: outgoing_answer_too_large,
  ERR_BUFFER_TOO_LARGE: outgoing_answer_too_large,
  Z_BUF_ERROR: outgoing_answer_cut_short,
  Z_DATA_ERROR: outgoing_not_http,
  CERT_HAS_EXPIRED: outgoing_tls_untrusted,
  CERT_NOT_YET_VALID: outgoing_tls_untrusted,
  CERT_UNTRUSTED: outgoing_tls_untrusted,
  CERT_REVOKED: outgoing_tls_untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: outgoing_tls_untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: outgoing_tls_untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: outgoing_tls_untrusted,
  UNABLE_TO_GET_ISSUER_CERT: outgoing_tls_untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: outgoing_tls_untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: outgoing_tls_untrusted,
  EPROTO: outgoing_tls_failed,
}

/** Turns what undici threw into a Problem. What is not about the connection, such as an abort, stays as it is. */
export function outgoingFailure(error: unknown, origin: string): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const definition = definitionByCode[code] ?? definitionByKind(error, code)
  if (!definition) return error
  return new Problem(definition, `${origin}: ${definition.meaning}`, { cause: error, context: { origin, cause: code } })
}

function definitionByKind(error: Error, code: string): ProblemDefinition | undefined {
  if (error.name === 'HTTPParserError') return outgoing_not_http
  return code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') ? outgoing_tls_failed : undefined
}
