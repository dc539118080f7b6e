import { Agent, type Dispatcher, request } from 'undici'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** Parsed where it is JSON. */
  readonly body: unknown
}

export type Method = 'GET' | 'POST' | 'DELETE' | 'PUT'

export interface Api {
  /** The bare exchange, for tests about the exchange itself. `path` begins with `/`. */
  send(method: Method, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>
  /** The body of a good answer of `/api`; throws an `ApiError` for any other. */
  call<T>(method: Method, path: string, body?: unknown): Promise<T>
  close(): Promise<void>
}

/** What the API answered instead of what was asked for. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  constructor({ status, body, text }: Reply) {
    const { code = 'none', message = text } = (body ?? {}) as { code?: string; message?: string }
    super(`${status} ${code}: ${message}`)
    this.status = status
    this.code = code
  }
}

/** The admin API as a program uses it: with an admin token. */
export const tokenApi = (origin: string, token: string): Api =>
  createApi(origin, new Agent(), { authorization: `Bearer ${token}` })

/** The admin API with no credential at all. */
export const anonymousApi = (origin: string): Api => createApi(origin, new Agent(), {})

/** The admin API through the socket of the data folder. */
export const socketApi = (path: string): Api =>
  createApi('http://localhost', new Agent({ connect: { socketPath: path } }), {})

function createApi(origin: string, dispatcher: Dispatcher, always: Readonly<Record<string, string>>): Api {
  const send: Api['send'] = async (method, path, body, headers = {}) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await request(`${origin}${path}`, {
      method,
      dispatcher,
      headers: { ...json, ...always, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.body.text()
    const isJson = String(answer.headers['content-type']).includes('json') && text !== ''
    return { status: answer.statusCode, headers: answer.headers, text, body: isJson ? JSON.parse(text) : undefined }
  }
  return {
    send,
    async call<T>(method: Method, path: string, body?: unknown): Promise<T> {
      const reply = await send(method, `/api${path}`, body)
      if (reply.status >= 400) throw new ApiError(reply)
      return (reply.body ?? reply.text) as T
    },
    close: () => dispatcher.destroy(),
  }
}
