import type { Operation, ValueKind } from '../data-center/operation.ts'

/*
 * What requests may look like, extracted from the official Jira DC description (info.version 10.3.24; paths and bodies are
 * the same in 9.12 and 11, Jira REST). Exceptions that other sources state are marked with their name (docs/sources.md).
 */

/** UserWriteBean. `active` and `notification` are typed loosely by the product (Jira REST, users). */
const userBody: Readonly<Record<string, ValueKind>> = {
  active: 'looseBoolean',
  applicationKeys: 'strings',
  displayName: 'string',
  emailAddress: 'string',
  key: 'string',
  name: 'string',
  notification: 'looseBoolean',
  password: 'string',
  self: 'string',
}

/** ProjectUpdateBean. */
const projectBody: Readonly<Record<string, ValueKind>> = {
  assigneeType: 'string',
  avatarId: 'integer',
  categoryId: 'integer',
  description: 'string',
  issueSecurityScheme: 'integer',
  key: 'string',
  lead: 'string',
  name: 'string',
  notificationScheme: 'integer',
  permissionScheme: 'integer',
  projectTemplateKey: 'string',
  projectTypeKey: 'string',
  url: 'string',
}

/** ComponentBean. */
const componentBody: Readonly<Record<string, ValueKind>> = {
  archived: 'boolean',
  assigneeType: 'string',
  deleted: 'boolean',
  description: 'string',
  id: 'string',
  lead: 'any',
  leadUserName: 'string',
  name: 'string',
  project: 'string',
  self: 'string',
}

/** ApplicationRoleBean; only the groups are heeded (Jira REST, application roles). */
const roleBody: Readonly<Record<string, ValueKind>> = {
  defaultGroups: 'strings',
  defined: 'boolean',
  groups: 'strings',
  hasUnlimitedSeats: 'boolean',
  key: 'string',
  name: 'string',
  numberOfSeats: 'integer',
  platform: 'boolean',
  remainingSeats: 'integer',
  selectedByDefault: 'boolean',
  userCount: 'integer',
  userCountDescription: 'string',
}

const byUser = { key: 'string', username: 'string' } as const
const byUserKey = { userKey: 'string', username: 'string' } as const
const paging = { startAt: 'integer', maxResults: 'integer' } as const

