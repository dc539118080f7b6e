import type { Filter } from 'ldapts'
import { guidText } from './binary-ids.ts'
import type { Directory } from './directory.ts'
import { atLeast } from './filters.ts'
import { generalizedTime, timeOf } from './generalized-time.ts'
import type { LdapCursor } from './ldap-cursor.ts'
import { serverTime } from './server-time.ts'

/** Up to where a reading will have seen everything; taken before its first search (clocks). */
export interface Watermark {
  readonly controller: string
  /** `undefined` when the server does not tell before the end. */
  readonly since: number | undefined
}

export async function takeWatermark(directory: Directory): Promise<Watermark> {
  const { layout, root } = directory
  if (layout.kind.changes === 'none') return { controller: '', since: undefined }
  if (layout.kind.changes === 'timestamp') return { controller: '', since: await serverTime(directory) }
  const usn = Number(root.text('highestCommittedUSN'))
  return { controller: await controllerOf(directory), since: Number.isSafeInteger(usn) && usn > 0 ? usn : undefined }
}

/** `uSNChanged` counts the changes of one database of one domain controller, and is not replicated (Active Directory). */
async function controllerOf({ session, root }: Directory): Promise<string> {
  const service = root.text('dsServiceName') ?? ''
  const settings = service === '' ? undefined : await session.entry(service, ['invocationId'])
  const [invocation] = settings?.bytes('invocationId') ?? []
  return JSON.stringify([service, invocation?.length === 16 ? guidText(invocation) : ''])
}

/**
 * Where the next delta starts. A server that does not tell its time has told the time of its newest change; a reading that
 * took so long began at most so long before that, and everything changed since it began has to be asked for again.
 */
export function nextSince(
  { since }: Watermark,
  { newest, durationMs, before }: { newest: string; durationMs: number; before: number | undefined },
): number | undefined {
  if (since !== undefined) return since
  const time = timeOf(newest)
  if (time === undefined) return before
  return Math.max(time - durationMs, before ?? 0)
}

/** What changed since the cursor. Entries of the overlap come again, which changes nothing. */
export function changedSince({ settings, layout }: Directory, { since }: LdapCursor): Filter {
  if (layout.kind.changes === 'usn') return atLeast('uSNChanged', String(since + 1))
  return atLeast('modifyTimestamp', overlapped(since, settings.overlapSeconds))
}

export const overlapped = (since: number, seconds: number): string => generalizedTime(since - seconds * 1000)
