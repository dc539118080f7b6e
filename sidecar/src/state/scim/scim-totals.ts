import type { ConnectionId, Instant } from '../../identity/ids.ts'
import type { GroupWrite } from '../../store/group-commit.ts'
import type { Statements } from '../../store/statements.ts'
import type { ReadingTotals } from '../desired/reading-state.ts'

const add = `update scim_total set identity_count = identity_count + ?, group_count = group_count + ?,
  membership_count = membership_count + ?, shift_count = shift_count + ? where connection_id = ?`
const begin = `insert into scim_total (connection_id, identity_count, group_count, membership_count, shift_count)
  values (?, ?, ?, ?, 0)`
const complete = `update connection set reading_state = 'complete', last_reading_at = ? where id = ?`
const total = `select identity_count as identities, group_count as groups, membership_count as memberships,
  shift_count as shifts from scim_total where connection_id = ?`

const none = { identities: 0, groups: 0, memberships: 0, shifts: 0 }

/** Shifts count what may have moved a resource within a list: creations come last and move nothing. */
export interface ScimTotals extends ReadingTotals {
  readonly shifts: number
}

/** Counts a change. The first one makes the connection one whose desired state is whole: whatever was pushed is all there is. */
export function addToTotals(
  write: GroupWrite,
  connection: ConnectionId,
  { identities, groups, memberships, shifts }: ScimTotals,
  at: Instant,
): void {
  if (identities === 0 && groups === 0 && memberships === 0) return
  if (write.run(add, identities, groups, memberships, shifts, connection).changes > 0) return
  write.run(begin, connection, identities, groups, memberships)
  write.run(complete, at, connection)
}

/** What was pushed and is there now, without counting. */
export const scimTotals = (read: Statements, connection: ConnectionId): ScimTotals =>
  read.get<ScimTotals>(total, connection) ?? none
