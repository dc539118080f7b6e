import Type, { type Static } from 'typebox'
import { Problem } from '../../problem/problem.ts'
import { jiraProblems } from './jira-problems.ts'

const closed = { additionalProperties: false } as const
const secret = { minLength: 1, secret: true } as const

/** How to reach and sign in to one Jira Data Center. Secrets arrive resolved. */
export const JiraSettings = Type.Object(
  {
    url: Type.String({
      minLength: 1,
      description: 'Base URL of Jira with its context path, as in a browser: `https://jira.example.com/jira`.',
    }),
    credentials: Type.Union(
      [
        Type.Object(
          {
            method: Type.Literal('pat'),
            token: Type.String({ ...secret, description: 'Personal access token of a Jira administrator.' }),
          },
          { ...closed, title: 'Personal access token (Jira 8.14 and later)' },
        ),
        Type.Object(
          {
            method: Type.Literal('basic'),
            username: Type.String({ minLength: 1, description: 'User name of a Jira administrator.' }),
            password: Type.String({ ...secret, description: 'Password of that account.' }),
          },
          { ...closed, title: 'User name and password' },
        ),
      ],
      { description: 'The account needs the global permission Jira Administrators; it is never touched by a plan.' },
    ),
    caCertificate: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'PEM certificate of the issuer of the certificate of Jira, trusted instead of those of the system.',
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
  },
  closed,
)
export type JiraSettings = Static<typeof JiraSettings>

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

export interface JiraAddress {
  readonly origin: string
  /** Empty, or such as `/jira`. */
  readonly contextPath: string
}

/** Where Jira is, once that may be asked. */
export function jiraAddress(settings: JiraSettings): JiraAddress {
  const url = URL.parse(settings.url)
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.search || url.hash) {
    throw new Problem(jiraProblems.jira_url_invalid, 'The URL of Jira is not a plain http or https address.')
  }
  if (url.protocol === 'http:' && !settings.allowPlainHttp && !loopback.test(url.hostname)) {
    throw new Problem(jiraProblems.jira_url_unencrypted, `${url.origin} would get the credentials unencrypted.`)
  }
  return { origin: url.origin, contextPath: url.pathname.replace(/\/+$/, '') }
}
