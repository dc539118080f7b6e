import type { Cause } from '../../planning/guard.ts'
import type { Condition } from '../../state/notices/condition.ts'
import type { Db } from '../../store/transaction.ts'

/** A plan may be held for each of a hundred groups; who reads a mail wants to know what sort of thing waits. */
const mostCauses = 3

/** Plans that wait for an administrator. */
export async function findHeldPlans(db: Db): Promise<readonly Condition[]> {
  const rows = await db
    .selectFrom('hold')
    .innerJoin('connection', 'connection.id', 'hold.connection_id')
    .innerJoin('target', 'target.id', 'hold.target_id')
    .select(['hold.plan_id', 'hold.causes', 'connection.slug', 'connection.name'])
    .select(['target.slug as target_slug', 'target.name as target_name'])
    .where('hold.closed_at', 'is', null)
    .orderBy('hold.id')
    .execute()
  return rows.map((row) => {
    const causes = JSON.parse(row.causes) as readonly Cause[]
    const leg = `${row.name} to ${row.target_name}`
    return {
      key: `hold/${row.slug}/${row.target_slug}`,
      kind: 'planHeld',
      stage: [...new Set(causes.map(({ code }) => code))].sort().join(),
      severity: 'warning',
      title: `Plan held: ${leg}`,
      text: `Plan ${row.plan_id}, ${leg}, waits for an administrator. ${causesInWords(causes)}`,
      remedy: 'Look at the plan, then approve it, or correct what caused it.',
      connection: { slug: row.slug, name: row.name },
      target: { slug: row.target_slug, name: row.target_name },
      planId: row.plan_id,
    }
  })
}

function causesInWords(causes: readonly Cause[]): string {
  const more = causes.length - mostCauses
  const said = causes.slice(0, mostCauses).map(({ what }) => what)
  return [...said, ...(more > 0 ? [`${more} more.`] : [])].join(' ')
}
