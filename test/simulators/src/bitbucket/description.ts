import type { Operation } from '../data-center/operation.ts'

/*
 * What requests may look like, extracted from the official Bitbucket DC description (info.version 9.4; identical in 8.19 to
 * 10.x, Bitbucket REST). Exceptions that other sources state are marked with their name (docs/sources.md).
 */

const paging = { start: 'integer', limit: 'integer' } as const
const filtered = { ...paging, filter: 'string' } as const
const inContext = { ...filtered, context: 'string' } as const
const picked = { context: 'string', itemName: 'string' } as const
const named = { name: 'string' } as const

export const description = {
  applicationProperties: { method: 'GET', path: '/api/latest/application-properties', access: 'anyone' },
  getLicence: { method: 'GET', path: '/api/latest/admin/license', access: 'admin' },
  listDirectories: {
    method: 'GET',
    path: '/api/latest/admin/user-directories',
    query: { includeInactive: 'boolean' },
    access: 'admin',
  },
  // A servlet, in no description (Bitbucket REST, server).
  whoAmI: { method: 'GET', path: '/plugins/servlet/applinks/whoami', access: 'anyone' },

  listDetailedUsers: { method: 'GET', path: '/api/latest/admin/users', query: filtered, access: 'user' },
  // The description forgets the paging of this one and shows one user where a page comes (Bitbucket REST, users).
  listUsers: {
    method: 'GET',
    path: '/api/latest/users',
    query: {
      ...filtered,
      group: 'string',
      permission: 'string',
      'permission.1': 'string',
      'permission.2': 'string',
      'permission.3': 'string',
    },
    access: 'user',
  },
  getUser: { method: 'GET', path: '/api/latest/users/:userSlug', access: 'user' },
  createUser: {
    method: 'POST',
    path: '/api/latest/admin/users',
    query: {
      emailAddress: 'string',
      password: 'string',
      addToDefaultGroup: 'boolean',
      displayName: 'string',
      name: 'string',
      notify: 'boolean',
    },
    required: ['emailAddress', 'displayName', 'name'],
    access: 'admin',
  },
  updateUser: {
    method: 'PUT',
    path: '/api/latest/admin/users',
    body: { name: 'string', displayName: 'string', email: 'string' },
    access: 'admin',
  },
  renameUser: {
    method: 'POST',
    path: '/api/latest/admin/users/rename',
    body: { name: 'string', newName: 'string' },
    access: 'admin',
  },
  setPassword: {
    method: 'PUT',
    path: '/api/latest/admin/users/credentials',
    body: { name: 'string', password: 'string', passwordConfirm: 'string' },
    access: 'admin',
  },
  clearCaptcha: {
    method: 'DELETE',
    path: '/api/latest/admin/users/captcha',
    query: named,
    required: ['name'],
    access: 'admin',
  },
  deleteUser: { method: 'DELETE', path: '/api/latest/admin/users', query: named, required: ['name'], access: 'admin' },
  isErasable: {
    method: 'GET',
    path: '/api/latest/admin/users/erasure',
    query: named,
    required: ['name'],
    access: 'admin',
  },
  eraseUser: {
    method: 'POST',
    path: '/api/latest/admin/users/erasure',
    query: named,
    required: ['name'],
    access: 'admin',
  },

  listGroups: { method: 'GET', path: '/api/latest/admin/groups', query: filtered, access: 'user' },
  listGroupNames: { method: 'GET', path: '/api/latest/groups', query: filtered, access: 'user' },
  createGroup: { method: 'POST', path: '/api/latest/admin/groups', query: named, required: ['name'], access: 'admin' },
  deleteGroup: {
    method: 'DELETE',
    path: '/api/latest/admin/groups',
    query: named,
    required: ['name'],
    access: 'admin',
  },

  listMembers: {
    method: 'GET',
    path: '/api/latest/admin/groups/more-members',
    query: inContext,
    required: ['context'],
    access: 'user',
  },
  listNonMembers: {
    method: 'GET',
    path: '/api/latest/admin/groups/more-non-members',
    query: inContext,
    required: ['context'],
    access: 'user',
  },
  listGroupsOfUser: {
    method: 'GET',
    path: '/api/latest/admin/users/more-members',
    query: inContext,
    required: ['context'],
    access: 'user',
  },
  listGroupsWithoutUser: {
    method: 'GET',
    path: '/api/latest/admin/users/more-non-members',
    query: inContext,
    required: ['context'],
    access: 'user',
  },
  addUsersToGroup: {
    method: 'POST',
    path: '/api/latest/admin/groups/add-users',
    body: { group: 'string', users: 'strings' },
    access: 'admin',
  },
  addUserToGroups: {
    method: 'POST',
    path: '/api/latest/admin/users/add-groups',
    body: { user: 'string', groups: 'strings' },
    access: 'admin',
  },
  // Deprecated since 2.10, still there (Bitbucket REST, groups).
  addUserToGroup: { method: 'POST', path: '/api/latest/admin/groups/add-user', body: picked, access: 'admin' },
  addGroupToUser: { method: 'POST', path: '/api/latest/admin/users/add-group', body: picked, access: 'admin' },
  removeGroupFromUser: { method: 'POST', path: '/api/latest/admin/users/remove-group', body: picked, access: 'admin' },
  removeUserFromGroup: { method: 'POST', path: '/api/latest/admin/groups/remove-user', body: picked, access: 'admin' },

  listGroupPermissions: {
    method: 'GET',
    path: '/api/latest/admin/permissions/groups',
    query: filtered,
    access: 'admin',
  },
  listGroupsWithoutPermission: {
    method: 'GET',
    path: '/api/latest/admin/permissions/groups/none',
    query: filtered,
    access: 'admin',
  },
  grantToGroups: {
    method: 'PUT',
    path: '/api/latest/admin/permissions/groups',
    query: { name: 'strings', permission: 'string' },
    required: ['name', 'permission'],
    access: 'admin',
  },
  revokeFromGroup: {
    method: 'DELETE',
    path: '/api/latest/admin/permissions/groups',
    query: named,
    required: ['name'],
    access: 'admin',
  },
  listUserPermissions: { method: 'GET', path: '/api/latest/admin/permissions/users', query: filtered, access: 'admin' },
  listUsersWithoutPermission: {
    method: 'GET',
    path: '/api/latest/admin/permissions/users/none',
    query: filtered,
    access: 'admin',
  },
  grantToUsers: {
    method: 'PUT',
    path: '/api/latest/admin/permissions/users',
    query: { name: 'strings', permission: 'string' },
    required: ['name', 'permission'],
    access: 'admin',
  },
  revokeFromUser: {
    method: 'DELETE',
    path: '/api/latest/admin/permissions/users',
    query: named,
    required: ['name'],
    access: 'admin',
  },

  getRateLimit: { method: 'GET', path: '/api/latest/admin/rate-limit/settings', access: 'user' },
  setRateLimit: {
    method: 'PUT',
    path: '/api/latest/admin/rate-limit/settings',
    body: { enabled: 'boolean', defaultSettings: 'any' },
    access: 'admin',
  },
  listTokens: { method: 'GET', path: '/access-tokens/latest/users/:userSlug', query: paging, access: 'user' },
  createToken: {
    method: 'PUT',
    path: '/access-tokens/latest/users/:userSlug',
    body: { name: 'string', permissions: 'strings', expiryDays: 'integer' },
    access: 'user',
  },
  deleteToken: { method: 'DELETE', path: '/access-tokens/latest/users/:userSlug/:tokenId', access: 'user' },
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof description
