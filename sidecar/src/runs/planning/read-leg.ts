import type { Policy } from '@rollcall/contract/policy'
import type { ConnectionId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import type { Leg } from '../../state/marks/mark.ts'
import type { Db } from '../../store/transaction.ts'
import { planProblems } from './plan-problems.ts'

/** A leg as configured. */
export interface LegSettings {
  readonly connection: { readonly id: ConnectionId; readonly name: string; readonly position: number }
  readonly policy: Policy
  readonly version: number
  readonly plannedVersion: number
  /** No plan of the leg was ever approved. */
  readonly first: boolean
}

/** @throws Problem when the leg is gone, or what is stored of either side is not whole. */
export async function readLeg(db: Db, leg: Leg): Promise<LegSettings> {
  const row = await db
    .selectFrom('policy')
    .innerJoin('connection', 'connection.id', 'policy.connection_id')
    .innerJoin('target', 'target.id', 'policy.target_id')
    .select([
      'policy.policy',
      'policy.version',
      'policy.planned_version',
      'policy.first_approved_at',
      'connection.name',
      'connection.position',
      'connection.reading_state',
      'target.name as target_name',
      'target.observed_at',
    ])
    // Half of a large group's people must not be planned for, and their removal not be weighed, without the other half.
    .select((leg) =>
      leg
        .selectFrom('scim_marking')
        .select('source_group_id')
        .whereRef('scim_marking.connection_id', '=', 'policy.connection_id')
        .limit(1)
        .as('marking'),
    )
    .where('policy.connection_id', '=', leg.connection)
    .where('policy.target_id', '=', leg.target)
    .where('policy.removed_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined)
    throw new Problem(planProblems.policy_not_found, 'This connection does not provision this target.')
  if (row.reading_state === 'applying') {
    throw new Problem(
      planProblems.reading_not_stored,
      `The last reading of ${row.name} was interrupted while it was stored.`,
    )
  }
  if (row.marking !== null) {
    throw new Problem(planProblems.reading_not_stored, `A large change that ${row.name} pushed is still being stored.`)
  }
  if (row.observed_at === null) {
    throw new Problem(planProblems.target_not_observed, `The accounts of ${row.target_name} have not been read yet.`)
  }
  return {
    connection: { id: leg.connection, name: row.name, position: row.position },
    policy: JSON.parse(row.policy),
    version: row.version,
    plannedVersion: row.planned_version,
    first: row.first_approved_at === null,
  }
}

/** The policies of all connections that provision a target: when somebody of another connection has left is theirs to say. */
export async function readPolicies(db: Db, target: Leg['target']): Promise<ReadonlyMap<ConnectionId, Policy>> {
  const rows = await db
    .selectFrom('policy')
    .select(['connection_id', 'policy'])
    .where('target_id', '=', target)
    .execute()
  return new Map(rows.map((row) => [row.connection_id, JSON.parse(row.policy)]))
}
