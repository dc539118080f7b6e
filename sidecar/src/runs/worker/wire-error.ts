import { Problem } from '../../problem/problem.ts'
import { type FailureReach, TargetError } from '../../targets/target-error.ts'

/** An error as it crosses between threads, where classes do not survive: code and remedy do. */
export interface WireError {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  readonly cause: WireError | undefined
  readonly problem: WireProblem | undefined
}

interface WireProblem {
  readonly code: string
  readonly status: number
  readonly remedy: string
  /** JSON, because a context may hold what cannot be cloned. */
  readonly context: string
  readonly reach: FailureReach | undefined
}

/** Causes go four deep: enough to tell a refused connection from a refused certificate. */
export function wireError(error: unknown, depth = 4): WireError {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error), stack: undefined, cause: undefined, problem: undefined }
  }
  const cause = error.cause === undefined || depth === 0 ? undefined : wireError(error.cause, depth - 1)
  const problem = error instanceof Problem ? wireProblem(error) : undefined
  return { name: error.name, message: error.message, stack: error.stack, cause, problem }
}

export function errorFromWire(wire: WireError): Error {
  const options = wire.cause === undefined ? {} : { cause: errorFromWire(wire.cause) }
  const error = wire.problem === undefined ? new Error(wire.message, options) : problemFromWire(wire, wire.problem)
  error.name = wire.name
  if (wire.stack !== undefined) error.stack = wire.stack
  return error
}

const wireProblem = (problem: Problem): WireProblem => ({
  code: problem.code,
  status: problem.status,
  remedy: problem.remedy,
  context: JSON.stringify(problem.context),
  reach: problem instanceof TargetError ? problem.reach : undefined,
})

function problemFromWire({ message, cause }: WireError, wire: WireProblem): Problem {
  const { code, status, remedy, reach } = wire
  const definition = { code, status, remedy, meaning: message }
  const context: Record<string, unknown> = JSON.parse(wire.context)
  const options = { context, ...(cause === undefined ? {} : { cause: errorFromWire(cause) }) }
  return reach === undefined
    ? new Problem(definition, message, options)
    : new TargetError(definition, reach, message, options)
}
