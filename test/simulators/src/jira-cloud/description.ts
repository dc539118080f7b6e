import type { ValueKind } from '../data-center/operation.ts'
import type { CloudOperation } from './operation.ts'

/*
 * What requests to the site may look like, extracted from the official description of Jira Cloud (REST v3). Parameters of which
 * it says that they are no longer available (`username`, `key`, `userKey`) are left out: asking by them is a violation.
 */

const paging = { startAt: 'integer', maxResults: 'integer' } as const
const group = { groupname: 'string', groupId: 'string' } as const

/** NewUserDetails; the name of a new account is not the caller's to set, but may be sent (7). */
const newUserBody: Readonly<Record<string, ValueKind>> = {
  emailAddress: 'string',
  products: 'strings',
  displayName: 'string',
}

/** UpdateProjectDetails. */
const projectBody: Readonly<Record<string, ValueKind>> = {
  assigneeType: 'string',
  avatarId: 'integer',
  categoryId: 'integer',
  description: 'string',
  issueSecurityScheme: 'integer',
  key: 'string',
  leadAccountId: 'string',
  name: 'string',
  notificationScheme: 'integer',
  permissionScheme: 'integer',
  releasedProjectKeys: 'strings',
  url: 'string',
}

/** ProjectComponent; what cannot be updated is left out. */
const componentBody: Readonly<Record<string, ValueKind>> = {
  assigneeType: 'string',
  description: 'string',
  leadAccountId: 'string',
  name: 'string',
}

export const description = {
  // Anonymous (7).
  serverInfo: { method: 'GET', path: '/serverInfo', access: 'anyone' },
  myself: { method: 'GET', path: '/myself', query: { expand: 'string' }, access: 'user' },
  myPermissions: {
    method: 'GET',
    path: '/mypermissions',
    query: {
      projectKey: 'string',
      projectId: 'string',
      issueKey: 'string',
      issueId: 'string',
      permissions: 'string',
      projectUuid: 'string',
      projectConfigurationUuid: 'string',
      commentId: 'string',
    },
    access: 'user',
  },
  // Not in the extract of the description; taken from 7.
  checkPermissions: {
    method: 'POST',
    path: '/permissions/check',
    body: { globalPermissions: 'strings' },
    access: 'user',
  },

  listUsers: { method: 'GET', path: '/users/search', query: paging, access: 'browse' },
  listUsersToo: { method: 'GET', path: '/users', query: paging, access: 'browse' },
  searchUsers: {
    method: 'GET',
    path: '/user/search',
    query: { ...paging, query: 'string', accountId: 'string', property: 'string' },
    access: 'user',
  },
  getUser: { method: 'GET', path: '/user', query: { accountId: 'string', expand: 'string' }, access: 'browse' },
  getUsers: {
    method: 'GET',
    path: '/user/bulk',
    query: { ...paging, accountId: 'strings' },
    required: ['accountId'],
    access: 'user',
  },
  groupsOfUser: {
    method: 'GET',
    path: '/user/groups',
    query: { accountId: 'string' },
    required: ['accountId'],
    access: 'browse',
  },
  createUser: { method: 'POST', path: '/user', body: newUserBody, access: 'admin' },
  deleteUser: {
    method: 'DELETE',
    path: '/user',
    query: { accountId: 'string' },
    required: ['accountId'],
    access: 'siteAdmin',
  },

  listProperties: { method: 'GET', path: '/user/properties', query: { accountId: 'string' }, access: 'user' },
  getProperty: { method: 'GET', path: '/user/properties/:propertyKey', query: { accountId: 'string' }, access: 'user' },
  setProperty: {
    method: 'PUT',
    path: '/user/properties/:propertyKey',
    query: { accountId: 'string' },
    body: 'anyJson',
    access: 'user',
  },
  deleteProperty: {
    method: 'DELETE',
    path: '/user/properties/:propertyKey',
    query: { accountId: 'string' },
    access: 'user',
  },

  listGroups: {
    method: 'GET',
    path: '/group/bulk',
    query: { ...paging, groupId: 'strings', groupName: 'strings', accessType: 'string', applicationKey: 'string' },
    access: 'browse',
  },
  pickGroups: {
    method: 'GET',
    path: '/groups/picker',
    query: {
      query: 'string',
      exclude: 'strings',
      excludeId: 'strings',
      maxResults: 'integer',
      caseInsensitive: 'boolean',
    },
    access: 'user',
  },
  createGroup: { method: 'POST', path: '/group', body: { name: 'string' }, access: 'siteAdmin' },
  deleteGroup: {
    method: 'DELETE',
    path: '/group',
    query: { ...group, swapGroup: 'string', swapGroupId: 'string' },
    access: 'siteAdmin',
  },
  listMembers: {
    method: 'GET',
    path: '/group/member',
    query: { ...group, ...paging, includeInactiveUsers: 'boolean' },
    access: 'browse',
  },
  addMember: { method: 'POST', path: '/group/user', query: group, body: { accountId: 'string' }, access: 'siteAdmin' },
  removeMember: {
    method: 'DELETE',
    path: '/group/user',
    query: { ...group, accountId: 'string' },
    required: ['accountId'],
    access: 'siteAdmin',
  },

  listProducts: { method: 'GET', path: '/applicationrole', access: 'admin' },
  getProduct: { method: 'GET', path: '/applicationrole/:key', access: 'admin' },

  searchProjects: {
    method: 'GET',
    path: '/project/search',
    query: {
      ...paging,
      orderBy: 'string',
      id: 'strings',
      keys: 'strings',
      query: 'string',
      typeKey: 'string',
      categoryId: 'integer',
      action: 'string',
      expand: 'string',
      status: 'strings',
      properties: 'strings',
      propertyQuery: 'string',
    },
    access: 'user',
  },
  getProject: {
    method: 'GET',
    path: '/project/:projectIdOrKey',
    query: { expand: 'string', properties: 'strings' },
    access: 'user',
  },
  updateProject: {
    method: 'PUT',
    path: '/project/:projectIdOrKey',
    query: { expand: 'string' },
    body: projectBody,
    access: 'admin',
  },
  listComponents: {
    method: 'GET',
    path: '/project/:projectIdOrKey/components',
    query: { componentSource: 'string' },
    access: 'user',
  },
  getComponent: { method: 'GET', path: '/component/:id', access: 'user' },
  updateComponent: { method: 'PUT', path: '/component/:id', body: componentBody, access: 'admin' },
} as const satisfies Record<string, CloudOperation>

export type OperationName = keyof typeof description
