import { page } from '../data-center/answer.ts'
import type { Refusals } from '../data-center/refusals.ts'
import { refuse } from './answer.ts'

/** Texts are believed; the statuses are those of Data Center; Confluence REST. */
export const refusals: Refusals = {
  loginFailed: page(401, 'Unauthorized', {
    'www-authenticate': 'OAuth realm="http%3A%2F%2Flocalhost"',
    'x-seraph-loginreason': 'AUTHENTICATED_FAILED',
  }),
  captcha: page(403, 'Basic Authentication Failure - Reason : AUTHENTICATION_DENIED', {
    'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=/login.action',
    'x-seraph-loginreason': 'AUTHENTICATION_DENIED',
  }),
  basicDisabled: page(403, 'Basic Authentication has been disabled on this instance.'),
  // Admin resources of users say 401, lists and groups say 403 (Confluence REST, session, users, groups).
  anonymous: ({ anonymous = 403 }) => refuse(anonymous, 'The caller is not authenticated.'),
  notFound: page(404, 'Not Found'),
  forged: page(403, 'XSRF check failed'),
  // The body belongs to the product and is not to be parsed (Data Center, rate limits).
  tooMany: page(429, 'Rate limit exceeded'),
  notJson: refuse(415, 'Unsupported Media Type'),
  unavailable: (state) => page(503, `Confluence is ${state}`),
  malformed: (reason) => refuse(400, `Not allowed by the description of the API: ${reason}.`),
}
