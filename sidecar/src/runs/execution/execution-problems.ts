import { defineProblems } from '../../problem/problem.ts'

/** What can stand against executing a plan that somebody reviewed. */
export const executionProblems = defineProblems({
  plan_unknown: {
    status: 404,
    meaning: 'There is no plan with this number, or it belongs to another connection.',
    remedy: 'Open the current plan of the connection.',
  },
  plan_changed: {
    status: 409,
    meaning: 'The plan is not the one that was reviewed: its hash is another.',
    remedy: 'Review the plan again and apply it as it is now.',
  },
  plan_replaced: {
    status: 409,
    meaning: 'A newer plan of the same connection and target has taken the place of this one.',
    remedy: 'Review and apply the newest plan.',
  },
  plan_outdated: {
    status: 409,
    meaning: 'The policy was changed after this plan was made.',
    remedy: 'Make a new plan, then review and apply that.',
  },
  plan_expired: {
    status: 409,
    meaning: 'The plan is older than 24 hours.',
    remedy: 'Make a new plan, then review and apply that.',
  },
  plan_unfinished: {
    status: 409,
    meaning: 'The plan is still being made.',
    remedy: 'Wait until it is ready.',
  },
  plan_applied_already: {
    status: 409,
    meaning: 'The plan has been applied, or is being applied now.',
    remedy: 'Look at its run; make a new plan for what is still to be done.',
  },
  plan_needs_approval: {
    status: 409,
    meaning: 'The plan is held: applying it needs the approval of an administrator.',
    remedy: 'Review what is held and why, then approve the plan.',
  },
})
