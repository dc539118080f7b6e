import type { ConnectionId, SourceGroupId } from '../../identity/ids.ts'
import type { AnsweredMember } from '../../scim-protocol/answer-group.ts'
import { boundList } from '../../store/dialect.ts'
import type { Statements } from '../../store/statements.ts'
import type { ScimGroupRow } from './scim-row.ts'

const columns =
  "'Group' as type, source_group_id as key, scim_id as id, body, version, created_at as created, modified_at as lastModified"
const byId = `select ${columns} from scim_group where connection_id = ? and scim_id = ?`
const byKeys = `select ${columns} from scim_group where source_group_id in ${boundList}`

export const groupById = (read: Statements, connection: ConnectionId, id: string): ScimGroupRow | undefined =>
  read.get<ScimGroupRow>(byId, connection, id)

/** In the order of the keys; what has been deleted meanwhile is left out. */
export function groupsByKeys(read: Statements, keys: readonly SourceGroupId[]): ScimGroupRow[] {
  const rows = read.all<ScimGroupRow>(byKeys, JSON.stringify(keys))
  const byKey = new Map(rows.map((row) => [row.key, row]))
  return keys.flatMap((key) => byKey.get(key) ?? [])
}

/** Where the next page of members begins. */
export type MembersAfter =
  | { readonly kind: 'people'; readonly key: number }
  | { readonly kind: 'groups'; readonly key: number }
  | { readonly kind: 'pending'; readonly id: string }

export interface MembersPage {
  readonly members: readonly AnsweredMember[]
  /** Absent on the last page. */
  readonly next: MembersAfter | undefined
}

interface Row {
  readonly key: number
  readonly id: string
  readonly display: string | null
  readonly type: 'User' | 'Group'
}

const people = `select membership.identity_id as key, identity.external_id as id, identity.user_name as display, 'User' as type
  from identity_membership membership join identity on identity.id = membership.identity_id
  where membership.source_group_id = ? and membership.identity_id > ? order by membership.identity_id limit ?`
const groups = `select nesting.child_id as key, child.external_id as id, child.display_name as display, 'Group' as type
  from group_nesting nesting join source_group child on child.id = nesting.child_id
  where nesting.parent_id = ? and nesting.child_id > ? order by nesting.child_id limit ?`
const pending = `select 0 as key, external_id as id, null as display, 'User' as type from pending_membership
  where source_group_id = ? and principal = 'user' and external_id > ? order by external_id limit ?`

/** Direct members in pages: people, then groups, then those who were named and are not there yet. */
export function membersOfGroup(
  read: Statements,
  group: SourceGroupId,
  limit: number,
  after: MembersAfter = { kind: 'people', key: 0 },
): MembersPage {
  const found: Row[] = []
  let next: MembersAfter | undefined = after
  while (next !== undefined && found.length < limit) {
    const wanted = limit - found.length
    const rows = rowsAfter(read, group, next, wanted)
    for (const row of rows) found.push(row)
    next = rows.length < wanted ? followingKind[next.kind] : afterRow(next, rows.at(-1))
  }
  return {
    members: found.map(({ id, display, type }) => ({ value: id, display: display ?? undefined, type })),
    next: next !== undefined && isLast(read, group, next) ? undefined : next,
  }
}

const followingKind: Readonly<Record<MembersAfter['kind'], MembersAfter | undefined>> = {
  people: { kind: 'groups', key: 0 },
  groups: { kind: 'pending', id: '' },
  pending: undefined,
}

function rowsAfter(read: Statements, group: SourceGroupId, after: MembersAfter, limit: number): Row[] {
  if (after.kind === 'pending') return read.all<Row>(pending, group, after.id, limit)
  return read.all<Row>(after.kind === 'people' ? people : groups, group, after.key, limit)
}

function afterRow(after: MembersAfter, row: Row | undefined): MembersAfter | undefined {
  if (row === undefined) return undefined
  return after.kind === 'pending' ? { kind: 'pending', id: row.id } : { kind: after.kind, key: row.key }
}

function isLast(read: Statements, group: SourceGroupId, next: MembersAfter): boolean {
  let kind: MembersAfter | undefined = next
  for (; kind !== undefined; kind = followingKind[kind.kind]) {
    if (rowsAfter(read, group, kind, 1).length > 0) return false
  }
  return true
}
