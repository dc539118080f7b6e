import type { Handler, OpenHandler } from './call.ts'
import type { OperationName } from './description.ts'
import { createGroup, deleteGroup, listGroupNames, listGroups } from './group-handlers.ts'
import {
  addGroupToUser,
  addUsersToGroup,
  addUserToGroup,
  addUserToGroups,
  removeGroupFromUser,
  removeUserFromGroup,
} from './member-handlers.ts'
import { listGroupsOfUser, listGroupsWithoutUser, listMembers, listNonMembers } from './member-list-handlers.ts'
import {
  grantToGroups,
  grantToUsers,
  listGroupPermissions,
  listGroupsWithoutPermission,
  listUserPermissions,
  listUsersWithoutPermission,
  revokeFromGroup,
  revokeFromUser,
} from './permission-handlers.ts'
import { getRateLimit, setRateLimit } from './rate-limit-handlers.ts'
import { applicationProperties, getLicence, listDirectories, whoAmI } from './server-handlers.ts'
import { createToken, deleteToken, listTokens } from './token-handlers.ts'
import {
  clearCaptcha,
  createUser,
  deleteUser,
  eraseUser,
  isErasable,
  renameUser,
  setPassword,
  updateUser,
} from './user-handlers.ts'
import { getUser, listDetailedUsers, listUsers } from './user-list-handlers.ts'

/** What answers operations that need nobody to be signed in. */
export const openHandlers = { applicationProperties, whoAmI } satisfies Partial<Record<OperationName, OpenHandler>>

/** What answers the other operations of the description. */
export const handlers: Readonly<Record<Exclude<OperationName, keyof typeof openHandlers>, Handler>> = {
  getLicence,
  listDirectories,
  listDetailedUsers,
  listUsers,
  getUser,
  createUser,
  updateUser,
  renameUser,
  setPassword,
  clearCaptcha,
  deleteUser,
  isErasable,
  eraseUser,
  listGroups,
  listGroupNames,
  createGroup,
  deleteGroup,
  listMembers,
  listNonMembers,
  listGroupsOfUser,
  listGroupsWithoutUser,
  addUsersToGroup,
  addUserToGroups,
  addUserToGroup,
  addGroupToUser,
  removeGroupFromUser,
  removeUserFromGroup,
  listGroupPermissions,
  listGroupsWithoutPermission,
  grantToGroups,
  revokeFromGroup,
  listUserPermissions,
  listUsersWithoutPermission,
  grantToUsers,
  revokeFromUser,
  getRateLimit,
  setRateLimit,
  listTokens,
  createToken,
  deleteToken,
}
