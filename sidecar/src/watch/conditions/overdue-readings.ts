import type { ConnectionEntry, Schedule } from '@rollcall/contract/configuration'
import type { Instant } from '../../identity/ids.ts'
import { nextTick } from '../../runs/scheduling/next-tick.ts'
import type { Condition } from '../../state/notices/condition.ts'
import { readPausing } from '../../state/pauses/pauses.ts'
import type { Db } from '../../store/transaction.ts'

/** A reading takes its time: what began with the second tick is not late yet. */
const mostPatienceMs = 3_600_000

/** Connections without a good reading for two intervals of their schedule. Nothing is read of a provider that pushes. */
export async function findOverdueReadings(db: Db, now: Instant): Promise<readonly Condition[]> {
  const rows = await db
    .selectFrom('connection')
    .select(['id', 'slug', 'name', 'entry', 'last_reading_at', 'created_at'])
    .where('removed_at', 'is', null)
    .where('paused', '=', 0)
    .where('method', '<>', 'scim')
    .orderBy('id')
    .execute()
  const pausing = await readPausing(db)
  return rows.flatMap(({ id, slug, name, entry, last_reading_at, created_at }) => {
    if (pausing.connection(id)) return []
    const { schedule = 'off' } = JSON.parse(entry) as ConnectionEntry
    const since = last_reading_at ?? created_at
    const due = overdueAt(schedule, since)
    return due === undefined || now < due ? [] : [conditionOf(slug, name, last_reading_at ?? undefined)]
  })
}

/** When two ticks have passed since, and the run of the second had time to read. */
export function overdueAt(schedule: Schedule, since: Instant): Instant | undefined {
  const first = nextTick(schedule, since)
  const second = first && nextTick(schedule, first)
  if (first === undefined || second === undefined) return undefined
  return second + Math.min(mostPatienceMs, (second - first) / 2)
}

function conditionOf(slug: string, name: string, last: Instant | undefined): Condition {
  const when = last === undefined ? 'has never been read' : `was last read at ${new Date(last).toISOString()}`
  return {
    key: `reading/${slug}`,
    kind: 'readingOverdue',
    stage: '',
    severity: 'critical',
    title: `No good reading: ${name}`,
    text: `${name} ${when}: two intervals of its schedule passed without a good reading. Who left since keeps access.`,
    remedy: `Look at the last runs of ${name}, and check the connection.`,
    connection: { slug, name },
  }
}
