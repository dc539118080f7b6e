import { randomUUID } from 'node:crypto'
import type { ConnectionId, Instant, SourceGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { MemberChange } from '../../scim-protocol/group-patch.ts'
import type { ScimAttributes, StoredResource } from '../../scim-protocol/resource.ts'
import { sourceGroupOf } from '../../scim-protocol/source-group-of.ts'
import type { GroupWrite } from '../../store/group-commit.ts'
import { groupContent, type StorableGroup, storableGroup } from '../desired/storable.ts'
import { changeMembers, type MembersChange } from './change-members.ts'
import { markBelowSoon } from './mark-in-pieces.ts'
import { resolvePendingMember } from './pending-scim-members.ts'
import { groupById } from './read-groups.ts'
import type { ScimChange, ScimSubject } from './scim-change.ts'
import { markBelow, markGroups, markPeople } from './scim-marks.ts'
import { checkVersion, noSuchResource } from './scim-refusals.ts'
import { resourceOf, type ScimGroupRow } from './scim-row.ts'
import { addToTotals } from './scim-totals.ts'
import { sameAttributes, storedJson } from './stored-json.ts'

const insertSource = `insert into source_group (connection_id, external_id, display_name, name_key, members_readable,
  attributes, content_hash) values (?, ?, ?, ?, 1, ?, ?)`
const updateSource = `update source_group set display_name = ?, name_key = ?, attributes = ?, content_hash = ?
  where id = ? and content_hash <> ?`
const insertGroup = `insert into scim_group (source_group_id, connection_id, scim_id, display_name_key, external_id, body,
  folded, version, created_at, modified_at) values (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`
const updateGroup = `update scim_group set display_name_key = ?, external_id = ?, body = ?, folded = ?,
  version = version + 1, modified_at = ? where source_group_id = ?`
const touchGroup = 'update scim_group set version = version + 1, modified_at = ? where source_group_id = ?'
const changeParents = `update scim_group set version = version + 1, modified_at = ?
  where source_group_id in (select parent_id from group_nesting where child_id = ? and parent_id <> child_id)`
const deleteMembers = 'delete from identity_membership where source_group_id = ?'
const deleteNesting = 'delete from group_nesting where parent_id = ? or child_id = ?'
const deletePending = 'delete from pending_membership where source_group_id = ?'
const deleteGroupRow = 'delete from scim_group where source_group_id = ?'
const departGroup = 'update source_group set deleted_at = ? where id = ?'

/** What a group and its members are to be. */
export interface GroupChange {
  readonly attributes: ScimAttributes
  /** Empty: the members stay. */
  readonly members: readonly MemberChange[]
}

/** Stores a new group, its members, and the source group it is. Names of groups may repeat, as in every directory. */
export function createGroup(
  write: GroupWrite,
  connection: ConnectionId,
  { attributes, members }: GroupChange,
  at: Instant,
  id: string = randomUUID(),
): ScimGroupRow {
  const key = insertSourceGroup(write, connection, attributes, id)
  const { displayNameKey, externalId, body, folded } = storedJson('Group', id, attributes)
  write.run(insertGroup, key, connection, id, displayNameKey, externalId, body, folded, at, at)
  resolvePendingMember(write, connection, id, { kind: 'group', key })
  const change = changeMembers(write, connection, key, members)
  addToTotals(write, connection, { identities: 0, groups: 1, memberships: change.people.added.size, shifts: 0 }, at)
  markGroups(write, connection, [key], 'groupChanged', at)
  markMembers(write, connection, change, at)
  return { type: 'Group', key, id, body, version: 1, created: at, lastModified: at }
}

/**
 * Replaces or patches a group: `modify` is pure, sees what is stored now without members, and gives what is to be, with the
 * steps that its members take. The cost is that of the members named. Throws 404, 412, and whatever `modify` throws.
 */
export function changeGroup(
  write: GroupWrite,
  { connection, id, ifMatch, at }: ScimSubject,
  modify: (before: StoredResource) => GroupChange,
): ScimChange<ScimGroupRow> {
  const before = existingGroup(write, connection, id, ifMatch)
  const { attributes, members } = modify(resourceOf(before))
  const change = changeMembers(write, connection, before.key, members)
  const { added, removed } = change.people
  addToTotals(write, connection, { identities: 0, groups: 0, memberships: added.size - removed.size, shifts: 0 }, at)
  markMembers(write, connection, change, at)
  changeSourceGroup(write, connection, before, attributes, at)
  return storeChange(write, before, attributes, change.changed, at)
}

/** The group is gone; its people are marked, and groups that contained it have changed. */
export function deleteGroup(write: GroupWrite, { connection, id, ifMatch, at }: ScimSubject): ScimGroupRow {
  const group = existingGroup(write, connection, id, ifMatch)
  markBelow(write, connection, [group.key], 'groupChanged', at)
  markGroups(write, connection, [group.key], 'groupChanged', at)
  write.run(changeParents, at, group.key)
  const memberships = write.run(deleteMembers, group.key).changes
  write.run(deleteNesting, group.key, group.key)
  write.run(deletePending, group.key)
  write.run(deleteGroupRow, group.key)
  write.run(departGroup, at, group.key)
  addToTotals(write, connection, { identities: 0, groups: -1, memberships: -memberships, shifts: 1 }, at)
  return group
}

function existingGroup(
  write: GroupWrite,
  connection: ConnectionId,
  id: string,
  ifMatch: ScimSubject['ifMatch'],
): ScimGroupRow {
  const group = groupById(write, connection, id)
  if (group === undefined) throw noSuchResource('Group')
  checkVersion(ifMatch, group.version)
  return group
}

const storable = (attributes: ScimAttributes, id: string): StorableGroup =>
  storableGroup(groupContent(sourceGroupOf(id, attributes)))

function insertSourceGroup(
  write: GroupWrite,
  connection: ConnectionId,
  attributes: ScimAttributes,
  id: string,
): SourceGroupId {
  const { externalId, displayName, contentHash, ...source } = storable(attributes, id)
  const values = [connection, externalId, displayName, nameKey(displayName), source.attributes, contentHash]
  return write.run(insertSource, ...values).lastId as SourceGroupId
}

function changeSourceGroup(
  write: GroupWrite,
  connection: ConnectionId,
  { key, id }: ScimGroupRow,
  attributes: ScimAttributes,
  at: Instant,
): void {
  const { displayName, contentHash, ...source } = storable(attributes, id)
  const values = [displayName, nameKey(displayName), source.attributes, contentHash, key, contentHash]
  if (write.run(updateSource, ...values).changes === 0) return
  markGroups(write, connection, [key], 'groupChanged', at)
  markBelowSoon(write, connection, [key], 'groupChanged', at)
}

function storeChange(
  write: GroupWrite,
  before: ScimGroupRow,
  attributes: ScimAttributes,
  membersChanged: boolean,
  at: Instant,
): ScimChange<ScimGroupRow> {
  const same = sameAttributes(before.body, attributes)
  if (same && !membersChanged) return { row: before, changed: false }
  const next = { ...before, version: before.version + 1, lastModified: at }
  if (same) {
    write.run(touchGroup, at, before.key)
    return { row: next, changed: true }
  }
  const { displayNameKey, externalId, body, folded } = storedJson('Group', before.id, attributes)
  write.run(updateGroup, displayNameKey, externalId, body, folded, at, before.key)
  return { row: { ...next, body }, changed: true }
}

/** People whose own membership changed, and everybody below a group that moved. */
function markMembers(write: GroupWrite, connection: ConnectionId, change: MembersChange, at: Instant): void {
  const { people, groups } = change
  markPeople(write, connection, [...people.added, ...people.removed], 'membershipChanged', at)
  markBelowSoon(write, connection, [...groups.added, ...groups.removed], 'membershipChanged', at)
}
