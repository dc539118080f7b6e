import {
  deleteGroupAttribute,
  deleteUserAttribute,
  getGroupAttributes,
  getUserAttributes,
  setGroupAttributes,
  setUserAttributes,
} from './attribute-handlers.ts'
import type { Handler } from './call.ts'
import type { OperationName } from './description.ts'
import { createGroup, deleteGroup, getGroup, updateGroup } from './group-handlers.ts'
import { dumpMemberships } from './membership-dump.ts'
import { addGroupToUser, addUserToGroup, groupsOfUser, removeMembership, usersOfGroup } from './membership-handlers.ts'
import { addRelated, relatedGroups, removeRelated } from './nesting-handlers.ts'
import { search } from './search-handlers.ts'
import {
  authenticate,
  closeSession,
  closeSessionsOf,
  cookieConfig,
  getSession,
  openSession,
} from './session-handlers.ts'
import {
  clearPassword,
  createUser,
  deleteUser,
  getUser,
  mailPassword,
  mailUsernames,
  renameUser,
  setPassword,
  updateUser,
} from './user-handlers.ts'

/** What answers the operations of the description. */
export const handlers: Readonly<Record<OperationName, Handler>> = {
  cookieConfig,
  getUser,
  createUser,
  updateUser,
  deleteUser,
  renameUser,
  setPassword,
  clearPassword,
  mailPassword,
  mailUsernames,
  getUserAttributes,
  setUserAttributes,
  deleteUserAttribute,
  getGroupAttributes,
  setGroupAttributes,
  deleteGroupAttribute,
  search,
  getGroup,
  createGroup,
  updateGroup,
  deleteGroup,
  groupsOfUser: groupsOfUser('direct'),
  nestedGroupsOfUser: groupsOfUser('nested'),
  addGroupToUser,
  removeGroupFromUser: removeMembership,
  usersOfGroup: usersOfGroup('direct'),
  nestedUsersOfGroup: usersOfGroup('nested'),
  addUserToGroup,
  removeUserFromGroup: removeMembership,
  childGroups: relatedGroups('children', 'direct'),
  nestedChildGroups: relatedGroups('children', 'nested'),
  addChildGroup: addRelated('children'),
  removeChildGroup: removeRelated('children'),
  parentGroups: relatedGroups('parents', 'direct'),
  nestedParentGroups: relatedGroups('parents', 'nested'),
  dumpMemberships,
  authenticate,
  openSession,
  getSession,
  validateSession: getSession,
  closeSession,
  closeSessionsOf,
}
