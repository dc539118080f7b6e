import { page } from '../data-center/answer.ts'
import type { Refusals } from '../data-center/refusals.ts'
import { refuse } from './answer.ts'

const anonymous = refuse(401, 'You are not authenticated. Authentication required to perform this operation.')

/** Some resources of Jira refuse with a page for people (Jira REST). */
export const refusals: Refusals = {
  loginFailed: page(401, 'Unauthorized', {
    'www-authenticate': 'OAuth realm="http%3A%2F%2Flocalhost"',
    'x-seraph-loginreason': 'AUTHENTICATED_FAILED',
  }),
  captcha: page(403, 'Basic Authentication Failure - Reason : AUTHENTICATION_DENIED', {
    'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=/login.jsp',
    'x-seraph-loginreason': 'AUTHENTICATION_DENIED',
  }),
  basicDisabled: page(403, 'Basic Authentication has been disabled on this instance.'),
  anonymous: () => anonymous,
  notFound: page(404, 'Not Found'),
  forged: page(403, 'XSRF check failed'),
  // The body belongs to the product and is not to be parsed (Data Center, rate limits).
  tooMany: page(429, 'Rate limit exceeded'),
  notJson: page(415, 'Unsupported Media Type'),
  unavailable: (state) => page(503, `Jira is ${state}`),
  malformed: (reason) => refuse(400, `Not allowed by the description of the API: ${reason}.`),
}
