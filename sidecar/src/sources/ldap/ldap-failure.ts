import { ResultCodeError } from 'ldapts'
import { Problem, type ProblemDefinition } from '../../problem/problem.ts'
import { ldapProblems as problems } from './ldap-problems.ts'

/** Result codes that have words of their own (RFC 4511 appendix A). */
const byResultCode: Readonly<Record<number, ProblemDefinition>> = {
  3: problems.ldap_time_limit,
  4: problems.ldap_size_limit,
  7: problems.ldap_authentication_refused,
  8: problems.ldap_strong_auth_required,
  10: problems.ldap_referral,
  11: problems.ldap_admin_limit,
  12: problems.ldap_paging_unsupported,
  13: problems.ldap_strong_auth_required,
  32: problems.ldap_base_not_found,
  34: problems.ldap_base_invalid,
  48: problems.ldap_authentication_refused,
  49: problems.ldap_credentials_wrong,
  50: problems.ldap_access_denied,
  51: problems.ldap_busy,
  52: problems.ldap_unavailable,
}

/** Why Active Directory refused a bind: Win32 codes in its message, "data 52e" (Microsoft "LDAP bind error codes"). */
const byBindData: Readonly<Record<string, ProblemDefinition>> = {
  532: problems.ldap_password_expired,
  533: problems.ldap_account_disabled,
  701: problems.ldap_account_expired,
  773: problems.ldap_password_expired,
  775: problems.ldap_account_locked,
}

/** Errors of Node's sockets and of OpenSSL, by their code. */
const byErrorCode: readonly (readonly [RegExp, ProblemDefinition])[] = [
  [/^(?:ENOTFOUND|EAI_AGAIN|EAI_NONAME|EAI_FAIL)$/, problems.ldap_host_unknown],
  [/^ECONNREFUSED$/, problems.ldap_connection_refused],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/, problems.ldap_host_unreachable],
  [/^ETIMEDOUT$/, problems.ldap_connect_timeout],
  [/^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/, problems.ldap_tls_certificate_expired],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$|^HOSTNAME_MISMATCH$/, problems.ldap_tls_wrong_name],
  [/^(?:UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERT_|INVALID_CA|INVALID_PURPOSE)/, problems.ldap_tls_unknown_authority],
  [
    /ALERT_(?:CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE|NO_CERTIFICATE|ACCESS_DENIED)/,
    problems.ldap_tls_client_certificate_refused,
  ],
  [/^(?:ERR_SSL|ERR_TLS|EPROTO)/, problems.ldap_tls_failed],
]

/** What was tried, for the sentence: "Signing in at dc1.example.com". */
export interface Attempt {
  readonly doing: string
  readonly server: string
}

/** A `Problem` for whatever a socket, OpenSSL or ldapts threw. Servers' own texts may name people: they are not quoted. */
export function ldapFailure(error: unknown, { doing, server }: Attempt): Problem {
  if (error instanceof Problem) return error
  const attempt = `${doing} at ${server}`
  if (error instanceof ResultCodeError) return resultFailure(error, attempt, server)
  const code = codeOf(error)
  const known = byErrorCode.find(([pattern]) => pattern.test(code))?.[1]
  if (known) return told(known, attempt, { server, error: code }, error)
  const text = error instanceof Error ? error.message : ''
  if (/timed out|timeout/i.test(text)) return told(problems.ldap_answer_timeout, attempt, { server }, error)
  if (/not supported: 0x|ASN\.?1|expected 0x|unable to read/i.test(text)) {
    return told(problems.ldap_answer_malformed, attempt, { server }, error)
  }
  return told(problems.ldap_connection_lost, attempt, { server, ...(code && { error: code }) }, error)
}

function resultFailure(error: ResultCodeError, attempt: string, server: string): Problem {
  const data = error.code === 49 ? /\bdata ([0-9a-f]+)/i.exec(error.message)?.[1] : undefined
  const definition = byBindData[data ?? ''] ?? byResultCode[error.code] ?? problems.ldap_request_refused
  const context = { server, resultCode: error.code, ...(data && { data }) }
  return told(definition, `${attempt} (result ${error.code}${data ? `, data ${data}` : ''})`, context, undefined)
}

const told = (definition: ProblemDefinition, attempt: string, context: Record<string, unknown>, cause: unknown) =>
  new Problem(definition, `${attempt}: ${lower(definition.meaning)}`, {
    context,
    ...(cause === undefined ? {} : { cause }),
  })

const lower = (sentence: string): string => sentence.slice(0, 1).toLowerCase() + sentence.slice(1)

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

export const malformed = (what: string) =>
  new Problem(problems.ldap_answer_malformed, `An answer of the directory server ${what}.`)

/** True for failures that another server with the same content may not have. */
export const isOfOneServer = (error: unknown): boolean =>
  error instanceof Problem &&
  [
    problems.ldap_host_unknown,
    problems.ldap_connection_refused,
    problems.ldap_host_unreachable,
    problems.ldap_connect_timeout,
    problems.ldap_answer_timeout,
    problems.ldap_connection_lost,
    problems.ldap_busy,
    problems.ldap_unavailable,
    problems.ldap_tls_certificate_expired,
    problems.ldap_tls_failed,
  ].some(({ code }) => code === error.code)
