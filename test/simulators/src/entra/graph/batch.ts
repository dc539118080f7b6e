import { badRequest, GraphError } from './graph-error.ts'
import type { GraphAnswer, GraphRequest } from './graph-request.ts'

interface Step {
  readonly id: string
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly dependsOn?: readonly string[]
}

const stepKeys = ['id', 'method', 'url', 'headers', 'body', 'dependsOn']

/** POST /$batch: at most 20 calls, answered in any order, each with its own status (Microsoft Graph, throttling). */
export async function answerBatch(
  request: GraphRequest,
  call: (step: GraphRequest) => Promise<GraphAnswer>,
): Promise<GraphAnswer> {
  const steps = readSteps(request.body)
  const responses = new Map<string, GraphAnswer>()
  for (const step of steps) {
    const broken = step.dependsOn?.some((id) => (responses.get(id)?.status ?? 424) >= 400)
    responses.set(step.id, broken ? failedDependency : await call(stepRequest(request, step)))
  }
  const answers = [...responses].map(([id, { status, headers, body }]) => ({
    id,
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  }))
  return { status: 200, body: { responses: answers.reverse() } }
}

const failedDependency: GraphAnswer = {
  status: 424,
  body: { error: { code: 'FailedDependency', message: 'A request that this one depends on has failed.' } },
}

function readSteps(body: unknown): Step[] {
  const { requests } = (typeof body === 'object' ? (body ?? {}) : {}) as { requests?: unknown }
  if (!Array.isArray(requests) || requests.length === 0)
    throw new GraphError(400, 'BadRequest', 'Invalid batch payload format.')
  if (requests.length > 20)
    throw new GraphError(400, 'BadRequest', 'Number of batch request steps exceeds the maximum value of 20.')
  const steps = requests.map(readStep)
  if (new Set(steps.map(({ id }) => id)).size < steps.length)
    throw new GraphError(400, 'BadRequest', 'The id of a batch request step is not unique.')
  return steps
}

function readStep(step: Step): Step {
  const { id, method, url } = step
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string')
    throw badRequest('A batch request step needs id, method and url.')
  if (!url.startsWith('/') || url.toLowerCase().startsWith('/$batch'))
    throw badRequest(`The url '${url}' of a batch request step must be relative.`)
  const other = Object.keys(step).find((key) => !stepKeys.includes(key))
  if (other) throw badRequest(`Unknown property '${other}' in a batch request step.`)
  return step
}

function stepRequest(outer: GraphRequest, { method, url, headers = {}, body }: Step): GraphRequest {
  const [path = '', query = ''] = url.split('?', 2)
  const lowered = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    method: method.toUpperCase(),
    path,
    query: new URLSearchParams(query),
    header: (name) => lowered.get(name),
    body,
    root: outer.root,
  }
}
