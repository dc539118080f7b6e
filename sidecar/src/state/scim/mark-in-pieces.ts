import type { ConnectionId, IdentityId, Instant, SourceGroupId } from '../../identity/ids.ts'
import { boundList } from '../../store/dialect.ts'
import type { GroupCommit, GroupWrite } from '../../store/group-commit.ts'
import type { Statements } from '../../store/statements.ts'
import type { MarkReason } from '../marks/mark.ts'
import { markBelow, markPeople } from './scim-marks.ts'

/** Marking so many at once takes about 10 ms; 100,000 would stop everybody else for half a second. */
const mostAtOnce = 2_000
const pieceSize = 1_000

const below = `with recursive below(id) as (select value from ${boundList}
  union select nesting.child_id from group_nesting nesting join below on nesting.parent_id = below.id)`
const countBelow = `${below} select count(*) as people from (select 1 from below
  join identity_membership member on member.source_group_id = below.id limit ?)`
const remember = `insert into scim_marking (connection_id, source_group_id, reason, marked_at, after_id)
  ${below} select ?, below.id, ?, ?, 0 from below where true
  on conflict (connection_id, source_group_id) do update set reason = excluded.reason, marked_at = excluded.marked_at, after_id = 0`
const nextGroup = `select source_group_id as id, reason, marked_at as at, after_id as after from scim_marking
  where connection_id = ? limit 1`
const nextPeople = `select identity_id as id from identity_membership where source_group_id = ? and identity_id > ?
  order by identity_id limit ?`
const goOn = 'update scim_marking set after_id = ? where connection_id = ? and source_group_id = ?'
const finish = 'delete from scim_marking where connection_id = ? and source_group_id = ?'

interface WaitingGroup {
  readonly id: SourceGroupId
  readonly reason: MarkReason
  readonly at: Instant
  readonly after: number
}

/**
 * Marks everybody below these groups, or, where they are many, remembers in the same write which groups are still to be marked;
 * until `markWaiting` has done so nothing is planned from the connection. The groups keep their members: who leaves one
 * meanwhile is marked by that.
 */
export function markBelowSoon(
  write: GroupWrite,
  connection: ConnectionId,
  groups: readonly SourceGroupId[],
  reason: MarkReason,
  at: Instant,
): void {
  if (groups.length === 0) return
  const ids = JSON.stringify(groups)
  const { people = 0 } = write.get<{ people: number }>(countBelow, ids, mostAtOnce + 1) ?? {}
  if (people <= mostAtOnce) markBelow(write, connection, groups, reason, at)
  else write.run(remember, ids, connection, reason, at)
}

export const isMarkingWaiting = (read: Statements, connection: ConnectionId): boolean =>
  read.get(nextGroup, connection) !== undefined

/** Marks what is remembered, a piece in each write, so that requests are answered in between. */
export async function markWaiting(
  { read, commit }: { readonly read: Statements; readonly commit: GroupCommit },
  connection: ConnectionId,
): Promise<void> {
  while (isMarkingWaiting(read, connection)) await commit.write((write) => markPiece(write, connection))
}

function markPiece(write: GroupWrite, connection: ConnectionId): void {
  const group = write.get<WaitingGroup>(nextGroup, connection)
  if (group === undefined) return
  const people = write.all<{ id: IdentityId }>(nextPeople, group.id, group.after, pieceSize).map(({ id }) => id)
  markPeople(write, connection, people, group.reason, group.at)
  const last = people.at(-1)
  if (people.length < pieceSize || last === undefined) write.run(finish, connection, group.id)
  else write.run(goOn, last, connection, group.id)
}

/** Connections in which a crash left something to mark. */
export const connectionsToMark = (read: Statements): readonly ConnectionId[] =>
  read.all<{ id: ConnectionId }>('select distinct connection_id as id from scim_marking').map(({ id }) => id)
