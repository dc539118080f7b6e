import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from './answer.ts'
import type { Authenticating, Identified } from './authentication.ts'
import type { Operation } from './operation.ts'
import type { Refusals } from './refusals.ts'

/** One request that passed authentication and the check against the description. */
export interface Asked {
  /** `http://host:port/context`, the start of every link. */
  readonly base: string
  readonly who: Identified
  /** Where a parameter may come more than once, only the first; `repeated` has all. */
  readonly query: Readonly<Record<string, string>>
  readonly repeated: (name: string) => readonly string[]
  readonly parameters: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  /** The body as it came. */
  readonly text: string
  readonly headers: IncomingHttpHeaders
}

/** What distinguishes one product from the others behind the same filters. */
export interface Product<Name extends string = string> extends Authenticating {
  readonly name: string
  readonly refusals: Refusals
  readonly description: Readonly<Record<Name, Operation>>
  /** The paths under which an operation answers, below the context path. */
  pathsOf(operation: Operation): readonly string[]
  /** Headers that tell who called. */
  identify(who: Identified): Readonly<Record<string, string>>
  /** Whether the rate limit counts this caller (Data Center, rate limits). */
  isLimited(who: Identified): boolean
  /** Why this caller may not call this operation. */
  notAllowed(operation: Operation, who: Identified): Answer | undefined
  answer(name: Name, asked: Asked): Answer
  /** The product's own body for an error that is injected. */
  errorBody(status: number): string
}
