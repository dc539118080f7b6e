import type { ConnectionLegView, ConnectionView } from '@rollcall/contract/api/connections'
import type { ConnectionEntry, TargetEntry } from '@rollcall/contract/configuration'
import type { ConnectionId, Instant, TargetId } from '../../identity/ids.ts'
import { connectors } from '../../sources/registry.ts'
import { readPausing } from '../../state/pauses/pauses.ts'
import type { Db } from '../../store/transaction.ts'
import { viewRuns } from './run-view.ts'
import { scheduleInWords } from './schedule-in-words.ts'

/** Every configured connection in its order, with what an administrator wants to know at a glance. */
export async function viewConnections(db: Db, now: Instant): Promise<ConnectionView[]> {
  const rows = await db
    .selectFrom('connection')
    .selectAll()
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return Promise.all(rows.map((row) => viewConnection(db, row, now)))
}

interface ConnectionRow {
  readonly id: ConnectionId
  readonly slug: string
  readonly name: string
  readonly provider: string
  readonly method: string
  readonly entry: string
  readonly managed_by: string
  readonly last_reading_at: number | null
  readonly next_run_at: number | null
  readonly paused: 0 | 1
}

async function viewConnection(db: Db, row: ConnectionRow, now: Instant): Promise<ConnectionView> {
  const entry = JSON.parse(row.entry) as ConnectionEntry
  const [people, groups, legs, open, finished] = await Promise.all([
    countPeople(db, row.id),
    countGroups(db, row.id),
    viewLegs(db, row.id, now),
    viewRuns(db, { connection: row.id, states: ['queued', 'running'], limit: 2 }),
    viewRuns(db, { connection: row.id, states: ['finished'], limit: 1 }),
  ])
  // One may wait behind the one that is running.
  const currentRun = open.find(({ state }) => state === 'running') ?? open[0]
  return {
    slug: row.slug,
    name: row.name,
    provider: row.provider,
    providerLabel:
      connectors.find(({ provider, method }) => provider === row.provider && method === row.method)?.label ??
      row.provider,
    method: row.method,
    managedBy: row.managed_by,
    paused: row.paused === 1 || (await readPausing(db)).connection(row.id),
    schedule: scheduleInWords(entry.schedule),
    people,
    groups,
    legs,
    ...(row.next_run_at !== null && { nextRunAt: row.next_run_at }),
    ...(row.last_reading_at !== null && { lastReadingAt: row.last_reading_at }),
    ...(currentRun && { currentRun }),
    ...(finished[0] && { lastRun: finished[0] }),
  }
}

const countPeople = async (db: Db, connection: ConnectionId): Promise<number> => {
  const { count } = await db
    .selectFrom('identity')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('connection_id', '=', connection)
    .where('deleted_at', 'is', null)
    .where('missing_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

const countGroups = async (db: Db, connection: ConnectionId): Promise<number> => {
  const { count } = await db
    .selectFrom('source_group')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('connection_id', '=', connection)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

async function viewLegs(db: Db, connection: ConnectionId, now: Instant): Promise<ConnectionLegView[]> {
  const rows = await db
    .selectFrom('policy')
    .innerJoin('target', 'target.id', 'policy.target_id')
    .select(['target.id', 'target.slug', 'target.name', 'target.kind', 'target.entry'])
    .select(['policy.not_before', 'policy.first_approved_at'])
    .where('policy.connection_id', '=', connection)
    .where('policy.removed_at', 'is', null)
    .where('target.removed_at', 'is', null)
    .orderBy('target.id')
    .execute()
  return Promise.all(
    rows.map(async (row) => ({
      target: { slug: row.slug, name: row.name, kind: row.kind, ...urlOf(JSON.parse(row.entry) as TargetEntry) },
      ...(await countLeg(db, connection, row.id, now)),
      ...(await openPlanOf(db, connection, row.id, row.first_approved_at === null)),
      ...(row.not_before !== null && row.not_before > now && { quarantinedUntil: row.not_before }),
    })),
  )
}

/** Most products have one; it is for the link, so anything else is left out. */
function urlOf({ settings }: TargetEntry): { url?: string } {
  const url = typeof settings === 'object' && settings !== null && 'url' in settings ? settings.url : undefined
  return typeof url === 'string' && /^https?:/.test(url) ? { url } : {}
}

async function countLeg(db: Db, connection: ConnectionId, target: TargetId, now: Instant) {
  const { claimed } = await db
    .selectFrom('claim')
    .select(({ fn }) => fn.countAll<number>().as('claimed'))
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .executeTakeFirstOrThrow()
  const { findings } = await db
    .selectFrom('finding')
    .select(({ fn }) => fn.countAll<number>().as('findings'))
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .executeTakeFirstOrThrow()
  const { waiting } = await db
    .selectFrom('dirty')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where(({ eb, or }) => or([eb('not_before', 'is', null), eb('not_before', '<=', now), eb('reason', '=', 'retry')]))
    .executeTakeFirstOrThrow()
  return { claimed, findings, waiting }
}

async function openPlanOf(db: Db, connection: ConnectionId, target: TargetId, first: boolean) {
  const hold = await db
    .selectFrom('hold')
    .select(['plan_id', 'opened_at'])
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  if (hold) return { hold: { planId: hold.plan_id, since: hold.opened_at, first } }
  const plan = await db
    .selectFrom('plan')
    .select(['id', 'as_of'])
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('status', '=', 'planned')
    // An undo is looked at from its run, and stands beside what is due.
    .where('run_id', 'not in', ({ selectFrom }) => selectFrom('run').select('run.id').where('run.mode', '=', 'undo'))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return plan ? { openPlan: { planId: plan.id, since: plan.as_of } } : {}
}
