import { defineProblems } from '../../problem/problem.ts'

export const workerProblems = defineProblems({
  worker_stopped: {
    status: 500,
    meaning: 'The thread that reads and plans ended unexpectedly.',
    remedy:
      'Run the synchronization again; if it happens twice, give the process more memory and report it with the log.',
  },
})
