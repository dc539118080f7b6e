import type { CrowdAnswer } from './answer.ts'
import type { Realm } from './realm.ts'
import type { Sessions } from './sessions.ts'

/** One request that passed authentication and the check against the description. */
export interface Call {
  readonly realm: Realm
  readonly sessions: Sessions
  /** `http://host:port/context/rest/usermanagement/1`, the start of every link. */
  readonly base: string
  /** Names are told in lower case (Crowd REST, administration). */
  readonly lowerCase: boolean
  readonly query: Readonly<Record<string, string>>
  readonly parameters: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  /** The part of a list that the query asks for, never more than the server's largest page. */
  page<T>(list: readonly T[]): readonly T[]
}

export type Handler = (call: Call) => CrowdAnswer
