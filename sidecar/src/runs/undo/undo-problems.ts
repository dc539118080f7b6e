import { defineProblems } from '../../problem/problem.ts'

/** What can stand against taking a run back. */
export const undoProblems = defineProblems({
  undo_run_under_way: {
    status: 409,
    meaning: 'The run has not ended, so what it does is not known yet.',
    remedy: 'Wait until it has ended, or cancel it; then undo what it did.',
  },
  undo_nothing_done: {
    status: 409,
    meaning:
      'The run changed nothing in any target that its connection still provisions, so there is nothing to take back.',
    remedy: 'Look for the run that made the change: a plan is executed by the run that applied it.',
  },
  veto_unknown: {
    status: 404,
    meaning: 'There is no veto with this number: it was lifted, or the source changed its mind.',
    remedy: 'Look at the list of vetoes.',
  },
})
