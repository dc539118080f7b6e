/**
 * A conversation as an identity provider leads it: what it sends, and what it reads of the answers. In paths, headers and
 * bodies `{{name}}` stands for what an earlier answer gave; a text that is nothing else becomes that value whatever its
 * type, and a member called `...` spreads the object it names.
 */
export interface Conversation {
  /** As it appears in the names of tests. */
  readonly client: string
  /** Rows of the acceptance list that it stands for. */
  readonly rows: string
  /** Where the shapes are written down. */
  readonly source: string
  /** Sent with every request, beside the token. */
  readonly headers: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

export type Step = Exchange | Desired

export interface Exchange {
  readonly kind: 'exchange'
  /** What the client is doing. */
  readonly does: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the base URL. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly answer: Answer
  /** Names for parts of the answer's body, by dotted path; an empty path is the whole. */
  readonly keep?: Readonly<Record<string, string>>
}

export interface Answer {
  /** Any of them. */
  readonly status: number | readonly number[]
  /**
   * What the client reads. Objects may have more members than these; lists have these elements, in any order; a pattern
   * is matched with the text.
   */
  readonly body?: unknown
  /** Dotted paths that the body must not have. */
  readonly without?: readonly string[]
  readonly headers?: Readonly<Record<string, string | RegExp>>
}

/** What desired state has become: everybody and every group of the connection, by name. */
export interface Desired {
  readonly kind: 'desired'
  readonly when: string
  readonly people: {
    readonly active?: readonly string[]
    readonly disabled?: readonly string[]
    readonly deleted?: readonly string[]
  }
  readonly groups: Readonly<Record<string, readonly string[]>>
}
