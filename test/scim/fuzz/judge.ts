import type { FuzzRequest } from './random-requests.ts'

export interface FuzzReply {
  readonly status: number
  readonly type: string
  readonly text: string
}

const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error'
const json = /^application\/(?:scim\+)?json/

/** What is wrong with an answer, whatever was asked. */
export function judge(request: FuzzRequest, reply: FuzzReply): readonly string[] {
  const { status, type, text } = reply
  if (status >= 500 && !(status === 501 && /\/me/i.test(request.path))) return [`answers ${status}: ${text}`]
  if (request.method === 'HEAD' || status === 304 || status === 204) {
    return text === '' || request.method === 'HEAD' ? [] : [`answers ${status} with a body`]
  }
  if (!json.test(type)) return [`answers ${status} as ${type || 'nothing'}: ${text.slice(0, 100)}`]
  const body = parsed(text)
  if (body === undefined) return [`answers ${status} with what is no JSON object: ${text.slice(0, 100)}`]
  return status >= 400 ? judgeError(request, status, body) : judgeList(request, status, body)
}

function judgeError(request: FuzzRequest, status: number, body: Readonly<Record<string, unknown>>): string[] {
  const faults: string[] = []
  const schemas = body.schemas
  if (!Array.isArray(schemas) || schemas[0] !== errorSchema) faults.push('answers an error that is none of SCIM')
  if (body.status !== String(status)) faults.push(`says status ${JSON.stringify(body.status)} with ${status}`)
  if (typeof body.detail !== 'string' || body.detail.length < 10) faults.push('does not say what is wrong')
  if (typeof body.detail === 'string' && /\bat .+:\d+:\d+|sqlite|no such column|node_modules/i.test(body.detail)) {
    faults.push(`tells of its inside: ${body.detail}`)
  }
  if (Object.keys(body).some((key) => !['schemas', 'status', 'scimType', 'detail'].includes(key))) {
    faults.push('adds members to an error')
  }
  return faults.map((fault) => `${request.method} ${fault}`)
}

function judgeList({ expected }: FuzzRequest, status: number, body: Readonly<Record<string, unknown>>): string[] {
  if (expected === 'any') return []
  if (expected === 'refused')
    return [`answers ${status} with ${String(body.totalResults)} results to a filter that is none`]
  return body.totalResults === 0 || body.totalResults === undefined
    ? []
    : [`finds ${String(body.totalResults)} where nobody can be`]
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}
