import type { ConnectionId, IdentityId, Instant } from '../identity/ids.ts'
import { Problem } from '../problem/problem.ts'
import { lookupProblems } from './lookup-problems.ts'
import type { RunWorker } from './worker/run-worker.ts'

const patienceMs = 30_000

/** Asks the provider about one person and stores the answer, so that a plan for that person is of now. */
export async function lookUpPerson(
  worker: RunWorker,
  connection: ConnectionId,
  who: string,
  storeAt: Instant,
): Promise<IdentityId> {
  const tools = { signal: AbortSignal.timeout(patienceMs), progress: () => {} }
  const found = await worker.run('lookup', { connection, who, storeAt }, tools)
  if (found?.id !== undefined) return found.id
  throw new Problem(lookupProblems.person_unknown, 'The identity provider does not know this person.')
}
