/** What a product says to one request. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  /** Some refusals are pages for people (Jira REST). */
  readonly html?: string
  /** What is neither JSON nor a page. */
  readonly text?: { readonly type: string; readonly content: string }
  readonly headers?: Readonly<Record<string, string>>
}

export const ok = (body?: unknown): Answer => ({ status: 200, body })
export const created = (body: unknown): Answer => ({ status: 201, body })
export const noContent: Answer = { status: 204 }

export const page = (status: number, title: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  html: `<!DOCTYPE html><html><head><title>${title} (${status})</title></head><body><h1>${title} (${status})</h1></body></html>`,
  headers,
})

export const isAnswer = (found: object): found is Answer => 'status' in found
