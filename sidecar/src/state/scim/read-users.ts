import type { ConnectionId, IdentityId } from '../../identity/ids.ts'
import type { AnsweredGroup } from '../../scim-protocol/answer-resource.ts'
import { boundList } from '../../store/dialect.ts'
import type { Statements } from '../../store/statements.ts'
import type { ScimUserRow } from './scim-row.ts'

/** The columns of a `ScimUserRow`. */
export const userColumns =
  "'User' as type, identity_id as key, scim_id as id, body, version, created_at as created, modified_at as lastModified"

const byId = `select ${userColumns} from scim_user where connection_id = ? and scim_id = ?`

export const userById = (read: Statements, connection: ConnectionId, id: string): ScimUserRow | undefined =>
  read.get<ScimUserRow>(byId, connection, id)

const groupsOfQuery = `
  with recursive above(identity_id, group_id, direct) as (
    select membership.identity_id, membership.source_group_id, 1
    from identity_membership membership where membership.identity_id in ${boundList}
    union
    select above.identity_id, nesting.parent_id, 0
    from above join group_nesting nesting on nesting.child_id = above.group_id)
  select above.identity_id as key, scim_group.scim_id as id, source_group.display_name as display, max(above.direct) as direct
  from above
  join scim_group on scim_group.source_group_id = above.group_id
  join source_group on source_group.id = above.group_id
  group by above.identity_id, above.group_id
  order by above.identity_id, above.group_id`

/** The groups of these users, direct ones and those above them. Users without groups have no entry. */
export function groupsOfUsers(
  read: Statements,
  users: readonly IdentityId[],
): ReadonlyMap<IdentityId, readonly AnsweredGroup[]> {
  const groups = new Map<IdentityId, AnsweredGroup[]>()
  const rows = read.all<{ key: IdentityId; id: string; display: string; direct: number }>(
    groupsOfQuery,
    JSON.stringify(users),
  )
  for (const { key, id, display, direct } of rows) {
    const of = groups.get(key) ?? []
    if (of.length === 0) groups.set(key, of)
    of.push({ value: id, display, type: direct === 1 ? 'direct' : 'indirect' })
  }
  return groups
}
