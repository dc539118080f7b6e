import type { OutgoingAnswer } from '../../outgoing/outgoing-client.ts'
import { Problem } from '../../problem/problem.ts'
import { authorizationOf } from '../data-center/credential-settings.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import {
  createProductFailures,
  gateFailure,
  type Product,
  type ProductMessage,
  type SignIn,
  stopped,
} from '../data-center/product-failures.ts'
import { bitbucketFaults, bitbucketProblems } from './bitbucket-problems.ts'
import type { BitbucketSettings } from './bitbucket-settings.ts'

/** 401 also means "no permission", and 403 is kept for licence limits and rank (Bitbucket REST). */
export const bitbucket: Product = {
  name: 'Bitbucket',
  apiRoot: '/rest/api/latest',
  problems: bitbucketFaults,
  lacksAdministrator: 'lacks the global permission Admin',
  lackingStatus: 401,
  messageOf,
}

interface ErrorOfBitbucket {
  readonly context?: unknown
  readonly message?: unknown
  readonly exceptionName?: unknown
}

function errorsOf(body: unknown): readonly ErrorOfBitbucket[] {
  const { errors } = (body ?? {}) as { errors?: unknown }
  return Array.isArray(errors) ? errors.filter((each) => typeof each === 'object' && each !== null) : []
}

function messageOf(body: unknown): ProductMessage {
  const errors = errorsOf(body)
  return {
    text: errors.flatMap(({ message }) => (typeof message === 'string' ? [message] : [])).join(' '),
    fields: errors.flatMap(({ context }) => (typeof context === 'string' ? [context] : [])),
  }
}

/** Basic only: an access token is told apart before anything is sent where its form shows it. */
export function bitbucketSignIn({ credentials }: BitbucketSettings): SignIn {
  const isToken = credentials.method === 'pat' || credentials.password.startsWith('BBDC-')
  if (isToken)
    throw new Problem(bitbucketProblems.bitbucket_access_token, bitbucketProblems.bitbucket_access_token.meaning)
  return { authorization: authorizationOf(credentials), failureOf: signInFailure }
}

/** Who was signed in is named in a header of every answer, also of a refusal (Bitbucket REST, server). */
function signInFailure(answer: OutgoingAnswer) {
  const said = exceptionOf(answer)
  if (/captcha/i.test(said)) return stopped(bitbucketFaults.captcha)
  const failure = gateFailure(answer, bitbucketFaults)
  if (failure || answer.status === 403) return failure
  const isSignedIn = (answer.headers['x-ausername'] ?? '') !== '' || said.includes('AuthorisationException')
  return isSignedIn ? undefined : stopped(bitbucketFaults.password_refused)
}

function exceptionOf({ text }: OutgoingAnswer): string {
  try {
    return String(errorsOf(JSON.parse(text))[0]?.exceptionName ?? '')
  } catch {
    return ''
  }
}

export const bitbucketFailures = createProductFailures(bitbucket)
export const { notAdministrator, unexpected, unexplained } = bitbucketFailures

/** Bitbucket itself says that something does not exist; which of several it was, it says in prose alone. */
export const saysMissing = ({ status, body }: ProductAnswer): boolean => status === 404 && errorsOf(body).length > 0
