import { defineProblems } from '../../problem/problem.ts'

export const targetRouteProblems = defineProblems({
  target_not_as_shown: {
    status: 409,
    meaning: 'The target says something else about itself than what was shown to whoever confirms it.',
    remedy: 'Look at the list of targets again, and confirm what it shows now.',
  },
  target_not_changed: {
    status: 409,
    meaning: 'The target is the one that was connected, so there is nothing to confirm.',
    remedy: 'Look at the causes of the plan that is held: it waits for another reason.',
  },
})
