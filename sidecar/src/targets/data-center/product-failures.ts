import type { OutgoingAnswer } from '../../outgoing/outgoing-client.ts'
import type { ProblemDefinition } from '../../problem/problem.ts'
import { type FailureReach, TargetError } from '../target-error.ts'
import type { ProductAnswer } from './product-answer.ts'
import type { ProductProblems } from './product-problems.ts'

/** What the error body of a product says, by field where the product names one. */
export interface ProductMessage {
  readonly text: string
  readonly fields: readonly string[]
}

/** What the code that serves every product has to know about one. */
export interface Product {
  /** As administrators call it: `Jira`. */
  readonly name: string
  readonly problems: ProductProblems
  /** Where its API begins below the base URL; `/rest` without it. */
  readonly apiRoot?: string
  /** "lacks the global permission Jira Administrators": completes "Our account in Jira". */
  readonly lacksAdministrator: string
  /** The status that tells missing rights; 403 without it. */
  readonly lackingStatus?: number
  messageOf(body: unknown): ProductMessage
}

/** How we sign in to it. */
export interface SignIn {
  /** The value of the header `Authorization`. */
  readonly authorization: string
  /** What 401 and 403 say about every call and not about this one, or `undefined`. */
  failureOf(answer: OutgoingAnswer): TargetError | undefined
}

/** A failure for this subject alone, unless said otherwise. */
export const refusal = (definition: ProblemDefinition, whatHappened: string, reach: FailureReach = 'refused') =>
  new TargetError(definition, reach, whatHappened)

/** A failure of every call, in the words of its definition. */
export const stopped = (definition: ProblemDefinition) => new TargetError(definition, 'unavailable', definition.meaning)

const passing = (definition: ProblemDefinition) =>
  new TargetError(definition, 'unavailable', definition.meaning, { context: { passing: true } })

/** What an answer says about every call and not about this one, or `undefined`. */
export function failureOfEveryCall(
  answer: OutgoingAnswer,
  { problems }: Product,
  signIn: SignIn,
): TargetError | undefined {
  const { status } = answer
  if (status < 300) return undefined
  if (status < 400) return stopped(problems.redirects)
  if (status === 401 || status === 403) return signIn.failureOf(answer)
  if (status === 503) return passing(problems.unavailable)
  if (status === 502 || status === 504) return passing(problems.gateway_error)
  return undefined
}

/** Reasons to be refused that every product tells alike. Header and texts: Data Center, authentication [believed], XSRF. */
export function gateFailure(answer: OutgoingAnswer, problems: ProductProblems): TargetError | undefined {
  const denied = answer.headers['x-authentication-denied-reason'] ?? ''
  const login = answer.headers['x-seraph-loginreason'] ?? ''
  if (denied.includes('CAPTCHA_CHALLENGE') || login.includes('AUTHENTICATION_DENIED')) return stopped(problems.captcha)
  if (/basic authentication has been disabled/i.test(answer.text)) return stopped(problems.basic_disabled)
  if (/XSRF check failed/i.test(answer.text))
    return refusal(problems.xsrf_refused, problems.xsrf_refused.meaning, 'denied')
  return undefined
}

/** For people: what the product said, without addresses, control characters and more than a sentence or two. */
export function quoted(text: string): string {
  const printable = text
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/\S+@\S+/g, '[e-mail]')
    .trim()
  return printable.length > 200 ? `${printable.slice(0, 199)}…` : printable
}

export type ProductFailures = ReturnType<typeof createProductFailures>

/** Failures in the words and codes of one product. */
export function createProductFailures(product: Product) {
  const { name, problems, lacksAdministrator, lackingStatus = 403, messageOf } = product

  const notAdministrator = () =>
    refusal(problems.not_administrator, `Our account in ${name} ${lacksAdministrator}.`, 'denied')

  return {
    notAdministrator,

    /** The answer is not what the documentation of the product promises. */
    unexpected: (what: string) =>
      refusal(problems.unexpected_answer, `${name} answered something else than ${what}.`, 'unavailable'),

    /** What no classification of a call explains. Readings need no more than the permission to administer. */
    unexplained(answer: ProductAnswer, doing: string): TargetError {
      if (answer.status === lackingStatus) return notAdministrator()
      if (answer.status >= 500) return refusal(problems.server_error, `${name} failed inside while ${doing}.`)
      if (answer.status === 404 && answer.body === undefined) {
        return refusal(problems.not_found_here, `Nothing answers for ${name} while ${doing}.`, 'unavailable')
      }
      const said = quoted(messageOf(answer.body).text)
      return refusal(problems.refused, `${name} refused ${doing}${said ? `: ${said}` : ` (status ${answer.status}).`}`)
    },
  }
}
