import type { ProblemView } from '@rollcall/contract/api/problem'
import type { ConnectionId } from '../../identity/ids.ts'
import { runProblems } from '../../runs/scheduling/run-problems.ts'
import type { Condition } from '../../state/notices/condition.ts'
import { readPausing } from '../../state/pauses/pauses.ts'
import type { Db } from '../../store/transaction.ts'

/** A run that ended with the service is followed by another, or goes on by itself. */
const harmless = new Set<string>([runProblems.run_interrupted.code])

/** Connections of which the last run that could tell failed as a whole: what failed on one target is that leg's. */
export async function findFailedRuns(db: Db): Promise<readonly Condition[]> {
  const connections = await db
    .selectFrom('connection')
    .select(['id', 'slug', 'name', 'method'])
    .where('removed_at', 'is', null)
    .where('paused', '=', 0)
    .execute()
  const pausing = await readPausing(db)
  const going = connections.filter(({ id }) => !pausing.connection(id))
  const found = await Promise.all(going.map(async (each) => conditionOf(each, await lastTelling(db, each))))
  return found.filter((condition) => condition !== undefined)
}

interface Connection {
  readonly id: ConnectionId
  readonly slug: string
  readonly name: string
  readonly method: string
}

/** A retry reads nothing, so that it went well says nothing of a reading that failed. */
async function lastTelling(db: Db, { id, method }: Connection) {
  const runs = db
    .selectFrom('run')
    .select(['id', 'outcome', 'problem'])
    .where('connection_id', '=', id)
    .where('state', '=', 'finished')
    .where('outcome', '<>', 'cancelled')
    .orderBy('id', 'desc')
    .limit(1)
  if (method === 'scim') return runs.executeTakeFirst()
  return runs
    .where(({ eb, or }) => or([eb('problem', 'is not', null), eb('reading', 'is not', null)]))
    .executeTakeFirst()
}

function conditionOf({ slug, name }: Connection, run: Awaited<ReturnType<typeof lastTelling>>): Condition | undefined {
  if (run?.outcome !== 'failed' || run.problem === null) return undefined
  const { code, message, remedy } = JSON.parse(run.problem) as ProblemView
  if (harmless.has(code)) return undefined
  return {
    key: `run/${slug}`,
    kind: 'runFailed',
    stage: '',
    severity: 'warning',
    title: `Run failed: ${name}`,
    text: `Run ${run.id} of ${name} failed. ${message} (${code})`,
    remedy,
    connection: { slug, name },
    runId: run.id,
  }
}
