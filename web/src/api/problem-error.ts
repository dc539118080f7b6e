import type { ProblemView } from '@rollcall/contract/api/problem'

/** A request that was refused or never answered, in the words that a person gets to read. */
export class ProblemError extends Error {
  readonly problem: ProblemView
  /** HTTP status; 0 when nothing answered. */
  readonly status: number

  constructor(problem: ProblemView, status: number) {
    super(problem.message)
    this.name = 'ProblemError'
    this.problem = problem
    this.status = status
  }
}

/** What to show for anything that was thrown. */
export function problemOf(thrown: unknown): ProblemView {
  if (thrown instanceof ProblemError) return thrown.problem
  return {
    code: 'page_failed',
    message: 'This page stopped because of a fault of its own.',
    remedy: 'Reload the page; if it happens again, report what you did before.',
  }
}
