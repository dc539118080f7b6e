import type { ProblemView } from '@rollcall/contract/api/problem'
import { Problem } from '../../problem/problem.ts'
import { runProblems } from './run-problems.ts'

/** What ended a run or a leg, as it is stored with it. What nobody foresaw says no more than that. */
export function problemView(error: unknown): ProblemView {
  const problem =
    error instanceof Problem
      ? error
      : new Problem(runProblems.run_failed, 'Something unforeseen failed.', { cause: error })
  const { code, message, remedy, context } = problem
  return { code, message, remedy, ...(Object.keys(context).length > 0 && { context }) }
}
