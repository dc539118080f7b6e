import { randomUUID } from 'node:crypto'
import type { ConnectionId, IdentityId, Instant } from '../../identity/ids.ts'
import { identityOfUser } from '../../scim-protocol/identity-of-user.ts'
import { metaHead } from '../../scim-protocol/meta-text.ts'
import type { ScimAttributes, StoredResource } from '../../scim-protocol/resource.ts'
import { readBody } from '../../scim-protocol/stored-body.ts'
import type { GroupWrite } from '../../store/group-commit.ts'
import { identityContent, type StorableIdentity, storableIdentity } from '../desired/storable.ts'
import { resolvePendingMember } from './pending-scim-members.ts'
import { userById } from './read-users.ts'
import type { ScimChange, ScimSubject } from './scim-change.ts'
import { markPeople } from './scim-marks.ts'
import { checkVersion, noSuchResource, userNameTaken } from './scim-refusals.ts'
import { resourceOf, type ScimUserRow } from './scim-row.ts'
import { addToTotals } from './scim-totals.ts'
import { type StoredJson, sameAttributes, storedJson } from './stored-json.ts'

const nameOwner = 'select identity_id as key from scim_user where connection_id = ? and user_name_key = ?'
const insertIdentity = `insert into identity (connection_id, external_id, user_name, email, display_name, active, attributes,
  content_hash) values (?, ?, ?, ?, ?, ?, ?, ?)`
const returnIdentity = `update identity set external_id = ?, user_name = ?, email = ?, display_name = ?, active = ?,
  attributes = ?, content_hash = ?, deleted_at = null, missing_at = null where id = ?`
const updateIdentity = `update identity set user_name = ?, email = ?, display_name = ?, active = ?, attributes = ?,
  content_hash = ? where id = ? and content_hash <> ?`
