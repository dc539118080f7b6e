import { page } from '../data-center/answer.ts'
import type { Refusals } from '../data-center/refusals.ts'
import { notPermitted, refuse } from './answer.ts'

/** Texts are believed; the statuses are those of Data Center; Bitbucket REST. */
export const refusals: Refusals = {
  loginFailed: refuse(
    401,
    'Authentication failed. Please check your credentials and try again.',
    'auth.IncorrectPasswordAuthenticationException',
  ),
  captcha: {
    ...refuse(
      401,
      'CAPTCHA required. Your account has been marked as requiring a CAPTCHA to be answered.',
      'auth.CaptchaRequiredAuthenticationException',
    ),
    headers: { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=/login' },
  },
  basicDisabled: refuse(403, 'Basic Authentication has been disabled on this instance.'),
  anonymous: () => notPermitted,
  notFound: refuse(404, 'null for uri', 'NotFoundException'),
  forged: page(403, 'XSRF check failed'),
  // The body belongs to the product and is not to be parsed (Data Center, rate limits).
  tooMany: refuse(429, 'Rate limit exceeded'),
  notJson: refuse(415, 'Unsupported Media Type'),
  unavailable: (state) => page(503, `Bitbucket is ${state}`),
  // `active` is the field that a client would wish for (5.2, 11.18).
  malformed: (reason) => {
    const field = /^body property '(.*)' is not described$/.exec(reason)?.[1]
    return refuse(
      400,
      field === undefined ? `Not allowed by the description: ${reason}.` : `Unrecognized field "${field}"`,
    )
  },
}
