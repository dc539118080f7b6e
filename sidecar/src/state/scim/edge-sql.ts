import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { ConnectionId } from '../../identity/ids.ts'
import { foldName } from '../../scim-protocol/fold-value.ts'
import type { ResourceTypeName } from '../../scim-protocol/resource.ts'
import { resourceTypes } from '../../scim-protocol/resource-types.ts'

/** `members`, `groups` and `schemas` as elements with `value` and `type`, beside a row of their table; else undefined. */
export function edgesOf(type: ResourceTypeName, attribute: string): RawBuilder<unknown> | undefined {
  if (type === 'Group' && attribute === 'members') return members
  if (attribute === 'schemas') return schemasOf(type)
  return type === 'User' && attribute === 'groups' ? groups : undefined
}

/** They follow from what is stored: the core schema, and each extension with a value. */
const schemasOf = (type: ResourceTypeName): RawBuilder<unknown> => sql`
  select ${foldName(resourceTypes[type].schema.urn)} as value, 'text' as type
  union all
  select extension.key, 'text' from json_each(folded) extension
    where extension.type = 'object' and substr(extension.key, 1, 4) = 'urn:'`

const members = sql`
  select json_object('value', user.scim_id, 'display', user.folded ->> '$.username', 'type', 'user') as value, 'object' as type
    from identity_membership membership join scim_user user on user.identity_id = membership.identity_id
    where membership.source_group_id = scim_group.source_group_id
  union all
  select json_object('value', child.scim_id, 'display', child.folded ->> '$.displayname', 'type', 'group'), 'object'
    from group_nesting nesting join scim_group child on child.source_group_id = nesting.child_id
    where nesting.parent_id = scim_group.source_group_id
  union all
  select json_object('value', pending.external_id, 'type', 'user'), 'object'
    from pending_membership pending where pending.source_group_id = scim_group.source_group_id`

const groups = sql`
  select json_object('value', above.scim_id, 'display', above.folded ->> '$.displayname', 'type', edge.type) as value,
    'object' as type
  from (with recursive above(id, direct) as (
      select membership.source_group_id, 1 from identity_membership membership
      where membership.identity_id = scim_user.identity_id
      union select nesting.parent_id, 0 from above join group_nesting nesting on nesting.child_id = above.id)
    select id, case max(direct) when 1 then 'direct' else 'indirect' end as type from above group by id) edge
  join scim_group above on above.source_group_id = edge.id`

/** The users who are in that group, directly or through nested groups. */
export const userInGroup = (connection: ConnectionId, id: string): RawBuilder<SqlBool> => sql`(identity_id in (
  with recursive below(id) as (
    select source_group_id from scim_group where connection_id = ${connection} and scim_id = ${id}
    union select nesting.child_id from below join group_nesting nesting on nesting.parent_id = below.id)
  select membership.identity_id from below join identity_membership membership on membership.source_group_id = below.id))`

/** The groups of which that user or group is a direct member, or that wait for it. */
export const memberOfGroup = (connection: ConnectionId, id: string): RawBuilder<SqlBool> => sql`(source_group_id in (
  select membership.source_group_id from scim_user user join identity_membership membership
    on membership.identity_id = user.identity_id where user.connection_id = ${connection} and user.scim_id = ${id}
  union all
  select nesting.parent_id from scim_group child join group_nesting nesting on nesting.child_id = child.source_group_id
    where child.connection_id = ${connection} and child.scim_id = ${id}
  union all
  select source_group_id from pending_membership
    where connection_id = ${connection} and principal = 'user' and external_id = ${id}))`
