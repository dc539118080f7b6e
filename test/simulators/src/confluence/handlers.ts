import type { Handler } from './call.ts'
import type { OperationName } from './description.ts'
import {
  byQuery,
  createGroup,
  deleteGroup,
  getGroup,
  listAncestors,
  listChildren,
  listGroups,
  listMembers,
  listParents,
} from './group-handlers.ts'
import { longTask } from './long-task-handlers.ts'
import { addMember, removeMember } from './member-handlers.ts'
import {
  grantToGroup,
  grantToUser,
  listPermissions,
  permissionsOfGroup,
  permissionsOfUser,
  revokeFromGroup,
  revokeFromUser,
  setPermissions,
} from './permission-handlers.ts'
import { listDirectories, manifest, remainingSeats, serverInformation } from './server-handlers.ts'
import { createUser, deleteUser, disableUser, enableUser, setPassword, updateUser } from './user-admin-handlers.ts'
import { currentUser, getUser, listActiveUsers, listGroupsOfUser, listUsers } from './user-handlers.ts'

/** What answers the operations of the description. */
export const handlers: Readonly<Record<OperationName, Handler>> = {
  currentUser,
  getUser,
  listUsers,
  listActiveUsers,
  listGroupsOfUser,
  createUser,
  updateUser,
  deleteUser,
  disableUser,
  enableUser,
  setPassword,
  longTask,
  listGroups,
  getGroup,
  listMembers,
  listChildren,
  listParents,
  listAncestors,
  getGroupByQuery: byQuery('info', getGroup),
  listMembersByQuery: byQuery('member', listMembers),
  listChildrenByQuery: byQuery('groupmember', listChildren),
  listParentsByQuery: byQuery('groupparent', listParents),
  listAncestorsByQuery: byQuery('groupancestor', listAncestors),
  createGroup,
  deleteGroup,
  addMember,
  removeMember,
  listPermissions,
  setPermissions,
  permissionsOfUser,
  permissionsOfGroup,
  grantToUser,
  revokeFromUser,
  grantToGroup,
  revokeFromGroup,
  serverInformation,
  manifest,
  remainingSeats,
  listDirectories,
}
