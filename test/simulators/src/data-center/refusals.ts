import type { Answer } from './answer.ts'
import type { Operation } from './operation.ts'
import type { SiteState } from './settings.ts'

/** How one product words what the filters in front of it refuse. */
export interface Refusals {
  readonly loginFailed: Answer
  readonly captcha: Answer
  readonly basicDisabled: Answer
  /** Nobody is signed in, and the operation needs somebody. */
  anonymous(operation: Operation): Answer
  readonly notFound: Answer
  readonly forged: Answer
  readonly tooMany: Answer
  readonly notJson: Answer
  unavailable(state: SiteState): Answer
  /** The official description does not allow the request. */
  malformed(reason: string): Answer
}
