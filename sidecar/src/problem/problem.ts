/**
 * What every error of ours is: a stable code, one sentence that says what happened, one that says what to do.
 * Two different faults never share a code, and no secret, token or personal payload belongs in a sentence.
 */
export interface ProblemDefinition {
  /** Stable, snake_case, unique over the whole product: the anchor in `docs/errors.md`. */
  readonly code: string
  /** The status of an HTTP answer that carries it. */
  readonly status: number
  /** What the code means, for `docs/errors.md`. */
  readonly meaning: string
  /** What an administrator does about it, one sentence. */
  readonly remedy: string
}

type Definitions<Code extends string> = { readonly [C in Code]: ProblemDefinition }

/** Names the problems of one capability: `defineProblems({ code: { status, meaning, remedy } })`. */
export function defineProblems<Code extends string>(
  entries: Record<Code, Omit<ProblemDefinition, 'code'>>,
): Definitions<Code> {
  const named = Object.entries<Omit<ProblemDefinition, 'code'>>(entries).map(([code, entry]) => [
    code,
    { code, ...entry },
  ])
  return Object.fromEntries(named)
}

interface ProblemOptions {
  readonly cause?: unknown
  /** A remedy that knows more than the definition's, such as the permission to grant. */
  readonly remedy?: string
  /** Machine-readable context without secrets: `{ permission: 'User.Read.All' }`, `{ path: '/connections/0/name' }`. */
  readonly context?: Readonly<Record<string, unknown>>
}

/** Thrown by everything of ours; carries its definition to whichever surface answers. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly remedy: string
  readonly context: Readonly<Record<string, unknown>>

  constructor(definition: ProblemDefinition, whatHappened: string, options: ProblemOptions = {}) {
    super(whatHappened, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Problem'
    this.code = definition.code
    this.status = definition.status
    this.remedy = options.remedy ?? definition.remedy
    this.context = options.context ?? {}
  }
}

/** True for a problem of exactly this definition. */
export const isProblem = (error: unknown, definition: ProblemDefinition): error is Problem =>
  error instanceof Problem && error.code === definition.code
