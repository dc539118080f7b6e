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
import { confluenceFaults, confluenceProblems } from './confluence-problems.ts'
import type { ConfluenceSettings } from './confluence-settings.ts'

export const confluence: Product = {
  name: 'Confluence',
  problems: confluenceFaults,
  lacksAdministrator: 'lacks the global permission Confluence Administrator',
  messageOf,
}

/** `RestError` (Confluence REST): a message, and what the validation found. */
function messageOf(body: unknown): ProductMessage {
  const { message, data } = (body ?? {}) as { message?: unknown; data?: { errors?: unknown } | null }
  const found = Object.values((data?.errors ?? {}) as Record<string, unknown>).map(sentenceOf)
  const sentences = [message, ...found].filter((each) => typeof each === 'string' && each !== '')
  return { text: [...new Set(sentences)].join(' '), fields: [] }
}

/** A text, or `{ message: { translation, key } }`. */
function sentenceOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return error
  const { message, translation, key } = error as Record<string, unknown>
  return message === undefined ? (translation ?? key) : sentenceOf(message)
}

export const confluenceSignIn = ({ credentials }: ConfluenceSettings): SignIn => ({
  authorization: authorizationOf(credentials),
  failureOf(answer) {
    const failure = gateFailure(answer, confluenceFaults)
    if (failure || answer.status === 403) return failure
    return stopped(
      credentials.method === 'pat' ? confluenceProblems.confluence_token_refused : confluenceFaults.password_refused,
    )
  },
})

export const confluenceFailures = createProductFailures(confluence)
export const { notAdministrator, unexpected, unexplained } = confluenceFailures

/** Confluence itself says that it is not there: an unknown resource of any REST API has `status-code` instead. */
export const saysMissing = ({ status, body }: ProductAnswer): boolean =>
  status === 404 && typeof body === 'object' && body !== null && 'statusCode' in body
