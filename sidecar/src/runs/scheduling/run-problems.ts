import { defineProblems } from '../../problem/problem.ts'

/** What can stand against a run, or end it. */
export const runProblems = defineProblems({
  connection_paused: {
    status: 409,
    meaning: 'The connection is paused.',
    remedy: 'Continue the connection, then start the run again.',
  },
  target_paused: {
    status: 409,
    meaning: 'The target is paused, so nothing is planned for it or written to it.',
    remedy: 'Continue the target, then start the run again.',
  },
  run_waits_already: {
    status: 409,
    meaning: 'The connection is running, and another run of a different kind waits for it to end.',
    remedy: 'Wait until that run has started, or cancel it.',
  },
  run_unknown: {
    status: 404,
    meaning: 'There is no run with this number.',
    remedy: 'Look at the run history.',
  },
  run_ended_already: {
    status: 409,
    meaning: 'The run has ended, so there is nothing to cancel or to wait for.',
    remedy: 'Look at the run to see how it ended.',
  },
  service_stopping: {
    status: 503,
    meaning: 'The service is being stopped and starts no more runs.',
    remedy: 'Start the service again.',
  },
  run_cancelled: {
    status: 409,
    meaning: 'An administrator cancelled the run.',
    remedy: 'Start a new run; what was not done is planned anew.',
  },
  run_interrupted: {
    status: 503,
    meaning: 'The service was stopped while the run was queued or under way.',
    remedy: 'Nothing is lost: what was not done is planned anew by the next run.',
  },
  run_failed: {
    status: 500,
    meaning: 'The run failed for a reason that Rollcall did not foresee.',
    remedy: 'Look for the number of the run in the service log and report it with that log line.',
  },
  leg_waits: {
    status: 503,
    meaning: 'The target failed as a whole before and is left alone for a while.',
    remedy: 'It is tried again by itself; a run that is started by hand tries at once.',
  },
  target_changed: {
    status: 409,
    meaning: 'The target is not the one that was connected: a clone, a restored copy, or other credentials.',
    remedy: 'Make a new plan for it; approving that plan confirms the target.',
  },
  policy_changed_meanwhile: {
    status: 409,
    meaning: 'The policy was changed while its plan was being executed.',
    remedy: 'Nothing needs to be done: the next run plans with the new policy.',
  },
})
