import type { ProblemView } from '@rollcall/contract/api/problem'
import type { FastifyError, FastifyInstance } from 'fastify'
import { Problem } from '../problem/problem.ts'
import { httpProblems } from './http-problems.ts'

/** A problem as the API answers it. */
export const problemView = (problem: Problem): ProblemView => ({
  code: problem.code,
  message: problem.message,
  remedy: problem.remedy,
  documentation: `docs/errors.md#${problem.code}`,
  ...(Object.keys(problem.context).length > 0 && { context: problem.context }),
})

/** The one place where anything thrown becomes an answer. What nobody foresaw is 500, never 404. */
export function answerProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    const problem = new Problem(httpProblems.route_unknown, `There is no ${request.method} ${pathOf(request.url)}.`)
    return reply.code(problem.status).send(problemView(problem))
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = toProblem(error, request.id)
    if (problem.status >= 500) request.log.error({ err: error, code: problem.code }, 'request failed')
    return reply.code(problem.status).send(problemView(problem))
  })
}

/** The path without its query, which may hold what somebody searched for. */
const pathOf = (url: string) => url.split('?', 1)[0] ?? url

function toProblem(error: FastifyError | Problem, requestId: string): Problem {
  if (error instanceof Problem) return error
  if (error.validation) return new Problem(httpProblems.request_invalid, `The request is not valid: ${error.message}.`)
  if (error.statusCode === 413) return new Problem(httpProblems.request_too_large, 'The body is too large.')
  if (error.statusCode === 429) return new Problem(httpProblems.too_many_requests, error.message)
  if (error.statusCode && error.statusCode < 500) return new Problem(httpProblems.request_invalid, error.message)
  return new Problem(httpProblems.internal_error, `Something unforeseen failed in request ${requestId}.`, {
    cause: error,
  })
}
