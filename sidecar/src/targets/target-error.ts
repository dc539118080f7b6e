import { Problem, type ProblemDefinition } from '../problem/problem.ts'

/**
 * Why a call to a target failed, as the executor has to know it:
 * `refused` for this subject alone (retried as a dirty mark with a growing interval), `denied` for every call of its kind
 * (read-only directory, missing rights: becomes a finding and is not tried again in this run),
 * `unavailable` for all calls now (down, maintenance, HTML instead of JSON: the leg stops and is tried later).
 */
export type FailureReach = 'refused' | 'denied' | 'unavailable'

export class TargetError extends Problem {
  readonly reach: FailureReach

  constructor(
    definition: ProblemDefinition,
    reach: FailureReach,
    whatHappened: string,
    options: ConstructorParameters<typeof Problem>[2] = {},
  ) {
    super(definition, whatHappened, options)
    this.name = 'TargetError'
    this.reach = reach
  }
}
