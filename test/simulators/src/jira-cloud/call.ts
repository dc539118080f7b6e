import type { Answer } from '../data-center/answer.ts'
import type { Account } from './account.ts'
import type { Cloud } from './cloud.ts'

/** One request to the site that passed authentication, the rights of the operation and the check against the description. */
export interface Call {
  readonly cloud: Cloud
  /** `http://host:port/context`, the start of every `self`. */
  readonly base: string
  readonly caller: Account
  readonly query: Readonly<Record<string, string>>
  readonly repeated: (name: string) => readonly string[]
  readonly parameters: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  /** The body as it came; entity properties keep it. */
  readonly text: string
}

export type Handler = (call: Call) => Answer
