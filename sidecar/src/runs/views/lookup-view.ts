import type { LookupView } from '@rollcall/contract/api/connections'
import type { ConnectionId, ExternalId } from '../../identity/ids.ts'
import type { LookedUpIdentity } from '../../sources/source.ts'
import type { Db } from '../../store/transaction.ts'

/** A person as the provider knows them now; group names are those of the last reading. */
export async function viewLookup(
  db: Db,
  connection: ConnectionId,
  found: LookedUpIdentity | undefined,
): Promise<LookupView> {
  if (!found) return { found: false, directGroups: [] }
  const names = await groupNames(db, connection, found.directGroups)
  const { externalId, userName, email, displayName, active, attributes } = found.identity
  return {
    found: true,
    identity: {
      externalId,
      userName,
      active,
      attributes: { ...attributes },
      ...(email !== undefined && { email }),
      ...(displayName !== undefined && { displayName }),
    },
    directGroups: found.directGroups.map((id) => {
      const name = names.get(id)
      return { externalId: id, ...(name !== undefined && { name }) }
    }),
  }
}

async function groupNames(db: Db, connection: ConnectionId, ids: readonly ExternalId[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('source_group')
    .select(['external_id', 'display_name'])
    .where('connection_id', '=', connection)
    .where('external_id', 'in', ids.slice(0, 1000))
    .execute()
  return new Map(rows.map(({ external_id, display_name }) => [external_id, display_name]))
}
