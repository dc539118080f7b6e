/** An answer that is about the request itself: 2xx, 400, 403, 404, 405, 409, 500. */
export interface ProductAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON; `undefined` where there is none (empty, or a page for people on an error). */
  readonly body: unknown
  readonly text: string
}
