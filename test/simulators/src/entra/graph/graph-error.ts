/** An answer by which Graph refuses a request (Microsoft Graph, throttling). */
export class GraphError extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'GraphError'
    this.status = status
    this.code = code
    this.headers = headers
  }
}

export const badRequest = (message: string): GraphError => new GraphError(400, 'Request_BadRequest', message)
export const unsupportedQuery = (message: string): GraphError =>
  new GraphError(400, 'Request_UnsupportedQuery', message)
export const noSuchSegment = (segment: string): GraphError =>
  new GraphError(400, 'BadRequest', `Resource not found for the segment '${segment}'.`)
export const notFound = (id: string): GraphError =>
  new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  )
export const noPrivilege = (): GraphError =>
  new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
export const noToken = (message: string): GraphError => new GraphError(401, 'InvalidAuthenticationToken', message)

const codeOfStatus: Readonly<Record<number, string>> = {
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
}

/** The body of an error: what support asks for is the request id in it. */
export function graphErrorBody(error: { code: string; message: string }, now: Date, clientRequestId?: string): object {
  const requestId = crypto.randomUUID()
  const trail = {
    date: now.toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': clientRequestId ?? requestId,
  }
  return { error: { code: error.code, message: error.message, innerError: trail } }
}

export const errorOfStatus = (status: number): { code: string; message: string } => ({
  code: codeOfStatus[status] ?? 'UnknownError',
  message: status === 429 ? 'Too many requests.' : 'The service cannot answer this request.',
})
