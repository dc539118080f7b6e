/** What a query parameter or a body property may hold. */
export type ValueKind = 'string' | 'integer' | 'boolean' | 'strings' | 'looseBoolean' | 'any'

/** One operation of the official description and what it allows. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/rest`; `:name` stands for a path parameter. */
  readonly path: string
  readonly query?: Readonly<Record<string, ValueKind>>
  /** Query parameters that must be there. */
  readonly required?: readonly string[]
  /** Properties of the JSON object in the body, or any JSON value; no body is allowed without it. */
  readonly body?: Readonly<Record<string, ValueKind>> | 'anyJson'
  /** Who may call it. */
  readonly access: 'anyone' | 'user' | 'admin' | 'systemAdmin'
  /** How a caller is refused who is nobody, where the product has two ways. */
  readonly anonymous?: 401 | 403
}
