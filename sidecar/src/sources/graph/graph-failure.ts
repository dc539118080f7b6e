import type { OutgoingAnswer } from '../../outgoing/outgoing-client.ts'
import { Problem } from '../../problem/problem.ts'
import { graphProblems as problems } from './graph-problems.ts'
import { errorBodyOf, type GraphErrorBody } from './wire.ts'

/** Which application permissions open a call; the first is the least (Microsoft Graph, permissions). */
export type Permission = 'User.Read.All' | 'GroupMember.Read.All' | 'Application.Read.All'

/** What an answer that is no success means. Quotes Graph's code and request id, never its message. */
export function graphFailure(answer: OutgoingAnswer, permission: Permission): Problem {
  const body = errorBodyOf(parsed(answer.text))
  const context = { status: answer.status, graphCode: body.code, requestId: body.requestId }
  if (answer.status === 403) return permissionMissing(permission, context)
  const definition = definitionOf(answer.status, body)
  return new Problem(definition, `${definition.meaning} (${body.code || `status ${answer.status}`})`, { context })
}

function definitionOf(status: number, { message }: GraphErrorBody) {
  if (status === 401) return problems.graph_token_refused
  if (status === 429) return problems.graph_throttled
  // Properties kept outside the directory (Microsoft Graph, calls).
  if (status === 501) return problems.graph_attribute_not_readable
  if (status >= 500) return problems.graph_unavailable
  return /Could not find a property named/i.test(message)
    ? problems.graph_attribute_unknown
    : problems.graph_request_refused
}

export const permissionMissing = (permission: Permission, context: Readonly<Record<string, unknown>> = {}) =>
  new Problem(problems.graph_permission_missing, `The application permission ${permission} is missing.`, {
    remedy: `${grant(permission)}.`,
    context: { ...context, permission },
  })

/** Objects came without values that every such object has: a missing right, never an empty value. */
export const valuesHidden = (what: string, permission: Permission) =>
  new Problem(
    problems.graph_values_hidden,
    `Graph shows ${what} without their values, so the application permission ${permission} is missing.`,
    { remedy: `${grant(permission)}.`, context: { permission } },
  )

const grant = (permission: Permission): string =>
  `Add the application permission ${permission} (or Directory.Read.All) for Microsoft Graph, then Grant admin consent`

/**
 * The service no longer knows the state token: expired after 7 days (400 or another 40X with `syncStateNotFound`),
 * reset (410), or any `resync...` (Microsoft Graph, delta).
 */
export function wantsNewRound(answer: OutgoingAnswer): boolean {
  if (answer.status === 410) return true
  if (answer.status < 400 || answer.status >= 500) return false
  return /^(?:syncStateNotFound|syncStateInvalid|resync)/i.test(errorBodyOf(parsed(answer.text)).code)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
