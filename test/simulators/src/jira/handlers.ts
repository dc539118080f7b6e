import type { Handler, OpenHandler } from './call.ts'
import { getComponent, listComponents, pageComponents, updateComponent } from './component-handlers.ts'
import type { OperationName } from './description.ts'
import { getDirectory, listDirectories } from './directory-handlers.ts'
import { createGroup, deleteGroup, getGroup, pickGroups } from './group-handlers.ts'
import { addMember, listMembers, removeMember } from './member-handlers.ts'
import { getProject, listProjects, updateProject } from './project-handlers.ts'
import { deleteProperty, getProperty, listProperties, setProperty } from './property-handlers.ts'
import { getRole, grantApplication, listRoles, revokeApplication, updateRole } from './role-handlers.ts'
import { currentSession, endSessions, logIn, logOut, myPermissions, myself, serverInfo } from './session-handlers.ts'
import { createToken, deleteToken, listTokens } from './token-handlers.ts'
import { createUser, deleteUser, getUser, setPassword, updateUser } from './user-handlers.ts'
import { listUsers, searchUsers } from './user-list-handlers.ts'

/** What answers operations that need nobody to be signed in. */
export const openHandlers = { logIn, serverInfo } satisfies Partial<Record<OperationName, OpenHandler>>

/** What answers the other operations of the description. */
export const handlers: Readonly<Record<Exclude<OperationName, keyof typeof openHandlers>, Handler>> = {
  currentSession,
  logOut,
  myself,
  myPermissions,
  getUser,
  createUser,
  updateUser,
  deleteUser,
  setPassword,
  searchUsers,
  listUsers,
  endSessions,
  listProperties,
  getProperty,
  setProperty,
  deleteProperty,
  grantApplication,
  revokeApplication,
  getGroup,
  createGroup,
  deleteGroup,
  listMembers,
  addMember,
  removeMember,
  pickGroups,
  listRoles,
  getRole,
  updateRole,
  listProjects,
  getProject,
  updateProject,
  listComponents,
  pageComponents,
  getComponent,
  updateComponent,
  listDirectories,
  getDirectory,
  listTokens,
  createToken,
  deleteToken,
}
