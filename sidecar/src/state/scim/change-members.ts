import { assertNever } from '../../identity/assert-never.ts'
import type { ConnectionId, IdentityId, SourceGroupId } from '../../identity/ids.ts'
import type { MemberChange } from '../../scim-protocol/group-patch.ts'
import { boundList, boundListWithPlaces } from '../../store/dialect.ts'
import type { GroupWrite } from '../../store/group-commit.ts'

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

/**
 * Applies steps to the stored members of a group by set queries: the cost is that of the members named, not of the group.
 * Whether an id is a person's or a group's is looked up; one that nobody has pushed yet is kept and waits.
 */
export function changeMembers(
  write: GroupWrite,
  connection: ConnectionId,
  group: SourceGroupId,
  steps: readonly MemberChange[],
): MembersChange {
  const people = net<IdentityId>()
  const groups = net<SourceGroupId>()
  const pending = net<string>()
  const edges: Edges = {
    add(named) {
      people.add(write.all(insertPeople, group, JSON.stringify(named.people)))
      groups.add(write.all(insertGroups, group, JSON.stringify(named.groups)))
      pending.add(write.all(insertPending, group, connection, JSON.stringify(named.unknown)))
    },
    remove(named) {
      people.remove(write.all(deletePeople, group, JSON.stringify(named.people)))
      groups.remove(write.all(deleteGroups, group, JSON.stringify(named.groups)))
      pending.remove(write.all(deletePending, group, JSON.stringify(named.unknown)))
    },
    keepOnly(named) {
      people.remove(write.all(keepPeople, group, JSON.stringify(named.people)))
      groups.remove(write.all(keepGroups, group, JSON.stringify(named.groups)))
      pending.remove(write.all(keepPending, group, JSON.stringify(named.unknown)))
    },
  }
  for (const step of steps) applyStep(edges, step, (ids) => lookUp(write, connection, ids))
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
  readonly unknown: readonly string[]
}

const nobody: Named = { people: [], groups: [], unknown: [] }

function applyStep(edges: Edges, step: MemberChange, find: (ids: readonly string[]) => Named): void {
  switch (step.kind) {
    case 'add':
      edges.add(find(step.ids))
      return
    case 'remove':
      edges.remove(find(step.ids))
      return
    case 'removeAll':
      edges.keepOnly(nobody)
      return
    case 'replaceAll': {
      const named = find(step.ids)
      edges.keepOnly(named)
      edges.add(named)
      return
    }
    default:
      assertNever(step)
  }
}

const find = `select named.place, user.identity_id as identity, child.source_group_id as child from ${boundListWithPlaces} named
  left join scim_user user on user.connection_id = ? and user.scim_id = named.value
  left join scim_group child on child.connection_id = ? and child.scim_id = named.value`

function lookUp(write: GroupWrite, connection: ConnectionId, ids: readonly string[]): Named {
  const rows = write.all<{ place: number; identity: IdentityId | null; child: SourceGroupId | null }>(
    find,
    JSON.stringify(ids),
    connection,
    connection,
  )
  const people: IdentityId[] = []
  const groups: SourceGroupId[] = []
  const unknown: string[] = []
  for (const { place, identity, child } of rows) {
    const id = ids[place]
    if (identity !== null) people.push(identity)
    else if (child !== null) groups.push(child)
    else if (id !== undefined) unknown.push(id)
  }
  // Ascending keys fill the index from one end to the other.
  return { people: people.sort((a, b) => a - b), groups: groups.sort((a, b) => a - b), unknown }
}

const insertPeople = `insert into identity_membership (source_group_id, identity_id) select ?, value from ${boundList} where true
  on conflict do nothing returning identity_id as value`
const insertGroups = `insert into group_nesting (parent_id, child_id) select ?, value from ${boundList} where true
  on conflict do nothing returning child_id as value`
/** As a person, which most members are: what appears under the id decides. */
const insertPending = `insert into pending_membership (source_group_id, connection_id, principal, external_id)
  select ?, ?, 'user', value from ${boundList} where true on conflict do nothing returning external_id as value`
const deletePeople = `delete from identity_membership where source_group_id = ?
  and identity_id in ${boundList} returning identity_id as value`
const deleteGroups = `delete from group_nesting where parent_id = ?
  and child_id in ${boundList} returning child_id as value`
const deletePending = `delete from pending_membership where source_group_id = ? and principal = 'user'
  and external_id in ${boundList} returning external_id as value`
const keepPeople = `delete from identity_membership where source_group_id = ?
  and identity_id not in ${boundList} returning identity_id as value`
const keepGroups = `delete from group_nesting where parent_id = ?
  and child_id not in ${boundList} returning child_id as value`
const keepPending = `delete from pending_membership where source_group_id = ? and principal = 'user'
  and external_id not in ${boundList} returning external_id as value`

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
