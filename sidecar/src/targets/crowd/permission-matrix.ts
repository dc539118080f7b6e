import type { Ability } from '../../planning/capabilities.ts'

/** What to grant for an ability, as Crowd names it under Applications, Permissions (Crowd REST, several directories). */
const permissions: Partial<Record<Ability, string>> = {
  createUser: 'Add user',
  updateUser: 'Modify user',
  renameUser: 'Modify user',
  activateUser: 'Modify user',
  deactivateUser: 'Modify user',
  deleteUser: 'Remove user',
  setAttributes: 'Modify user attributes',
  createGroup: 'Add group',
  deleteGroup: 'Remove group',
  addMember: 'Modify group',
  removeMember: 'Modify group',
  addChildGroup: 'Modify group',
  removeChildGroup: 'Modify group',
}

/** What an administrator does about a 403 on a write. */
export const permissionRemedy = (ability: Ability): string =>
  `Grant "${permissions[ability] ?? 'Modify user'}" to the application in Crowd, under Applications, Permissions, for the directory concerned; check that the directory itself is writable.`

export const permissionReason = (ability: Ability): string =>
  `No directory of the application takes this change. ${permissionRemedy(ability)}`
