import type { ExternalId } from '../../identity/ids.ts'
import type { LookedUpIdentity } from '../source.ts'
import { followPages } from './follow-pages.ts'
import { valuesHidden } from './graph-failure.ts'
import { type GraphSession, pageFetcher } from './graph-session.ts'
import { isWholeUser } from './map-user.ts'
import { watchReading } from './reading-limits.ts'
import { entityOf } from './reread.ts'

const permission = 'User.Read.All'

/** An object id, or a user principal name; anything else could be a path of Graph's own, such as `delta`. */
const nameable = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[^@]+@[^@]+)$/i

/** One person with their direct groups, ahead of all bulk requests: somebody waits at a login. */
export async function lookupUser(
  session: GraphSession,
  who: string,
  signal: AbortSignal,
): Promise<LookedUpIdentity | undefined> {
  if (!nameable.test(who.trim())) return undefined
  const url = `/users/${encodeURIComponent(who.trim())}?$select=${session.mapping.select}`
  const reply = await session.client.find({ url, permission, priority: 'high', signal })
  if (!reply) return undefined
  const user = entityOf(reply.json)
  if (!isWholeUser(user)) throw valuesHidden('people', permission)
  return { identity: session.mapping.identityOf(user), directGroups: await directGroupsOf(session, user.id, signal) }
}

/** Without an OData cast, which would read an index that may lag (Microsoft Graph, memberships). */
async function directGroupsOf(session: GraphSession, id: string, signal: AbortSignal): Promise<ExternalId[]> {
  const fetchPage = pageFetcher(session, 'GroupMember.Read.All', signal, 'high')
  const watch = watchReading(session.limits, session.pace)
  const groups: ExternalId[] = []
  for await (const page of followPages(fetchPage, `/users/${id}/memberOf?$select=id&$top=999`, watch, 'list').all()) {
    for (const entry of page.value) {
      if (entry['@odata.type'] === '#microsoft.graph.group') groups.push(entry.id as ExternalId)
    }
  }
  return groups
}
