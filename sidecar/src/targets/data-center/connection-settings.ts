import Type from 'typebox'
import type { ProblemDefinition } from '../../problem/problem.ts'
import { Problem } from '../../problem/problem.ts'

/** How a product is reached, whatever it is. */
export interface ConnectionSettings {
  readonly url: string
  readonly caCertificate?: string
  readonly allowPlainHttp: boolean
  readonly allowPrivateAddresses: boolean
  readonly requestTimeoutSeconds: number
}

/** The keys of every product's settings that say how it is reached; `example` is a base URL of such a product. */
export const connectionSettings = (product: string, example: string) => ({
  url: Type.String({
    minLength: 1,
    description: `Base URL of ${product} with its context path, as in a browser: \`${example}\`.`,
  }),
  caCertificate: Type.Optional(
    Type.String({
      minLength: 1,
      description: `PEM certificate of the issuer of the certificate of ${product}, trusted instead of those of the system.`,
    }),
  ),
  allowPlainHttp: Type.Boolean({
    default: false,
    description: 'Accepts `http` beyond loopback. Credentials then travel unencrypted.',
  }),
  allowPrivateAddresses: Type.Boolean({
    default: true,
    description: 'Accepts private and loopback addresses; link-local and metadata addresses are always refused.',
  }),
  requestTimeoutSeconds: Type.Integer({
    minimum: 1,
    maximum: 600,
    default: 60,
    description: 'Longest wait for an answer to one request.',
  }),
})

export interface ProductAddress {
  readonly origin: string
  /** Empty, or such as `/jira`. */
  readonly contextPath: string
}

interface AddressProblems {
  readonly url_invalid: ProblemDefinition
  readonly url_unencrypted: ProblemDefinition
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Where the product is, once that may be asked. */
export function productAddress(settings: ConnectionSettings, name: string, problems: AddressProblems): ProductAddress {
  const url = URL.parse(settings.url)
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.search || url.hash) {
    throw new Problem(problems.url_invalid, `The URL of ${name} is not a plain http or https address.`)
  }
  if (url.protocol === 'http:' && !settings.allowPlainHttp && !loopback.test(url.hostname)) {
    throw new Problem(problems.url_unencrypted, `${url.origin} would get the credentials unencrypted.`)
  }
  return { origin: url.origin, contextPath: url.pathname.replace(/\/+$/, '') }
}
