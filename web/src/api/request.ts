import type { ProblemView } from '@rollcall/contract/api/problem'
import { csrfHeader } from './csrf-token.ts'
import { ProblemError } from './problem-error.ts'

interface Options {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** One request to the admin API; throws a `ProblemError` for everything but a success. */
export async function request<Answer>(path: string, options: Options = {}): Promise<Answer> {
  const response = await send(path, options)
  if (!response.ok) throw await refusal(response)
  if (response.status === 204) return undefined as Answer
  return response.json() as Promise<Answer>
}

/** The raw answer, for streams. */
export async function send(path: string, { method = 'GET', body, signal }: Options): Promise<Response> {
  try {
    return await fetch(`/api${path}`, {
      method,
      credentials: 'same-origin',
      headers: {
        ...(method !== 'GET' && csrfHeader()),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ProblemError(unreachable, 0)
  }
}

/** The problem in an answer that is not a success; an answer that is not ours gets words of our own. */
export async function refusal(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => undefined)
  return new ProblemError(isProblem(body) ? body : unreadable(response.status), response.status)
}

const isProblem = (body: unknown): body is ProblemView =>
  typeof body === 'object' && body !== null && 'code' in body && 'message' in body && 'remedy' in body

const unreachable: ProblemView = {
  code: 'service_unreachable',
  message: 'The Rollcall service does not answer.',
  remedy: 'Check that it is running and that this computer reaches it, then try again.',
}

const unreadable = (status: number): ProblemView => ({
  code: 'answer_unreadable',
  message: `Something other than Rollcall answered, with status ${status}.`,
  remedy: 'Look at the proxy in front of the service: it answered in its place.',
})
