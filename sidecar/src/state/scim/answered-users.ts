import type { ConnectionId, IdentityId } from '../../identity/ids.ts'
import type { ResourceTexts } from '../../scim-protocol/list-response.ts'
import type { Statements } from '../../store/statements.ts'

/** How users are answered, whole. */
export interface UserForm {
  /** Of the connection, as URLs are written, without a slash at its end: `https://host/scim/v2/entra`. */
  readonly baseUrl: string
  /** False leaves `groups` out, and does not look them up. */
  readonly withGroups: boolean
}

export interface AnsweredUser {
  readonly version: number
  /** JSON. */
  readonly text: string
}

/** One group of a user; `base` and `direct` are columns of the query around it. */
const groupText = `format('{"value":"%s","$ref":"%s/Groups/%s","type":"%s"%s}', scim_group.scim_id, base, scim_group.scim_id,
  case direct when 1 then 'direct' else 'indirect' end,
  case source_group.display_name when '' then '' else ',"display":' || json_quote(source_group.display_name) end)`

const groupsText = (groups: string): string => `(
  select ',"groups":[' || group_concat(${groupText}) || ']' from ${groups} of_user
  join scim_group on scim_group.source_group_id = of_user.group_id join source_group on source_group.id = of_user.group_id)`

const directGroups = `(select source_group_id as group_id, 1 as direct from identity_membership
  where identity_id = scim_user.identity_id)`

/** With the groups above them. Where there are none, asking that first is half as dear as going up. */
const allGroups = `(
  with recursive above(group_id, direct) as (
    select source_group_id, 1 from identity_membership where identity_id = scim_user.identity_id
    union
    select nesting.parent_id, 0 from above join group_nesting nesting on nesting.child_id = above.group_id)
  select group_id, max(direct) as direct from above group by group_id)`
const hasGroupsAbove = `exists (select 1 from identity_membership membership
  join group_nesting nesting on nesting.child_id = membership.source_group_id
  where membership.identity_id = scim_user.identity_id)`

/** No values are no attribute (RFC 7643 2.5). */
const groups = `ifnull(case when ${hasGroupsAbove} then ${groupsText(allGroups)} else ${groupsText(directGroups)} end, '')`

/** What was stored before answers were is put together here, as `metaHead` does it. */
const dateTime = (column: string): string => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`
const meta = `case scim_user.meta when '' then format(
  '{"resourceType":"User","created":"%s","lastModified":"%s","version":"W/\\"%d\\"","location":"',
  ${dateTime('scim_user.created_at')}, ${dateTime('scim_user.modified_at')}, scim_user.version) else scim_user.meta end`

/** The body without its last brace (the precision of %s counts bytes), the groups, and meta with its address. */
const userText = (
  withGroups: boolean,
): string => `format('%.*s%s,"meta":%s%s/Users/%s"}}', octet_length(scim_user.body) - 1,
  scim_user.body, ${withGroups ? groups : "''"}, ${meta}, base, scim_user.scim_id)`

const one = (withGroups: boolean): string => `select scim_user.version as version, ${userText(withGroups)} as text
  from (select ? as base) cross join scim_user where scim_user.connection_id = ? and scim_user.scim_id = ?`
/** In the order in which SQLite goes through them, which cross joins lay down: sorting texts would cost as much as making them. */
const several = (
  withGroups: boolean,
): string => `select count(*) as count, group_concat(${userText(withGroups)}) as json
  from (select ? as base) cross join json_each(?) page cross join scim_user where scim_user.identity_id = page.value`

const statements = {
  one: { true: one(true), false: one(false) },
  several: { true: several(true), false: several(false) },
}

/**
 * A user as it is answered; undefined where the connection has none of this id. SQLite puts the text together: with rows
 * that are joined in JavaScript a request computes an eighth longer.
 */
export const answeredUser = (
  read: Statements,
  connection: ConnectionId,
  id: string,
  { baseUrl, withGroups }: UserForm,
): AnsweredUser | undefined => read.get<AnsweredUser>(statements.one[`${withGroups}`], inJson(baseUrl), connection, id)

/** Several, in the order of their keys; who has been deleted meanwhile is left out. */
export function answeredUsers(
  read: Statements,
  keys: readonly IdentityId[],
  { baseUrl, withGroups }: UserForm,
): ResourceTexts {
  const text = JSON.stringify(keys)
  const found = read.get<{ count: number; json: string | null }>(
    statements.several[`${withGroups}`],
    inJson(baseUrl),
    text,
  )
  return { count: found?.count ?? 0, json: found?.json ?? '' }
}

/** The address may be one that a client called us by. */
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)
