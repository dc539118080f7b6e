import type { ConnectionId, Instant, SourceGroupId } from '../../identity/ids.ts'
import type { Source } from '../../sources/source.ts'
import { groupIds } from '../../state/desired/group-store.ts'
import { countDesired, type ReadingState, type ReadingTotals, readingState } from '../../state/desired/reading-state.ts'
import type { Db } from '../../store/transaction.ts'
import { pieces } from '../staging/difference.ts'
import { openStaging } from '../staging/open-staging.ts'
import { applyMembers } from './apply-members.ts'
import { applyPeople } from './apply-people.ts'
import { type Applying, startApplying } from './applying.ts'
import { compareAssignments } from './compare-assignments.ts'
import { type ComparedGroups, compareGroups } from './compare-groups.ts'
import { type ComparedNesting, compareNesting } from './compare-nesting.ts'
import { closureOf, markMembers } from './mark-below.ts'
import { storePending } from './pending-change.ts'
import type { ReadingWriter } from './reading-writer.ts'
import { type ReadingProgress, type StagedReading, stageReading } from './stage-reading.ts'

export interface ReadingJob {
  readonly connection: ConnectionId
  readonly source: Pick<Source, 'read'>
  /** See `Connector.cursorScope`: a cursor of another scope is not used. */
  readonly cursorScope: string
  readonly at: Instant
  /** Read everything even if a delta would do. */
  readonly snapshot?: boolean
}

interface ReadingTools {
  readonly db: Db
  readonly write: ReadingWriter
  readonly signal: AbortSignal
  readonly progress: (progress: ReadingProgress) => void
}

interface Changes {
  readonly added: number
  readonly changed: number
  readonly gone: number
  readonly back: number
}

/** What one reading came to; stored with the run. */
export interface ReadingSummary {
  readonly form: 'snapshot' | 'delta'
  readonly identities: Changes
  readonly groups: Changes
  readonly memberships: { readonly added: number; readonly removed: number; readonly unknownMembers: number }
  readonly nesting: { readonly added: number; readonly removed: number }
  readonly assignments: { readonly added: number; readonly removed: number }
  readonly totals: {
    /** What shrinkage is measured against; `undefined` before the first complete reading. */
    readonly baseline: ReadingTotals | undefined
    readonly after: ReadingTotals
  }
  readonly durationMs: number
}

/**
 * Reads a connection and stores what changed. The reading is staged first: if it fails, nothing is stored. Then its
 * difference is applied in pieces, the cursor last. If the process ends in between, the connection stays `applying` and the
 * next reading is a snapshot, which finds every difference that is left. Marks go with their cause or before it.
 */
export async function readConnection(job: ReadingJob, tools: ReadingTools): Promise<ReadingSummary> {
  const started = performance.now()
  const before = await readingState(tools.db, job.connection)
  const staging = openStaging()
  try {
    const pages = job.source.read(usableCursor(job, before), tools.signal)
    const staged = await stageReading(pages, staging, tools.signal, tools.progress)
    const { strangers, ...changes } = await applyReading(job, tools, staged)
    const after = await complete(job, tools, staged, strangers)
    const totals = { baseline: before.baseline, after }
    return { form: staged.form, ...changes, totals, durationMs: Math.round(performance.now() - started) }
  } finally {
    staging.close()
  }
}

const usableCursor = (job: ReadingJob, { state, cursor, cursorScope }: ReadingState): string | undefined =>
  state === 'complete' && cursorScope === job.cursorScope && job.snapshot !== true ? cursor : undefined

async function applyReading(job: ReadingJob, tools: ReadingTools, staged: StagedReading) {
  const { db, write, progress } = tools
  const applying = startApplying({ connection: job.connection, at: job.at, db, write, staged })
  const people = await applyPeople(applying)
  const groups = await compareGroups(applying)
  const members = await applyMembers(applying, groups.after, people.ids)
  const nesting = await compareNesting(applying, groups.after)
  const assignments = await compareAssignments(applying)
  await markConcerned(applying, groups, nesting)
  // Before the groups: one that is back must not find parents waiting that no longer do.
  await storeNestingChanges(applying, nesting)
  await storeGroupChanges(applying, groups)
  await storeAssignmentChanges(applying, assignments)
  progress({
    phase: 'applying',
    identities: staged.people.named(),
    groups: staged.groups.named(),
    memberships: members.added + members.removed,
  })
  return {
    strangers: people.strangers + groups.strangers,
    identities: people.counts,
    groups: groups.counts,
    memberships: {
      added: members.added,
      removed: members.removed,
      unknownMembers: members.unknown + staged.danglingMembers,
    },
    nesting: { added: nesting.added.length, removed: nesting.removed.length },
    assignments: { added: assignments.added.length, removed: assignments.removed.length },
  }
}

/** Everybody below a group that changed, and below a group that moved. */
async function markConcerned(applying: Applying, groups: ComparedGroups, nesting: ComparedNesting): Promise<void> {
  const moved = [...nesting.added, ...nesting.removed].map(([, child]) => child)
  const changed = [...groups.changed.map((change) => change.id), ...groups.gone]
  await markMembers(applying, closureOf([...changed, ...moved], nesting.children), 'groupChanged')
}

async function storeGroupChanges(applying: Applying, { changed, gone }: ComparedGroups): Promise<void> {
  const { connection, at } = applying
  for (const piece of pieces(changed)) {
    const write = await applying.writer()
    await write.storeGroups(
      connection,
      piece.map((change) => change.group),
      at,
    )
  }
  for (const piece of pieces(gone)) {
    const write = await applying.writer()
    await write.storeDeletedGroups(connection, piece, at)
  }
}

async function storeNestingChanges(applying: Applying, { added, removed, pending }: ComparedNesting): Promise<void> {
  for (const piece of pieces(removed)) {
    const write = await applying.writer()
    await write.storeNesting({ added: [], removed: piece.flat() })
  }
  for (const piece of pieces(added)) {
    const write = await applying.writer()
    await write.storeNesting({ added: piece.flat(), removed: [] })
  }
  await storePending(applying, pending)
}

async function storeAssignmentChanges(
  applying: Applying,
  { added, removed }: Awaited<ReturnType<typeof compareAssignments>>,
): Promise<void> {
  const { connection, at, db } = applying
  const groups = [...added, ...removed].filter((one) => one.principal === 'group').map((one) => one.externalId)
  for (const piece of pieces(groups)) {
    const ids: SourceGroupId[] = [...(await groupIds(db, connection, piece)).values()]
    await markMembers(applying, ids, 'assignmentChanged')
  }
  for (const piece of pieces(removed)) {
    const write = await applying.writer()
    await write.storeAssignments(connection, { added: [], removed: piece }, at)
  }
  for (const piece of pieces(added)) {
    const write = await applying.writer()
    await write.storeAssignments(connection, { added: piece, removed: [] }, at)
  }
}

/** Without a cursor the next reading is a snapshot, which describes those who exist and whom no change told of. */
async function complete(
  job: ReadingJob,
  { db, write }: ReadingTools,
  staged: StagedReading,
  strangers: number,
): Promise<ReadingTotals> {
  const totals = await countDesired(db, job.connection)
  const { form } = staged
  const cursor = strangers === 0 ? staged.cursor : undefined
  await write.completeReading(job.connection, { form, cursor, cursorScope: job.cursorScope, at: job.at, totals })
  return totals
}
