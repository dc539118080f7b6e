import type { ExternalId } from '../../identity/ids.ts'
import { inSlices } from '../in-slices.ts'
import type { ReadingPage } from '../source.ts'
import { type Directory, openDirectory } from './directory.ts'
import { enumerate } from './enumerate.ts'
import type { ServerKind } from './kinds/server-kind.ts'
import { type LdapCursor, readCursor, writeCursor } from './ldap-cursor.ts'
import type { LdapSettings } from './ldap-settings.ts'
import { explainNobody, noLogins, readCanary } from './read-canary.ts'
import { readChanges } from './read-changes.ts'
import { readGroups } from './read-groups.ts'
import { nobodySeen, readPeople } from './read-people.ts'
import { type CountPage, type ReadingLimits, watchReading } from './reading-limits.ts'
import { nextSince, takeWatermark, type Watermark } from './watermark.ts'

export interface DirectoryReading {
  readonly kind: ServerKind
  readonly settings: LdapSettings
  readonly cursor: string | undefined
  readonly limits: ReadingLimits
  readonly now: () => number
  readonly signal: AbortSignal
}

const hourMs = 3_600_000

/** One reading of a directory, over one connection to one server. It throws or it is whole. */
export async function* readDirectory(reading: DirectoryReading): AsyncGenerator<ReadingPage> {
  const { kind, settings, limits, now, signal } = reading
  const known = readCursor(reading.cursor)
  const begunAt = now()
  const directory = await openDirectory(kind, settings, signal, known?.url)
  try {
    const watermark = await takeWatermark(directory)
    await readCanary(directory)
    const cursor = usable(known, directory, watermark, begunAt)
    const round: Round = { directory, watermark, count: watchReading(limits, now), begunAt, now }
    yield* cursor ? readDelta(round, cursor) : readSnapshot(round)
    signal.throwIfAborted()
  } finally {
    await directory.session.close()
  }
}

interface Round {
  readonly directory: Directory
  readonly watermark: Watermark
  readonly count: CountPage
  readonly begunAt: number
  readonly now: () => number
}

/** A cursor of another kind of server, domain controller or database, or one that is too old, is as good as none. */
function usable(
  cursor: LdapCursor | undefined,
  { layout, session, settings }: Directory,
  { controller, since }: Watermark,
  now: number,
): LdapCursor | undefined {
  if (!cursor || cursor.kind !== layout.kind.name || !countsChanges({ layout, settings })) return undefined
  if (isDue(cursor.readFullyAt, settings.readFullyEveryHours, now)) return undefined
  if (layout.kind.changes === 'timestamp') return cursor
  const same = cursor.controller === controller && cursor.url === session.url
  // A database that was restored counts from an earlier number.
  return same && since !== undefined && since >= cursor.since ? cursor : undefined
}

/** Who has left a primary group by number is told by nobody; then every reading is a full one. */
const countsChanges = ({ layout, settings }: Pick<Directory, 'layout' | 'settings'>): boolean =>
  settings.incremental && layout.kind.changes !== 'none' && layout.primary?.kind !== 'number'

/** A clock that was set back makes everything due. */
const isDue = (last: number, hours: number, now: number): boolean => now < last || now - last >= hours * hourMs

async function* readSnapshot(round: Round): AsyncGenerator<ReadingPage> {
  const { directory, watermark, count, begunAt, now } = round
  yield { kind: 'begin', form: 'snapshot' }
  const people = nobodySeen(directory)
  yield* readPeople(directory, { seen: people, count })
  if (people.entries === 0) throw await explainNobody(directory)
  if (people.people === 0) throw noLogins(directory.layout.users.login, people.entries)
  const groups = yield* readGroups(directory, people, count)
  const newest = [people.newest, groups.newest].sort().at(-1) ?? ''
  const since = nextSince(watermark, { newest, durationMs: now() - begunAt, before: undefined })
  yield {
    kind: 'complete',
    cursor: cursorText(round, since, { readFullyAt: begunAt, enumeratedAt: begunAt, people: people.people }),
    danglingMembers: groups.dangling,
  }
}

async function* readDelta(round: Round, cursor: LdapCursor): AsyncGenerator<ReadingPage> {
  const { directory, watermark, count, begunAt, now } = round
  yield { kind: 'begin', form: 'delta' }
  const { dangling, newest } = yield* readChanges(directory, cursor, count)
  const enumerates = isDue(cursor.enumeratedAt, directory.settings.enumerateEveryHours, begunAt)
  if (enumerates) yield* readExisting(directory, count)
  const since = nextSince(watermark, { newest, durationMs: now() - begunAt, before: cursor.since })
  const enumeratedAt = enumerates ? begunAt : cursor.enumeratedAt
  yield {
    kind: 'complete',
    cursor: cursorText(round, since, { ...cursor, enumeratedAt }),
    danglingMembers: dangling,
  }
}

/** No server tells an ordinary account what was deleted (Active Directory; 389 Directory Server), so everything that is left is listed. */
async function* readExisting(directory: Directory, count: CountPage): AsyncGenerator<ReadingPage> {
  const none: readonly ExternalId[] = []
  let people = 0
  for await (const named of enumerate(directory, 'people', count)) {
    people += named.length
    for (const slice of inSlices(named)) yield { kind: 'existing', identities: slice.map(({ id }) => id), groups: none }
  }
  if (people === 0) throw await explainNobody(directory)
  for await (const named of enumerate(directory, 'groups', count)) {
    for (const slice of inSlices(named)) yield { kind: 'existing', identities: none, groups: slice.map(({ id }) => id) }
  }
}

function cursorText(
  { directory, watermark }: Round,
  since: number | undefined,
  { readFullyAt, enumeratedAt, people }: Pick<LdapCursor, 'readFullyAt' | 'enumeratedAt' | 'people'>,
): string | undefined {
  if (since === undefined || !countsChanges(directory)) return undefined
  const { layout, session } = directory
  return writeCursor({
    kind: layout.kind.name,
    url: session.url,
    controller: watermark.controller,
    since,
    readFullyAt,
    enumeratedAt,
    ...(people !== undefined && { people }),
  })
}
