/** What Jira says to one request. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  /** Some refusals are pages for people (atlassian-rest.md 3, introduction). */
  readonly html?: string
  readonly headers?: Readonly<Record<string, string>>
}

export const ok = (body?: unknown): Answer => ({ status: 200, body })
export const created = (body: unknown): Answer => ({ status: 201, body })
export const noContent: Answer = { status: 204 }

/** `ErrorCollection` with a sentence for the whole request (atlassian-rest.md 3). */
export const refuse = (status: number, ...errorMessages: readonly string[]): Answer => ({
  status,
  body: { errorMessages, errors: {} },
})

/** `ErrorCollection` with a sentence per field. */
export const refuseFields = (errors: Readonly<Record<string, string>>): Answer => ({
  status: 400,
  body: { errorMessages: [], errors },
})

export const page = (status: number, title: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  html: `<!DOCTYPE html><html><head><title>${title} (${status})</title></head><body><h1>${title} (${status})</h1></body></html>`,
  headers,
})

/** The texts of the product for what does not exist (3.2; the one for groups by analogy). */
export const noUserNamed = (name: string): Answer => refuse(404, `The user named '${name}' does not exist`)
export const noUserWithKey = (key: string): Answer => refuse(404, `The user with the key '${key}' does not exist`)
export const noGroupNamed = (name: string): Answer => refuse(404, `The group named '${name}' does not exist`)
