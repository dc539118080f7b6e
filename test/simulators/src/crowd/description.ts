import type { Operation, ValueKind } from '../data-center/operation.ts'

/*
 * What requests to the user server may look like. There is no official description for machines: the table is made from
 * Crowd REST, calls, and paths are below `/rest/usermanagement/1`.
 */

type Described = Omit<Operation, 'access'>

/** A user as it is read; what is read may be sent back (a write is read, change, write). */
const userBody: Readonly<Record<string, ValueKind>> = {
  expand: 'string',
  link: 'any',
  name: 'string',
  'first-name': 'string',
  'last-name': 'string',
  'display-name': 'string',
  email: 'string',
  password: 'any',
  key: 'string',
  active: 'boolean',
  attributes: 'any',
}

const groupBody: Readonly<Record<string, ValueKind>> = {
  expand: 'string',
  link: 'any',
  name: 'string',
  description: 'string',
  type: 'string',
  active: 'boolean',
  attributes: 'any',
}

const attributesBody: Readonly<Record<string, ValueKind>> = { attributes: 'any', link: 'any' }
const nameBody: Readonly<Record<string, ValueKind>> = { name: 'string' }
const valueBody: Readonly<Record<string, ValueKind>> = { value: 'string' }

const paging = { 'start-index': 'integer', 'max-results': 'integer', expand: 'string' } as const
const username = { query: { username: 'string' }, required: ['username'] } as const
const groupname = { query: { groupname: 'string' }, required: ['groupname'] } as const
const membership = { query: { username: 'string', groupname: 'string' }, required: ['username', 'groupname'] } as const
const memberships = { username: 'string', groupname: 'string', ...paging } as const
const children = { groupname: 'string', 'child-groupname': 'string', ...paging } as const
const parents = { groupname: 'string', 'parent-groupname': 'string', ...paging } as const

export const description = {
  cookieConfig: { method: 'GET', path: '/config/cookie' },

  getUser: { method: 'GET', path: '/user', query: { username: 'string', key: 'string', expand: 'string' } },
  createUser: { method: 'POST', path: '/user', body: userBody },
  updateUser: { method: 'PUT', path: '/user', ...username, body: userBody },
  deleteUser: { method: 'DELETE', path: '/user', ...username },
  renameUser: { method: 'POST', path: '/user/rename', ...username, body: { 'new-name': 'string' } },
  setPassword: { method: 'PUT', path: '/user/password', ...username, body: valueBody },
  clearPassword: { method: 'DELETE', path: '/user/password', ...username },
  mailPassword: { method: 'POST', path: '/user/mail/password', ...username },
  // Not in 6.1, but clients call it.
  mailUsernames: { method: 'POST', path: '/user/mail/usernames', query: { email: 'string' }, required: ['email'] },

  getUserAttributes: { method: 'GET', path: '/user/attribute', ...username },
  setUserAttributes: { method: 'POST', path: '/user/attribute', ...username, body: attributesBody },
  deleteUserAttribute: {
    method: 'DELETE',
    path: '/user/attribute',
    query: { username: 'string', attributename: 'string' },
    required: ['username', 'attributename'],
  },
  getGroupAttributes: { method: 'GET', path: '/group/attribute', ...groupname },
  setGroupAttributes: { method: 'POST', path: '/group/attribute', ...groupname, body: attributesBody },
  deleteGroupAttribute: {
    method: 'DELETE',
    path: '/group/attribute',
    query: { groupname: 'string', attributename: 'string' },
    required: ['groupname', 'attributename'],
  },

  search: {
    method: 'GET',
    path: '/search',
    query: { 'entity-type': 'string', restriction: 'string', ...paging },
    required: ['entity-type'],
  },

  getGroup: {
    method: 'GET',
    path: '/group',
    query: { groupname: 'string', expand: 'string' },
    required: ['groupname'],
  },
  createGroup: { method: 'POST', path: '/group', body: groupBody },
  updateGroup: { method: 'PUT', path: '/group', ...groupname, body: groupBody },
  deleteGroup: { method: 'DELETE', path: '/group', ...groupname },

  groupsOfUser: { method: 'GET', path: '/user/group/direct', query: memberships, required: ['username'] },
  nestedGroupsOfUser: { method: 'GET', path: '/user/group/nested', query: memberships, required: ['username'] },
  addGroupToUser: { method: 'POST', path: '/user/group/direct', ...username, body: nameBody },
  removeGroupFromUser: { method: 'DELETE', path: '/user/group/direct', ...membership },
  usersOfGroup: { method: 'GET', path: '/group/user/direct', query: memberships, required: ['groupname'] },
  nestedUsersOfGroup: { method: 'GET', path: '/group/user/nested', query: memberships, required: ['groupname'] },
  addUserToGroup: { method: 'POST', path: '/group/user/direct', ...groupname, body: nameBody },
  removeUserFromGroup: { method: 'DELETE', path: '/group/user/direct', ...membership },

  childGroups: { method: 'GET', path: '/group/child-group/direct', query: children, required: ['groupname'] },
  nestedChildGroups: { method: 'GET', path: '/group/child-group/nested', query: children, required: ['groupname'] },
  addChildGroup: { method: 'POST', path: '/group/child-group/direct', ...groupname, body: nameBody },
  removeChildGroup: {
    method: 'DELETE',
    path: '/group/child-group/direct',
    query: { groupname: 'string', 'child-groupname': 'string' },
    required: ['groupname', 'child-groupname'],
  },
  parentGroups: { method: 'GET', path: '/group/parent-group/direct', query: parents, required: ['groupname'] },
  nestedParentGroups: { method: 'GET', path: '/group/parent-group/nested', query: parents, required: ['groupname'] },

  dumpMemberships: { method: 'GET', path: '/group/membership' },

  authenticate: { method: 'POST', path: '/authentication', ...username, body: valueBody },
  openSession: {
    method: 'POST',
    path: '/session',
    query: { 'validate-password': 'boolean', duration: 'integer' },
    body: { username: 'string', password: 'string', 'validation-factors': 'any' },
  },
  getSession: { method: 'GET', path: '/session/:token', query: { expand: 'string' } },
  validateSession: { method: 'POST', path: '/session/:token', body: 'anyJson' },
  closeSession: { method: 'DELETE', path: '/session/:token' },
  closeSessionsOf: { method: 'DELETE', path: '/session', ...username },
} as const satisfies Record<string, Described>

export type OperationName = keyof typeof description
