import type { Handler } from './call.ts'
import type { OperationName } from './description.ts'
import {
  addMember,
  createGroup,
  deleteGroup,
  listGroups,
  listMembers,
  pickGroups,
  removeMember,
} from './group-handlers.ts'
import { getProduct, listProducts } from './product-handlers.ts'
import {
  getComponent,
  getProject,
  listComponents,
  searchProjects,
  updateComponent,
  updateProject,
} from './project-handlers.ts'
import { deleteProperty, getProperty, listProperties, setProperty } from './property-handlers.ts'
import { checkPermissions, myPermissions, myself, serverInfo } from './session-handlers.ts'
import { createUser, deleteUser, getUser, groupsOfUser } from './user-handlers.ts'
import { getUsers, listUsers, searchUsers } from './user-list-handlers.ts'

/** What answers operations that need nobody to be signed in. */
export const openHandlers = { serverInfo }

/** What answers the other operations of the description. */
export const handlers: Readonly<Record<Exclude<OperationName, keyof typeof openHandlers>, Handler>> = {
  myself,
  myPermissions,
  checkPermissions,
  listUsers,
  listUsersToo: listUsers,
  searchUsers,
  getUser,
  getUsers,
  groupsOfUser,
  createUser,
  deleteUser,
  listProperties,
  getProperty,
  setProperty,
  deleteProperty,
  listGroups,
  pickGroups,
  createGroup,
  deleteGroup,
  listMembers,
  addMember,
  removeMember,
  listProducts,
  getProduct,
  searchProjects,
  getProject,
  updateProject,
  listComponents,
  getComponent,
  updateComponent,
}
