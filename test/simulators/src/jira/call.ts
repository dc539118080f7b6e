import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from './answer.ts'
import type { Jira } from './jira.ts'
import type { User } from './user.ts'

/** One request that passed authentication and the check against the description. */
export interface Call {
  readonly jira: Jira
  /** `http://host:port/context`, the start of every `self`. */
  readonly base: string
  readonly caller: User
  /** Where a parameter may come more than once, only the first; `repeated` has all. */
  readonly query: Readonly<Record<string, string>>
  readonly repeated: (name: string) => readonly string[]
  readonly parameters: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  /** The body as it came; entity properties keep it. */
  readonly text: string
  readonly headers: IncomingHttpHeaders
}

export type Handler = (call: Call) => Answer

/** Answers a caller who may be nobody. */
export type OpenHandler = (call: Omit<Call, 'caller'>) => Answer
