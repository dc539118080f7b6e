import type { Operation } from '../data-center/operation.ts'

/*
 * What requests may look like, extracted from the official Confluence DC description (info.version 10.0.3; paths and bodies
 * are the same in 9.2 to 10.2, Confluence REST, releases). Exceptions that other sources state are marked with their name (docs/sources.md).
 */

const userPage = { expand: 'string', start: 'integer', limit: 'integer' } as const
const oneUser = { key: 'string', username: 'string', expand: 'string' } as const
const byGroupName = { groupName: 'string' } as const

export const description = {
  currentUser: { method: 'GET', path: '/api/user/current', query: { expand: 'string' }, access: 'anyone' },
  getUser: { method: 'GET', path: '/api/user', query: oneUser, access: 'user' },
  listUsers: { method: 'GET', path: '/api/user/list', query: userPage, access: 'user' },
  listActiveUsers: { method: 'GET', path: '/api/admin/users/list/active', query: userPage, access: 'user' },
  listGroupsOfUser: { method: 'GET', path: '/api/user/memberof', query: { ...oneUser, ...userPage }, access: 'user' },

  createUser: {
    method: 'POST',
    path: '/api/admin/user',
    body: { userName: 'string', fullName: 'string', email: 'string', password: 'string', notifyViaEmail: 'boolean' },
    access: 'admin',
    anonymous: 401,
  },
  updateUser: {
    method: 'PUT',
    path: '/api/admin/user/:username',
    // `currentPassword` is described, but it is only for the own account (Confluence REST, users).
    body: { fullName: 'string', email: 'string', currentPassword: 'string' },
    access: 'admin',
    anonymous: 401,
  },
  deleteUser: { method: 'DELETE', path: '/api/admin/user/:username', access: 'admin', anonymous: 401 },
  disableUser: { method: 'PUT', path: '/api/admin/user/:username/disable', access: 'admin', anonymous: 401 },
  enableUser: { method: 'PUT', path: '/api/admin/user/:username/enable', access: 'admin', anonymous: 401 },
  setPassword: {
    method: 'POST',
    path: '/api/admin/user/:username/password',
    body: { password: 'string' },
    access: 'systemAdmin',
  },
  // Where a deletion is asked after (Confluence REST, users); the resource itself is in another part of the description.
  longTask: { method: 'GET', path: '/api/longtask/:id', query: { expand: 'string' }, access: 'user' },

  listGroups: { method: 'GET', path: '/api/group', query: userPage, access: 'user' },
  getGroup: { method: 'GET', path: '/api/group/:groupName', query: { expand: 'string' }, access: 'user' },
  listMembers: { method: 'GET', path: '/api/group/:groupName/member', query: userPage, access: 'user' },
  listChildren: { method: 'GET', path: '/api/group/:groupName/groupmember', query: userPage, access: 'user' },
  listParents: { method: 'GET', path: '/api/group/:groupName/groupparent', query: userPage, access: 'user' },
  listAncestors: {
    method: 'GET',
    path: '/api/group/:groupName/groupancestor',
    query: { start: 'integer', limit: 'integer' },
    access: 'user',
  },
  // The query forms are in 9.2.21 and since 10.1.2, so not in the description of 10.0.3 (Confluence REST, groups).
  getGroupByQuery: {
    method: 'GET',
    path: '/api/group/info',
    query: { ...byGroupName, expand: 'string' },
    access: 'user',
  },
  listMembersByQuery: {
    method: 'GET',
    path: '/api/group/member',
    query: { ...byGroupName, ...userPage },
    access: 'user',
  },
  listChildrenByQuery: {
    method: 'GET',
    path: '/api/group/groupmember',
    query: { ...byGroupName, ...userPage },
    access: 'user',
  },
  listParentsByQuery: {
    method: 'GET',
    path: '/api/group/groupparent',
    query: { ...byGroupName, ...userPage },
    access: 'user',
  },
  listAncestorsByQuery: {
    method: 'GET',
    path: '/api/group/groupancestor',
    query: { ...byGroupName, ...userPage },
    access: 'user',
  },
  // The description has the group as an empty object; `type` and `name` come from Confluence REST, groups.
  createGroup: { method: 'POST', path: '/api/admin/group', body: { type: 'string', name: 'string' }, access: 'admin' },
  deleteGroup: { method: 'DELETE', path: '/api/admin/group/:groupName', access: 'admin' },
  addMember: { method: 'PUT', path: '/api/user/:username/group/:groupName', access: 'admin' },
  removeMember: { method: 'DELETE', path: '/api/user/:username/group/:groupName', access: 'admin' },

  listPermissions: { method: 'GET', path: '/api/permissions', access: 'admin', anonymous: 401 },
  setPermissions: { method: 'PUT', path: '/api/permissions', body: 'anyJson', access: 'admin', anonymous: 401 },
  permissionsOfUser: { method: 'GET', path: '/api/permissions/user/:keyOrName', access: 'admin', anonymous: 401 },
  permissionsOfGroup: { method: 'GET', path: '/api/permissions/group/:groupName', access: 'admin', anonymous: 401 },
  grantToUser: {
    method: 'PUT',
    path: '/api/permissions/user/:keyOrName/grant',
    body: 'anyJson',
    access: 'admin',
    anonymous: 401,
  },
  revokeFromUser: {
    method: 'PUT',
    path: '/api/permissions/user/:keyOrName/revoke',
    body: 'anyJson',
    access: 'admin',
    anonymous: 401,
  },
  grantToGroup: {
    method: 'PUT',
    path: '/api/permissions/group/:groupName/grant',
    body: 'anyJson',
    access: 'admin',
    anonymous: 401,
  },
  revokeFromGroup: {
    method: 'PUT',
    path: '/api/permissions/group/:groupName/revoke',
    body: 'anyJson',
    access: 'admin',
    anonymous: 401,
  },

  serverInformation: { method: 'GET', path: '/api/server-information', access: 'user', anonymous: 401 },
  // Undocumented (Confluence REST, session; Data Center, directories).
  manifest: { method: 'GET', path: '/applinks/1.0/manifest', access: 'anyone' },
  remainingSeats: { method: 'GET', path: '/license/1.0/license/remainingSeats', access: 'admin', anonymous: 401 },
  listDirectories: { method: 'GET', path: '/crowd/:version/directory', access: 'systemAdmin' },
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof description
