import { assertNever } from '../../identity/assert-never.ts'
import type { ConnectionId, IdentityId, SourceGroupId } from '../../identity/ids.ts'
import type { GroupWrite } from '../../store/group-commit.ts'
import type { MemberName, MemberStep } from './scim-change.ts'

/** What a sequence of steps came to; whoever left and came back within it is in none of the lists. */
export interface MembersChange {
  readonly people: Net<IdentityId>
  readonly groups: Net<SourceGroupId>
  readonly pending: Net<string>
  readonly changed: boolean
}

interface Net<T> {
  readonly added: ReadonlySet<T>
  readonly removed: ReadonlySet<T>
}

/** Applies steps to the stored members of a group by set queries: the cost is that of the members named, not of the group. */
export function changeMembers(
  write: GroupWrite,
  connection: ConnectionId,
  group: SourceGroupId,
  steps: readonly MemberStep[],
): MembersChange {
  const people = net<IdentityId>()
  const groups = net<SourceGroupId>()
  const pending = net<string>()
  const edges: Edges = {
    add(named) {
      people.add(write.all(insertPeople, group, JSON.stringify(named.people)))
      groups.add(write.all(insertGroups, group, JSON.stringify(named.groups)))
      for (const { id, type } of named.unknown) {
        pending.add(write.all(insertPending, group, type === 'Group' ? 'group' : 'user', id, group, id))
      }
    },
    remove(named) {
      people.remove(write.all(deletePeople, group, JSON.stringify(named.people)))
      groups.remove(write.all(deleteGroups, group, JSON.stringify(named.groups)))
      pending.remove(write.all(deletePending, group, JSON.stringify(named.unknown.map(({ id }) => id))))
    },
    keepOnly(named) {
      people.remove(write.all(keepPeople, group, JSON.stringify(named.people)))
      groups.remove(write.all(keepGroups, group, JSON.stringify(named.groups)))
      pending.remove(write.all(keepPending, group, JSON.stringify(named.unknown.map(({ id }) => id))))
    },
  }
  for (const step of steps) applyStep(edges, step, (members) => lookUp(write, connection, members))
  return { people, groups, pending, changed: people.changed() || groups.changed() || pending.changed() }
}

interface Edges {
  add(named: Named): void
  remove(named: Named): void
  keepOnly(named: Named): void
}

interface Named {
  readonly people: readonly IdentityId[]
  readonly groups: readonly SourceGroupId[]
  readonly unknown: readonly MemberName[]
}

const nobody: Named = { people: [], groups: [], unknown: [] }

function applyStep(edges: Edges, step: MemberStep, find: (members: readonly MemberName[]) => Named): void {
  switch (step.kind) {
    case 'add':
      edges.add(find(step.members))
      return
    case 'remove':
      edges.remove(find(step.members))
      return
    case 'removeAll':
      edges.keepOnly(nobody)
      return
    case 'replaceAll': {
      const named = find(step.members)
      edges.keepOnly(named)
      edges.add(named)
      return
    }
    default:
      assertNever(step)
  }
}

const find = `select named.key as position, user.identity_id as identity, child.source_group_id as child from json_each(?) named
  left join scim_user user on user.connection_id = ? and user.scim_id = named.value
  left join scim_group child on child.connection_id = ? and child.scim_id = named.value`

function lookUp(write: GroupWrite, connection: ConnectionId, members: readonly MemberName[]): Named {
  const rows = write.all<{ position: number; identity: IdentityId | null; child: SourceGroupId | null }>(
    find,
    JSON.stringify(members.map(({ id }) => id)),
    connection,
    connection,
  )
  const people: IdentityId[] = []
  const groups: SourceGroupId[] = []
  const unknown: MemberName[] = []
  for (const { position, identity, child } of rows) {
    const member = members[position]
    if (identity !== null) people.push(identity)
    else if (child !== null) groups.push(child)
    else if (member !== undefined) unknown.push(member)
  }
  // Ascending keys fill the index from one end to the other.
  return { people: people.sort((a, b) => a - b), groups: groups.sort((a, b) => a - b), unknown }
}

const insertPeople = `insert into identity_membership (source_group_id, identity_id) select ?, value from json_each(?) where true
  on conflict do nothing returning identity_id as value`
const insertGroups = `insert into group_nesting (parent_id, child_id) select ?, value from json_each(?) where true
  on conflict do nothing returning child_id as value`
const insertPending = `insert into pending_membership (source_group_id, principal, external_id) select ?, ?, ?
  where not exists (select 1 from pending_membership where source_group_id = ? and external_id = ?)
  returning external_id as value`
const deletePeople = `delete from identity_membership where source_group_id = ?
  and identity_id in (select value from json_each(?)) returning identity_id as value`
const deleteGroups = `delete from group_nesting where parent_id = ?
  and child_id in (select value from json_each(?)) returning child_id as value`
const deletePending = `delete from pending_membership where source_group_id = ?
  and external_id in (select value from json_each(?)) returning external_id as value`
const keepPeople = `delete from identity_membership where source_group_id = ?
  and identity_id not in (select value from json_each(?)) returning identity_id as value`
const keepGroups = `delete from group_nesting where parent_id = ?
  and child_id not in (select value from json_each(?)) returning child_id as value`
const keepPending = `delete from pending_membership where source_group_id = ?
  and external_id not in (select value from json_each(?)) returning external_id as value`

interface Running<T> extends Net<T> {
  add(rows: readonly { readonly value: T }[]): void
  remove(rows: readonly { readonly value: T }[]): void
  changed(): boolean
}

function net<T>(): Running<T> {
  const added = new Set<T>()
  const removed = new Set<T>()
  return {
    added,
    removed,
    add(rows) {
      for (const { value } of rows) if (!removed.delete(value)) added.add(value)
    },
    remove(rows) {
      for (const { value } of rows) if (!added.delete(value)) removed.add(value)
    },
    changed: () => added.size + removed.size > 0,
  }
}
