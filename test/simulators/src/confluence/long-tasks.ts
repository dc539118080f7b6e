export interface LongTask {
  readonly id: string
  readonly name: string
  readonly polls: number
  asked: number
  outcome: 'running' | 'done' | 'failed'
  /** Does what the task is for; says whether it succeeded. */
  readonly finish: () => boolean
}

/** What goes on in the background. A task ends when it was asked after often enough, so that tests need no clock. */
export function createLongTasks() {
  const tasks = new Map<string, LongTask>()

  function end(task: LongTask): void {
    if (task.outcome === 'running') task.outcome = task.finish() ? 'done' : 'failed'
  }

  return {
    start(name: string, polls: number, finish: () => boolean): LongTask {
      const id = `b4b3e2a0-0000-4000-8000-${String(tasks.size + 1).padStart(12, '0')}`
      const task: LongTask = { id, name, polls, asked: 0, outcome: 'running', finish }
      tasks.set(id, task)
      return task
    },
    /** Somebody asks how far the task is. */
    poll(id: string): LongTask | undefined {
      const task = tasks.get(id)
      if (!task) return undefined
      if (task.asked >= task.polls) end(task)
      task.asked += 1
      return task
    },
    /** Time passes for everything that is still running. */
    finishAll(): void {
      for (const task of tasks.values()) end(task)
    },
    running: (): number => [...tasks.values()].filter((task) => task.outcome === 'running').length,
  }
}
