import type { LookupView } from '@rollcall/contract/api/connections'
import type { ConnectionId, ExternalId, IdentityId, TargetId } from '../../identity/ids.ts'
import type { LookedUpIdentity } from '../../sources/source.ts'
import { wantedColumns } from '../../state/projections/wanted-row.ts'
import type { Db } from '../../store/transaction.ts'

/** A person as the provider knows them now; group names are those of the last reading. */
export async function viewLookup(
  db: Db,
  connection: ConnectionId,
  found: LookedUpIdentity | undefined,
): Promise<LookupView> {
  if (!found) return { found: false, directGroups: [], provisioned: [] }
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
    provisioned: await provisionedAs(db, connection, externalId),
  }
}

/** The accounts that the policies wanted for this person when last planned, and the groups given to those that exist. */
async function provisionedAs(
  db: Db,
  connection: ConnectionId,
  externalId: ExternalId,
): Promise<LookupView['provisioned']> {
  const rows = await db
    .selectFrom('identity')
    .innerJoin('wanted_account as wanted', 'wanted.identity_id', 'identity.id')
    .innerJoin('target', 'target.id', 'wanted.target_id')
    .select(['identity.id', 'target.id as targetId', 'target.slug', 'target.name as targetName', ...wantedColumns])
    .where('identity.connection_id', '=', connection)
    .where('identity.external_id', '=', externalId)
    .where('wanted.connection_id', '=', connection)
    .orderBy('target.id')
    .execute()
  return Promise.all(
    rows.map(async (row) => ({
      target: { slug: row.slug, name: row.targetName },
      state: row.state,
      userName: row.name,
      attributes: JSON.parse(row.attributes),
      ...(row.email !== null && { email: row.email }),
      ...(row.display_name !== null && { displayName: row.display_name }),
      grantedGroups: await grantedGroups(db, connection, row),
    })),
  )
}

async function grantedGroups(
  db: Db,
  connection: ConnectionId,
  { id, targetId }: { readonly id: IdentityId; readonly targetId: TargetId },
): Promise<string[]> {
  const rows = await db
    .selectFrom('claim')
    .innerJoin('granted_membership as granted', 'granted.account_id', 'claim.account_id')
    .innerJoin('target_group', 'target_group.id', 'granted.target_group_id')
    .select('target_group.name')
    .where('claim.identity_id', '=', id)
    .where('claim.target_id', '=', targetId)
    .where('granted.connection_id', '=', connection)
    .orderBy('target_group.name_key')
    .execute()
  return rows.map(({ name }) => name)
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
