import type { ProblemView } from '@rollcall/contract/api/problem'
import type { ConnectionId, TargetId } from '../../identity/ids.ts'
import { quarantineAfter } from '../../runs/execution/retry-delay.ts'
import { runProblems } from '../../runs/scheduling/run-problems.ts'
import type { Condition } from '../../state/notices/condition.ts'
import { readPausing } from '../../state/pauses/pauses.ts'
import type { Db } from '../../store/transaction.ts'

/** These say that nothing was tried: the failure is an earlier one. */
const nothingTried = new Set<string>([runProblems.leg_waits.code, runProblems.target_paused.code])
const lookedBack = 20

/** Legs that failed last, and those that failed so often that they are left alone for hours. */
export async function findFailingLegs(db: Db): Promise<readonly Condition[]> {
  const rows = await db
    .selectFrom('policy')
    .innerJoin('connection', 'connection.id', 'policy.connection_id')
    .innerJoin('target', 'target.id', 'policy.target_id')
    .select(['policy.connection_id', 'policy.target_id', 'policy.failures', 'policy.not_before'])
    .select(['connection.slug', 'connection.name', 'target.slug as target_slug', 'target.name as target_name'])
    .where('policy.failures', '>', 0)
    .where('policy.removed_at', 'is', null)
    .where('connection.paused', '=', 0)
    .where('target.paused', '=', 0)
    .orderBy('policy.connection_id')
    .orderBy('policy.target_id')
    .execute()
  const pausing = await readPausing(db)
  const going = rows.filter((row) => !pausing.connection(row.connection_id) && !pausing.target(row.target_id))
  return Promise.all(
    going.map(async (row) => conditionOf(row, await lastFailure(db, row.connection_id, row.target_id))),
  )
}

interface FailingLeg {
  readonly failures: number
  readonly not_before: number | null
  readonly slug: string
  readonly name: string
  readonly target_slug: string
  readonly target_name: string
}

interface Failure {
  readonly run: number
  readonly problem: ProblemView
}

async function lastFailure(db: Db, connection: ConnectionId, target: TargetId): Promise<Failure | undefined> {
  const rows = await db
    .selectFrom('leg')
    .innerJoin('run', 'run.id', 'leg.run_id')
    .select(['leg.run_id', 'leg.problem'])
    .where('run.connection_id', '=', connection)
    .where('leg.target_id', '=', target)
    .where('leg.outcome', '=', 'failed')
    .orderBy('leg.run_id', 'desc')
    .limit(lookedBack)
    .execute()
  return rows
    .flatMap(({ run_id, problem }) =>
      problem === null ? [] : [{ run: run_id, problem: JSON.parse(problem) as ProblemView }],
    )
    .find(({ problem }) => !nothingTried.has(problem.code))
}

function conditionOf(leg: FailingLeg, failure: Failure | undefined): Condition {
  const isQuarantined = leg.failures >= quarantineAfter
  const what = `${leg.name} to ${leg.target_name}`
  const times = leg.failures === 1 ? 'failed' : `failed ${leg.failures} times in a row`
  const next = leg.not_before === null ? '' : ` Tried again at ${new Date(leg.not_before).toISOString()}.`
  const why = failure ? ` ${failure.problem.message} (${failure.problem.code})` : ''
  const remedy = failure?.problem.remedy ?? 'Look at the run.'
  return {
    key: `leg/${leg.slug}/${leg.target_slug}`,
    kind: isQuarantined ? 'legQuarantined' : 'legFailing',
    stage: isQuarantined ? 'quarantined' : 'failing',
    severity: isQuarantined ? 'critical' : 'warning',
    title: `${isQuarantined ? 'Keeps failing' : 'Failed'}: ${what}`,
    text: `${what} ${times}.${why}${next}`,
    remedy: isQuarantined ? `${remedy} Then try again: \`rollcall retry ${leg.slug}\`.` : remedy,
    connection: { slug: leg.slug, name: leg.name },
    target: { slug: leg.target_slug, name: leg.target_name },
    ...(failure && { runId: failure.run }),
  }
}
