import type { ConnectionId, ExternalId, Instant } from '../../identity/ids.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { markSubjects } from '../marks/mark-subjects.ts'
import { knownIdentities } from './identity-store.ts'

export interface StoredAssignment {
  readonly application: string
  readonly principal: 'user' | 'group'
  readonly externalId: ExternalId
}

export interface AssignmentChange {
  readonly added: readonly StoredAssignment[]
  readonly removed: readonly StoredAssignment[]
}

export async function assignmentsOf(db: Db, connection: ConnectionId): Promise<StoredAssignment[]> {
  const rows = await db
    .selectFrom('application_assignment')
    .select(['application', 'principal', 'external_id'])
    .where('connection_id', '=', connection)
    .execute()
  return rows.map((row) => ({ application: row.application, principal: row.principal, externalId: row.external_id }))
}

/** Stores changed assignments and marks the people named in them. Members of the groups concerned were marked before. */
export async function storeAssignments(
  trx: Trx,
  connection: ConnectionId,
  { added, removed }: AssignmentChange,
  at: Instant,
): Promise<void> {
  for (const gone of removed) await deleteAssignment(trx, connection, gone)
  await insertRows(trx, {
    table: 'application_assignment',
    columns: ['connection_id', 'application', 'principal', 'external_id'],
    values: added.flatMap((one) => [connection, one.application, one.principal, one.externalId]),
    onConflict: 'on conflict do nothing',
  })
  await markAssigned(trx, connection, [...added, ...removed], at)
}

async function deleteAssignment(trx: Trx, connection: ConnectionId, gone: StoredAssignment): Promise<void> {
  await trx
    .deleteFrom('application_assignment')
    .where('connection_id', '=', connection)
    .where('application', '=', gone.application)
    .where('principal', '=', gone.principal)
    .where('external_id', '=', gone.externalId)
    .execute()
}

async function markAssigned(
  trx: Trx,
  connection: ConnectionId,
  changed: readonly StoredAssignment[],
  at: Instant,
): Promise<void> {
  const people = changed.filter((one) => one.principal === 'user').map((one) => one.externalId)
  const stored = await knownIdentities(trx, connection, people)
  const ids = stored.map((identity) => identity.id)
  await markSubjects(trx, connection, 'identity', ids, { reason: 'assignmentChanged', at })
}