const insertUser = `insert into scim_user (identity_id, connection_id, scim_id, user_name_key, external_id, body, folded,
  version, created_at, modified_at, meta) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const updateUser = `update scim_user set user_name_key = ?, external_id = ?, body = ?, folded = ?, version = ?,
  modified_at = ?, meta = ? where identity_id = ?`
const insertEmail = 'insert into scim_user_email (connection_id, value_key, identity_id) values (?, ?, ?)'
const deleteEmail = 'delete from scim_user_email where connection_id = ? and value_key = ? and identity_id = ?'
const takeDeparted =
  'delete from scim_departed where connection_id = ? and external_id = ? returning identity_id as key'
const storeDeparted = `insert into scim_departed (connection_id, external_id, identity_id, departed_at) values (?, ?, ?, ?)
  on conflict (connection_id, external_id) do update set identity_id = excluded.identity_id,
  departed_at = excluded.departed_at`
const changeGroupsOf = `update scim_group set version = version + 1, modified_at = ?
  where source_group_id in (select source_group_id from identity_membership where identity_id = ?)`
const deleteMemberships = 'delete from identity_membership where identity_id = ?'
const deleteUserRow = 'delete from scim_user where identity_id = ? returning external_id as externalId'
const departIdentity = 'update identity set deleted_at = ? where id = ?'

/**
 * Stores a new user and the identity it is, and marks the person; groups that named the id before contain the user from now
 * on. With the externalId of a deleted user it goes on as that identity, under a new id. Throws 409 for a taken userName.
 */
export function createUser(
  write: GroupWrite,
  connection: ConnectionId,
  attributes: ScimAttributes,
  at: Instant,
  id: string = randomUUID(),
): ScimUserRow {
  const stored = storedJson('User', id, attributes)
  if (write.get(nameOwner, connection, stored.userNameKey) !== undefined) throw userNameTaken()
  const content = storableIdentity(identityContent(identityOfUser(id, attributes)))
  const { key, shifts } = storeIdentity(write, connection, content, stored.externalId)
  const { userNameKey, externalId, body, folded } = stored
  const row: ScimUserRow = { type: 'User', key, id, body, version: 1, created: at, lastModified: at }
  write.run(insertUser, key, connection, id, userNameKey, externalId, body, folded, row.version, at, at, metaHead(row))
  insertEmails(write, connection, key, stored)
  const { memberships } = resolvePendingMember(write, connection, id, { kind: 'user', key })
  addToTotals(write, connection, { identities: 1, groups: 0, memberships, shifts }, at)
  markPeople(write, connection, [key], 'identityChanged', at)
  return row
}

/**
 * Replaces or patches a user: `modify` is pure, sees what is stored now, and gives what is to be. Nothing happens where that
 * is the same. Throws 404, 412, 409, and whatever `modify` throws.
 */
export function changeUser(
  write: GroupWrite,
  { connection, id, ifMatch, at }: ScimSubject,
  modify: (before: StoredResource) => ScimAttributes,
): ScimChange<ScimUserRow> {
  const before = existingUser(write, connection, id, ifMatch)
  const attributes = modify(resourceOf(before))
  if (sameAttributes(before.body, attributes)) return { row: before, changed: false }

  const stored = storedJson('User', id, attributes)
  const owner = write.get<{ key: IdentityId }>(nameOwner, connection, stored.userNameKey)
  if (owner !== undefined && owner.key !== before.key) throw userNameTaken()
  const { userNameKey, externalId, body, folded } = stored
  const row: ScimUserRow = { ...before, body, version: before.version + 1, lastModified: at }
  write.run(updateUser, userNameKey, externalId, body, folded, row.version, at, metaHead(row), before.key)
  changeEmails(write, connection, before, stored)
  changeIdentity(write, connection, before, attributes, at)
  return { row, changed: true }
}

/**
 * The user is gone and the name is free. The identity stays as deleted, which is what policies act on, and is remembered by
 * its externalId. Groups that contained the user have changed with that.
 */
export function deleteUser(write: GroupWrite, { connection, id, ifMatch, at }: ScimSubject): ScimUserRow {
  const user = existingUser(write, connection, id, ifMatch)
  write.run(changeGroupsOf, at, user.key)
  const memberships = write.run(deleteMemberships, user.key).changes
  for (const email of emailsOf(user)) write.run(deleteEmail, connection, email, user.key)
  const departed = write.get<{ externalId: string | null }>(deleteUserRow, user.key)
  if (departed?.externalId) write.run(storeDeparted, connection, departed.externalId, user.key, at)
  write.run(departIdentity, at, user.key)
  addToTotals(write, connection, { identities: -1, groups: 0, memberships: -memberships, shifts: 1 }, at)
  markPeople(write, connection, [user.key], 'identityChanged', at)
  return user
}

function existingUser(
  write: GroupWrite,
  connection: ConnectionId,
  id: string,
  ifMatch: ScimSubject['ifMatch'],
): ScimUserRow {
  const user = userById(write, connection, id)
  if (user === undefined) throw noSuchResource('User')
  checkVersion(ifMatch, user.version)
  return user
}

function storeIdentity(
  write: GroupWrite,
  connection: ConnectionId,
  content: StorableIdentity,
  externalId: string | null,
): { readonly key: IdentityId; readonly shifts: number } {
  const departed =
    externalId === null ? undefined : write.get<{ key: IdentityId }>(takeDeparted, connection, externalId)
  const values = columnsOf(content)
  if (departed !== undefined && write.run(returnIdentity, content.externalId, ...values, departed.key).changes > 0) {
    return { key: departed.key, shifts: 1 }
  }
  return { key: write.run(insertIdentity, connection, content.externalId, ...values).lastId as IdentityId, shifts: 0 }
}

function changeIdentity(
  write: GroupWrite,
  connection: ConnectionId,
  { key, id }: ScimUserRow,
  attributes: ScimAttributes,
  at: Instant,
): void {
  const content = storableIdentity(identityContent(identityOfUser(id, attributes)))
  const { changes } = write.run(updateIdentity, ...columnsOf(content), key, content.contentHash)
  if (changes > 0) markPeople(write, connection, [key], 'identityChanged', at)
}

const columnsOf = ({ userName, email, displayName, active, attributes, contentHash }: StorableIdentity) =>
  [userName, email, displayName, active ? 1 : 0, attributes, contentHash] as const

/** What the index holds of a stored user follows from the body, so that no second index has to find it. */
const emailsOf = ({ id, body }: ScimUserRow): readonly string[] => storedJson('User', id, readBody(body)).emails

function changeEmails(write: GroupWrite, connection: ConnectionId, user: ScimUserRow, stored: StoredJson): void {
  const before = emailsOf(user)
  if (before.length === stored.emails.length && before.every((value, index) => value === stored.emails[index])) return
  for (const email of before) write.run(deleteEmail, connection, email, user.key)
  insertEmails(write, connection, user.key, stored)
}

function insertEmails(write: GroupWrite, connection: ConnectionId, key: IdentityId, { emails }: StoredJson): void {
  for (const email of emails) write.run(insertEmail, connection, email, key)
}
