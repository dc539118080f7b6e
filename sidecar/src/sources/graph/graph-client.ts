import { jsonOf } from '../../outgoing/json-of.ts'
import type { OutgoingAnswer, OutgoingClient, OutgoingRequest } from '../../outgoing/outgoing-client.ts'
import { isProblem, Problem } from '../../problem/problem.ts'
import { graphFailure, type Permission, wantsNewRound } from './graph-failure.ts'
import type { GraphLogin } from './graph-login.ts'
import { graphProblems } from './graph-problems.ts'
import type { Pace, Patience } from './patience.ts'
import { repeatWhilePassing } from './repeat-while-passing.ts'

export interface GraphCall {
  /** A path below `/v1.0`, or a link that Graph gave. */
  readonly url: string
  /** The permission to name when Graph refuses. */
  readonly permission: Permission
  /** `high` for one person who waits, `low` for bulk (Microsoft Graph, throttling). */
  readonly priority: 'low' | 'high'
  readonly signal: AbortSignal
  /** Makes it a POST. */
  readonly body?: object
}

export interface GraphReply {
  readonly json: unknown
  /** Characters of the answer. */
  readonly size: number
}

/** Reads Graph: signs in, repeats what may pass, and turns refusals into Problems. */
export interface GraphClient {
  /** Gets a token before several calls are sent at once, each of which would otherwise get its own. */
  signIn(signal: AbortSignal): Promise<void>
  call(call: GraphCall): Promise<GraphReply>
  /** As `call`; `undefined` for 404. */
  find(call: GraphCall): Promise<GraphReply | undefined>
}

interface ClientDependencies {
  /** Bound to the Graph host. */
  readonly outgoing: OutgoingClient
  readonly login: GraphLogin
  readonly pace: Pace
  readonly patience: Patience
}

export function createGraphClient({ outgoing, login, pace, patience }: ClientDependencies): GraphClient {
  /** One sending; the body of a success is parsed within, so that one that is cut short is sent for again. */
  async function sendOnce(call: GraphCall, renew: boolean) {
    const token = await login.accessToken(call.signal, renew)
    const answer = await outgoing.send(requestOf(call, token))
    return { answer, json: answer.status === 200 ? jsonOf(answer) : undefined }
  }

  async function send(call: GraphCall): Promise<{ answer: OutgoingAnswer; json: unknown }> {
    const repetition = { pace, patience, signal: call.signal }
    const sent = await repeatWhilePassing(() => sendOnce(call, false), repetition)
    // A token can be revoked before it expires: once with a new one.
    return sent.answer.status === 401 ? repeatWhilePassing(() => sendOnce(call, true), repetition) : sent
  }

  async function replyTo(call: GraphCall): Promise<GraphReply | OutgoingAnswer> {
    const { answer, json } = await send(call)
    if (answer.status === 200) return { json, size: answer.text.length }
    if (answer.status === 404) return answer
    if (wantsNewRound(answer)) throw roundExpired(answer)
    throw answer.status === 403 ? await refusal(answer, call) : graphFailure(answer, call.permission)
  }

  /** With a consent there is at least one of the two; a token without any is refused everywhere. */
  async function refusal(answer: OutgoingAnswer, call: GraphCall): Promise<Problem> {
    const probes = ['/users?$top=1&$select=id', '/groups?$top=1&$select=id'].map((url) =>
      send({ url, permission: call.permission, priority: call.priority, signal: call.signal }),
    )
    const answers = await Promise.all(probes)
    return answers.every((each) => each.answer.status === 403)
      ? new Problem(graphProblems.graph_consent_missing, graphProblems.graph_consent_missing.meaning)
      : graphFailure(answer, call.permission)
  }

  return {
    async signIn(signal) {
      await login.accessToken(signal)
    },
    async call(call) {
      const reply = await replyTo(call)
      if ('json' in reply) return reply
      throw graphFailure(reply, call.permission)
    },
    async find(call) {
      const reply = await replyTo(call)
      return 'json' in reply ? reply : undefined
    },
  }
}

function requestOf({ url, priority, signal, body }: GraphCall, token: string): OutgoingRequest {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'x-ms-throttle-priority': priority,
  }
  // Links are followed verbatim; the outgoing client refuses one to another origin.
  const request = { url: url.startsWith('/') ? `/v1.0${url}` : url, signal }
  if (body === undefined) return { ...request, method: 'GET', headers }
  const post = { ...headers, 'content-type': 'application/json' }
  return { ...request, method: 'POST', headers: post, body: JSON.stringify(body) }
}

const roundExpired = (answer: OutgoingAnswer) =>
  new Problem(graphProblems.graph_round_expired, graphProblems.graph_round_expired.meaning, {
    context: { status: answer.status },
  })

/** Graph no longer knows the round that a link belongs to: another one has to begin. */
export const isRoundExpired = (error: unknown): boolean => isProblem(error, graphProblems.graph_round_expired)
