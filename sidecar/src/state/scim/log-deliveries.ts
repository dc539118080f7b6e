import type { ConnectionId, RunId } from '../../identity/ids.ts'
import type { GroupCommit } from '../../store/group-commit.ts'
import type { Statements } from '../../store/statements.ts'

const oldestWaiting = `select min(mark_seq) as seq from scim_log
  where connection_id = ? and mark_seq is not null and run_id is null`

/** A run covers what all its plans saw. Runs that only took something back have looked at nobody else. */
const runsAfter = `select recent.id as run, min(plan.mark_seq) as seq
  from (select id from run where connection_id = ? and state = 'finished' and undoes is null order by id desc limit 50) recent
  join plan on plan.run_id = recent.id and plan.status <> 'planning'
  group by recent.id having min(plan.mark_seq) >= ? order by recent.id`

const setRun = `update scim_log set run_id = ? where id in (select id from scim_log
  where connection_id = ? and mark_seq <= ? and mark_seq is not null and run_id is null order by mark_seq limit ?)`

const pieceSize = 1_000

/**
 * Notes in the provisioning log which run looked at each stored change: the first one whose plans began after it. Costs one
 * look at an index where nothing waits for it.
 */
export async function logDeliveries(
  { read, commit }: { readonly read: Statements; readonly commit: GroupCommit },
  connection: ConnectionId,
): Promise<void> {
  const oldest = read.get<{ seq: number | null }>(oldestWaiting, connection)?.seq
  if (oldest === undefined || oldest === null) return
  for (const { run, seq } of read.all<{ run: RunId; seq: number }>(runsAfter, connection, oldest)) {
    for (let noted = pieceSize; noted === pieceSize; ) {
      noted = await commit.write((write) => write.run(setRun, run, connection, seq, pieceSize).changes)
    }
  }
}
