import { ok } from '../data-center/answer.ts'
import { refuse } from './answer.ts'
import type { Handler } from './call.ts'
import type { LongTask } from './long-tasks.ts'

/** How far a deletion is [shape believed] (Confluence REST, users). */
export const longTask: Handler = ({ confluence, parameters: { id = '' } }) => {
  const task = confluence.tasks.poll(id)
  return task ? ok(taskBean(task)) : refuse(404, `No long task found with id: ${id}`)
}

const taskBean = (task: LongTask) => ({
  id: task.id,
  name: { key: task.name, args: [] },
  elapsedTime: task.asked * 1000,
  percentageComplete:
    task.outcome === 'running' ? Math.min(99, Math.floor((task.asked * 100) / (task.polls + 1))) : 100,
  successful: task.outcome === 'done',
  messages: [{ translation: messages[task.outcome], args: [] }],
})

const messages = {
  running: 'The user is being deleted.',
  done: 'The user was deleted.',
  failed: 'The user could not be deleted.',
}
