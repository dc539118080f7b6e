import type { ExternalId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import { inSlices } from '../in-slices.ts'
import type { ReadingPage } from '../source.ts'
import { followPages, type Pages } from './follow-pages.ts'
import { type GraphSession, pageFetcher } from './graph-session.ts'
import { isDeletedUser, isWholeUser } from './map-user.ts'
import type { ReadingWatch } from './reading-limits.ts'
import { reread } from './reread.ts'
import type { GraphEntity } from './wire.ts'

const permission = 'User.Read.All'

export const usersLink = ({ mapping }: GraphSession): string => `/users/delta?$select=${mapping.select}`

export const beginUsers = (session: GraphSession, link: string, watch: ReadingWatch, signal: AbortSignal): Pages =>
  followPages(pageFetcher(session, permission, signal), link, watch, 'delta')

/** One round over the users; returns where the next one starts. */
export async function* readUsers(
  session: GraphSession,
  pages: Pages,
  signal: AbortSignal,
): AsyncGenerator<ReadingPage, string> {
  let deltaLink = ''
  for await (const page of pages.all()) {
    const { whole, partial, deleted } = sorted(page.value)
    const again = await reread(
      session.client,
      { collection: 'users', select: session.mapping.select, permission },
      partial,
      signal,
    )
    const identities = [...whole, ...again].map(session.mapping.identityOf)
    for (const slice of inSlices(identities)) yield { kind: 'identities', identities: slice }
    for (const slice of inSlices(deleted)) yield { kind: 'deletedIdentities', externalIds: slice }
    deltaLink = page.deltaLink ?? ''
  }
  return deltaLink
}

/** A person may occur twice on a page, deleted and restored for instance: the last one counts. */
function sorted(users: readonly GraphEntity[]) {
  const whole: GraphEntity[] = []
  const partial: string[] = []
  const deleted: ExternalId[] = []
  for (const user of new Map(users.map((each) => [each.id, each])).values()) {
    if (isDeletedUser(user)) deleted.push(user.id as ExternalId)
    else if (isWholeUser(user)) whole.push(user)
    else partial.push(user.id)
  }
  return { whole, partial, deleted }
}

/**
 * Who is in the recycle bin of the tenant (30 days), so that a snapshot knows deleted from missing. [believed] path and
 * rights: where Graph refuses the call, the reading goes on without, and deleted people are merely missing.
 */
export async function* readDeletedUsers(
  session: GraphSession,
  watch: ReadingWatch,
  signal: AbortSignal,
): AsyncGenerator<ReadingPage> {
  const link = '/directory/deletedItems/microsoft.graph.user?$select=id&$top=999'
  const pages = followPages(pageFetcher(session, permission, signal), link, watch, 'list')
  if (await isRefused(pages.begun)) return
  for await (const page of pages.all()) {
    const externalIds = page.value.map(({ id }) => id as ExternalId)
    if (externalIds.length > 0) yield { kind: 'deletedIdentities', externalIds }
  }
}

/** True when the call as such is refused (400, 403, 404), as opposed to a service that fails or throttles. */
export async function isRefused(begun: Promise<unknown>): Promise<boolean> {
  try {
    await begun
    return false
  } catch (error) {
    if (error instanceof Problem && [400, 403, 404].includes(Number(error.context.status))) return true
    throw error
  }
}
