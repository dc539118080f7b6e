import { AsyncLocalStorage } from 'node:async_hooks'
import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node'
import { jsonOf } from '../../outgoing/json-of.ts'
import type { OutgoingAnswer, OutgoingClient } from '../../outgoing/outgoing-client.ts'
import { Problem } from '../../problem/problem.ts'
import { clientCredentialOf } from './client-credential.ts'
import { graphProblems } from './graph-problems.ts'
import { type GraphSettings, hostsOf } from './graph-settings.ts'
import type { Pace, Patience } from './patience.ts'
import { repeatWhilePassing } from './repeat-while-passing.ts'
import { signInFailure } from './sign-in-failure.ts'

export interface GraphLogin {
  /** A token for Graph, from memory while it is valid; with `renew` in any case a new one. */
  accessToken(signal: AbortSignal, renew?: boolean): Promise<string>
}

interface LoginDependencies {
  /** Bound to the sign-in host. */
  readonly outgoing: OutgoingClient
  readonly pace: Pace
  readonly patience: Patience
}

/** Signs in with client credentials. One MSAL application for each connection: its tokens live in its memory. */
export function createGraphLogin(settings: GraphSettings, dependencies: LoginDependencies): GraphLogin {
  const { graphUrl } = hostsOf(settings)
  const network = createNetwork(settings, dependencies)
  const application = new ConfidentialClientApplication({
    auth: { clientId: settings.clientId, ...authorityOf(settings), ...clientCredentialOf(settings) },
    system: { networkClient: network.module, disableInternalRetries: true },
  })
  return {
    async accessToken(signal, renew = false) {
      const request = { scopes: [`${graphUrl}/.default`], skipCache: renew }
      const acquired = await network.during(signal, () => application.acquireTokenByClientCredential(request))
      if (!acquired) throw new Problem(graphProblems.graph_sign_in_refused, 'The sign-in ended without a token.')
      return acquired.accessToken
    },
  }
}

/**
 * The endpoints are given rather than discovered: every cloud has them at the same path, a wrong tenant is then told
 * by its AADSTS number instead of "endpoints cannot be resolved", and a sign-in is one request.
 * MSAL takes https only, so a loopback host is announced as https and mapped back in the network module.
 */
function authorityOf(settings: GraphSettings) {
  const host = new URL(hostsOf(settings).loginUrl).host
  const authority = `https://${host}/${settings.tenantId}`
  return {
    authority,
    knownAuthorities: [host],
    authorityMetadata: JSON.stringify({
      authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
      token_endpoint: `${authority}/oauth2/v2.0/token`,
      issuer: `${authority}/v2.0`,
      jwks_uri: `${authority}/discovery/v2.0/keys`,
    }),
  }
}

interface SignIn {
  readonly signal: AbortSignal
  failure?: unknown
}

/**
 * MSAL's way to the network. It neither knows our signals nor passes on errors that are not its own, so each sign-in
 * carries its signal in, and its failure out, through an async context.
 */
function createNetwork(settings: GraphSettings, { outgoing, pace, patience }: LoginDependencies) {
  const loginUrl = new URL(hostsOf(settings).loginUrl)
  const signIns = new AsyncLocalStorage<SignIn>()

  async function exchange<T>(method: 'GET' | 'POST', url: string, options?: NetworkRequestOptions) {
    const signIn = signIns.getStore() ?? { signal: new AbortController().signal }
    try {
      const repetition = { pace, patience, signal: signIn.signal }
      const { answer, json } = await repeatWhilePassing(() => sendOnce(method, url, options, signIn.signal), repetition)
      if (isUnavailable(answer)) throw unavailable(answer)
      // What MSAL awaits is whatever the server says: MSAL checks it.
      return { status: answer.status, headers: { ...answer.headers }, body: json as T } satisfies NetworkResponse<T>
    } catch (error) {
      signIn.failure = error
      throw error
    }
  }

  async function sendOnce(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions | undefined,
    signal: AbortSignal,
  ) {
    const request = { method, url: reachable(url), headers: options?.headers ?? {}, signal }
    const answer = await outgoing.send(options?.body === undefined ? request : { ...request, body: options.body })
    return { answer, json: isUnavailable(answer) ? undefined : jsonOf(answer) }
  }

  /** Only the scheme is mapped back; any other host than ours is left as it is, for the outgoing client to refuse. */
  function reachable(url: string): string {
    const parsed = new URL(url)
    if (parsed.host === loginUrl.host) parsed.protocol = loginUrl.protocol
    return parsed.href
  }

  const module: INetworkModule = {
    sendGetRequestAsync: (url, options) => exchange('GET', url, options),
    sendPostRequestAsync: (url, options) => exchange('POST', url, options),
  }

  async function during<T>(signal: AbortSignal, acquire: () => Promise<T>): Promise<T> {
    const signIn: SignIn = { signal }
    try {
      return await signIns.run(signIn, acquire)
    } catch (error) {
      throw signIn.failure ?? signInFailure(error)
    }
  }

  return { module, during }
}

const isUnavailable = ({ status }: OutgoingAnswer): boolean => status === 429 || status >= 500

const unavailable = (answer: OutgoingAnswer) =>
  new Problem(graphProblems.graph_sign_in_unavailable, `${answer.origin} answers with status ${answer.status}.`)
