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

export type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Reply>

/** Sends single requests below a base URL as somebody, unless other headers are given. A path that begins with `/rest` is below the host. */
export function sendTo(base: string, as: Readonly<Record<string, string>>): Send {
  return async function send(method, path, body, headers = as) {
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    const url = path.startsWith('/rest') ? base.replace(/\/rest\/.*$/, path) : `${base}${path}`
    const response = await fetch(url, {
      method,
      headers: { 'user-agent': 'test/1.0', 'x-atlassian-token': 'no-check', ...json, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
  }
}
