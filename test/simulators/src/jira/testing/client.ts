import { admin } from '../create-jira.ts'
import type { JiraSimulator } from '../jira-simulator.ts'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  /** Parsed where it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read replies of every shape
  readonly body: any
  readonly text: string
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
export const basic = (name: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
})

/** Sends single requests as an administrator, unless other headers are given. */
export function clientOf(simulator: JiraSimulator) {
  return async function send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = bearer(admin.token),
  ): Promise<Reply> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await fetch(`${simulator.url}${path.startsWith('/rest') ? path : `/rest/api/2${path}`}`, {
      method,
      headers: { 'user-agent': 'test/1.0', 'x-atlassian-token': 'no-check', ...json, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
  }
}
