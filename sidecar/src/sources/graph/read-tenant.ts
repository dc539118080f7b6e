import type { ReadingPage } from '../source.ts'
import { assignmentsOf, findApplication } from './applications.ts'
import type { Pages } from './follow-pages.ts'
import { isRoundExpired } from './graph-client.ts'
import { type GraphCursor, readCursor, writeCursor } from './graph-cursor.ts'
import type { GraphSession } from './graph-session.ts'
import { beginGroups, groupsLink, readGroups } from './read-groups.ts'
import { beginUsers, readDeletedUsers, readUsers, usersLink } from './read-users.ts'
import { type ReadingWatch, watchReading } from './reading-limits.ts'

export interface TenantReading {
  readonly cursor: string | undefined
  readonly cursorScope: string
  /** Enterprise apps of the scope, as written in the settings. */
  readonly applications: readonly string[]
  readonly signal: AbortSignal
}

/** One reading of a tenant: users, then groups with direct members, then assignments. It throws or it is whole. */
export async function* readTenant(session: GraphSession, reading: TenantReading): AsyncGenerator<ReadingPage> {
  const ended = new AbortController()
  const signal = AbortSignal.any([reading.signal, ended.signal])
  const watch = watchReading(session.limits, session.pace)
  try {
    await session.client.signIn(signal)
    const rounds = await beginRounds(session, readCursor(reading.cursor, reading.cursorScope), watch, signal)
    yield { kind: 'begin', form: rounds.form }
    if (rounds.form === 'snapshot') yield* readDeletedUsers(session, watch, signal)
    const users = yield* readUsers(session, rounds.users, signal)
    const { form, groups: pages, hiddenMembersSeen } = rounds
    const groups = yield* readGroups(session, { form, pages, hiddenMembersSeen }, signal)
    for (const application of reading.applications) {
      const found = await findApplication(session, application, signal)
      const assignments = await assignmentsOf(session, found, watch, signal)
      yield { kind: 'assignments', application, assignments }
    }
    signal.throwIfAborted()
    const cursor: GraphCursor = {
      scope: reading.cursorScope,
      users,
      groups: groups.deltaLink,
      hiddenMembersSeen: groups.hiddenMembersSeen,
    }
    // Without a cursor the next reading is a snapshot again, which gets rid of edges that were lost within this one.
    yield { kind: 'complete', cursor: groups.edgesLost ? undefined : writeCursor(cursor) }
  } finally {
    // Ends the page that may have been fetched ahead.
    ended.abort()
  }
}

interface Rounds {
  readonly form: 'snapshot' | 'delta'
  readonly users: Pages
  readonly groups: Pages
  readonly hiddenMembersSeen: boolean
}

/** Both rounds begin before anything is said: whether a token still holds shows with its first page. */
async function beginRounds(
  session: GraphSession,
  cursor: GraphCursor | undefined,
  watch: ReadingWatch,
  signal: AbortSignal,
): Promise<Rounds> {
  if (cursor) {
    try {
      return await begin(session, { ...cursor, form: 'delta' }, watch, signal)
    } catch (error) {
      // Expired after seven days, or reset by the service: all is read anew (Microsoft Graph, delta).
      if (!isRoundExpired(error)) throw error
    }
  }
  const anew = { users: usersLink(session), groups: groupsLink, hiddenMembersSeen: false, form: 'snapshot' } as const
  return begin(session, anew, watch, signal)
}

interface Start {
  readonly form: 'snapshot' | 'delta'
  readonly users: string
  readonly groups: string
  readonly hiddenMembersSeen: boolean
}

async function begin(session: GraphSession, start: Start, watch: ReadingWatch, signal: AbortSignal): Promise<Rounds> {
  const users = beginUsers(session, start.users, watch, signal)
  const groups = beginGroups(session, start.groups, watch, signal)
  await users.begun
  await groups.begun
  return { form: start.form, users, groups, hiddenMembersSeen: start.hiddenMembersSeen }
}
