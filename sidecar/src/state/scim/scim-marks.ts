import type { ConnectionId, IdentityId, Instant, SourceGroupId } from '../../identity/ids.ts'
import { sqliteDialect } from '../../store/dialect.ts'
import type { GroupWrite } from '../../store/group-commit.ts'
import { withSlots } from '../../store/slots.ts'
import type { MarkReason } from '../marks/mark.ts'
import { everybodyBelow, insertMarks, subjectsOfConnection } from '../marks/mark-queries.ts'

const slots = ['reason', 'seq', 'at', 'connection', 'ids'] as const
const markPeopleQuery = withSlots(slots, ({ reason, seq, at, connection, ids }) =>
  insertMarks(
    { reason, seq, at, notBefore: null },
    subjectsOfConnection(connection, 'identity', sqliteDialect.integersIn(ids)),
  ),
)
const markGroupsQuery = withSlots(slots, ({ reason, seq, at, connection, ids }) =>
  insertMarks(
    { reason, seq, at, notBefore: null },
    subjectsOfConnection(connection, 'sourceGroup', sqliteDialect.integersIn(ids)),
  ),
)
const markBelowQuery = withSlots(slots, ({ reason, seq, at, connection, ids }) =>
  insertMarks({ reason, seq, at, notBefore: null }, everybodyBelow(connection, sqliteDialect.integersIn(ids))),
)

/** The marks of `state/marks`, in the write that is their cause: the same texts, run synchronously. */
export const markPeople = marking<IdentityId>(markPeopleQuery)
export const markGroups = marking<SourceGroupId>(markGroupsQuery)
/** Everybody who is in one of these groups, directly or through nested groups. */
export const markBelow = marking<SourceGroupId>(markBelowQuery)

function marking<Id extends number>(query: typeof markPeopleQuery) {
  return (write: GroupWrite, connection: ConnectionId, ids: Iterable<Id>, reason: MarkReason, at: Instant): void => {
    const list = [...ids]
    if (list.length === 0) return
    const { sql, values } = query({ reason, seq: write.markSequence(), at, connection, ids: JSON.stringify(list) })
    write.run(sql, ...values)
  }
}
