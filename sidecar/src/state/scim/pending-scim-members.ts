import type { ConnectionId, IdentityId, SourceGroupId } from '../../identity/ids.ts'
import type { GroupWrite } from '../../store/group-commit.ts'

const waitingGroups = `delete from pending_membership where connection_id = ? and principal = 'user' and external_id = ?
  returning source_group_id as parent`
const insertMembership =
  'insert into identity_membership (source_group_id, identity_id) values (?, ?) on conflict do nothing'
const insertNesting = 'insert into group_nesting (parent_id, child_id) values (?, ?) on conflict do nothing'
type Appeared =
  | { readonly kind: 'user'; readonly key: IdentityId }
  | { readonly kind: 'group'; readonly key: SourceGroupId }

/**
 * Groups that named this id before anything had it contain the resource from now on, whatever type they took it for. They
 * named the same members before, so their versions stay.
 */
export function resolvePendingMember(
  write: GroupWrite,
  connection: ConnectionId,
  id: string,
  appeared: Appeared,
): { readonly memberships: number; readonly parents: readonly SourceGroupId[] } {
  const parents = write.all<{ parent: SourceGroupId }>(waitingGroups, connection, id).map(({ parent }) => parent)
  const insert = appeared.kind === 'user' ? insertMembership : insertNesting
  for (const parent of parents) write.run(insert, parent, appeared.key)
  return { memberships: appeared.kind === 'user' ? parents.length : 0, parents }
}