export const description = {
  logIn: {
    method: 'POST',
    path: '/auth/1/session',
    body: { username: 'string', password: 'string' },
    access: 'anyone',
  },
  currentSession: { method: 'GET', path: '/auth/1/session', access: 'user' },
  logOut: { method: 'DELETE', path: '/auth/1/session', access: 'user' },
  // `expand=groups` and `doHealthCheck` are in no description but work (Jira REST, session).
  myself: { method: 'GET', path: '/api/2/myself', query: { expand: 'string' }, access: 'user' },
  serverInfo: { method: 'GET', path: '/api/2/serverInfo', query: { doHealthCheck: 'boolean' }, access: 'anyone' },
  myPermissions: {
    method: 'GET',
    path: '/api/2/mypermissions',
    query: { issueId: 'string', projectKey: 'string', issueKey: 'string', projectId: 'string' },
    access: 'user',
  },

  // `expand` is missing from every version of the description, yet it works (Jira REST, users).
  getUser: {
    method: 'GET',
    path: '/api/2/user',
    query: { ...byUser, includeDeleted: 'boolean', expand: 'string' },
    access: 'user',
  },
  createUser: { method: 'POST', path: '/api/2/user', body: userBody, access: 'admin' },
  updateUser: { method: 'PUT', path: '/api/2/user', query: byUser, body: userBody, access: 'admin' },
  deleteUser: { method: 'DELETE', path: '/api/2/user', query: byUser, access: 'admin' },
  setPassword: {
    method: 'PUT',
    path: '/api/2/user/password',
    query: byUser,
    body: { currentPassword: 'string', password: 'string' },
    access: 'admin',
  },
  searchUsers: {
    method: 'GET',
    path: '/api/2/user/search',
    query: { ...paging, username: 'string', includeActive: 'boolean', includeInactive: 'boolean' },
    access: 'user',
  },
  listUsers: {
    method: 'GET',
    path: '/api/2/user/list',
    query: { cursor: 'integer', maxResults: 'integer' },
    access: 'user',
  },
  // Taken from the session calls (Jira REST, session).
  endSessions: { method: 'DELETE', path: '/api/2/user/session/:username', access: 'admin' },
  listProperties: { method: 'GET', path: '/api/2/user/properties', query: byUserKey, access: 'user' },
  getProperty: { method: 'GET', path: '/api/2/user/properties/:propertyKey', query: byUserKey, access: 'user' },
  setProperty: {
    method: 'PUT',
    path: '/api/2/user/properties/:propertyKey',
    query: byUserKey,
    body: 'anyJson',
    access: 'user',
  },
  deleteProperty: { method: 'DELETE', path: '/api/2/user/properties/:propertyKey', query: byUserKey, access: 'user' },
  grantApplication: {
    method: 'POST',
    path: '/api/2/user/application',
    query: { applicationKey: 'string', username: 'string' },
    access: 'admin',
  },
  revokeApplication: {
    method: 'DELETE',
    path: '/api/2/user/application',
    query: { applicationKey: 'string', username: 'string' },
    access: 'admin',
  },

  // Absent from the current descriptions, still works (Jira REST, groups).
  getGroup: { method: 'GET', path: '/api/2/group', query: { groupname: 'string', expand: 'string' }, access: 'admin' },
  createGroup: { method: 'POST', path: '/api/2/group', body: { name: 'string' }, access: 'admin' },
  deleteGroup: {
    method: 'DELETE',
    path: '/api/2/group',
    query: { groupname: 'string', swapGroup: 'string' },
    required: ['groupname'],
    access: 'admin',
  },
  // The description has `groupname` as a path parameter by mistake (Jira REST, groups) and numbers as strings.
  listMembers: {
    method: 'GET',
    path: '/api/2/group/member',
    query: { ...paging, groupname: 'string', includeInactiveUsers: 'boolean' },
    required: ['groupname'],
    access: 'admin',
  },
  addMember: {
    method: 'POST',
    path: '/api/2/group/user',
    query: { groupname: 'string' },
    required: ['groupname'],
    body: { name: 'string' },
    access: 'admin',
  },
  removeMember: {
    method: 'DELETE',
    path: '/api/2/group/user',
    query: { groupname: 'string', username: 'string' },
    required: ['groupname', 'username'],
    access: 'admin',
  },
  pickGroups: {
    method: 'GET',
    path: '/api/2/groups/picker',
    query: { maxResults: 'integer', query: 'string', exclude: 'strings', userName: 'string' },
    access: 'user',
  },

  listRoles: { method: 'GET', path: '/api/2/applicationrole', access: 'admin' },
  getRole: { method: 'GET', path: '/api/2/applicationrole/:key', access: 'admin' },
  updateRole: { method: 'PUT', path: '/api/2/applicationrole/:key', body: roleBody, access: 'admin' },

  listProjects: {
    method: 'GET',
    path: '/api/2/project',
    query: { includeArchived: 'boolean', expand: 'string', recent: 'integer', browseArchive: 'boolean' },
    access: 'user',
  },
  getProject: { method: 'GET', path: '/api/2/project/:projectIdOrKey', query: { expand: 'string' }, access: 'user' },
  updateProject: {
    method: 'PUT',
    path: '/api/2/project/:projectIdOrKey',
    query: { expand: 'string' },
    body: projectBody,
    access: 'admin',
  },
  listComponents: { method: 'GET', path: '/api/2/project/:projectIdOrKey/components', access: 'user' },
  pageComponents: {
    method: 'GET',
    path: '/api/2/component/page',
    query: { ...paging, query: 'string', projectIds: 'string' },
    access: 'user',
  },
  getComponent: { method: 'GET', path: '/api/2/component/:id', access: 'user' },
  updateComponent: { method: 'PUT', path: '/api/2/component/:id', body: componentBody, access: 'admin' },

  // Undocumented (Data Center, directories): Jira demands a system administrator.
  listDirectories: { method: 'GET', path: '/crowd/:version/directory', access: 'systemAdmin' },
  getDirectory: { method: 'GET', path: '/crowd/:version/directory/:id', access: 'systemAdmin' },
  // Not in the product description; managed under this path (Data Center, authentication).
  listTokens: { method: 'GET', path: '/pat/latest/tokens', access: 'user' },
  createToken: {
    method: 'POST',
    path: '/pat/latest/tokens',
    body: { name: 'string', expirationDuration: 'integer' },
    access: 'user',
  },
  deleteToken: { method: 'DELETE', path: '/pat/latest/tokens/:id', access: 'user' },
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof description
