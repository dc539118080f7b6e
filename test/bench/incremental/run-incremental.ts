import { program } from '../processes/program.ts'
import { recordRequests } from '../processes/record-requests.ts'
import { type EndedRun, openService } from '../service/open-service.ts'
import type { World } from '../states/world.ts'

export interface IncrementalInput {
  readonly world: World
  /** Where the requests to Jira go that were sent, for the floor. */
  readonly requests: string
}

export interface IncrementalRun extends EndedRun {
  readonly jiraRequests: number
}

/** One run as a schedule starts it: what changed at the source, a plan of whom that concerns, and its execution. */
program(async ({ world, requests }: IncrementalInput): Promise<IncrementalRun> => {
  const service = await openService(world)
  await service.warmUp('target')
  const recorded = recordRequests(world.jiraUrl)
  const run = await service.run({ mode: 'synchronize' })
  const jiraRequests = recorded.save(requests)
  await service.close()
  return { ...run, jiraRequests }
})
