import { reach } from '../data-center/groups.ts'
import { notPermitted, refuse } from './answer.ts'
import { type Application, allows } from './application.ts'
import type { Crowd } from './crowd.ts'
import type { CrowdDirectory } from './directory.ts'
import type { DirectoryView } from './directory-view.ts'
import type { Realm } from './realm.ts'

/** Writes to memberships and to nesting (Crowd REST, calls, several directories). */
export function membershipWrites(
  { now }: Crowd,
  application: Application,
  view: DirectoryView,
): Pick<Realm, 'join' | 'leave' | 'nest' | 'unnest'> {
  const writable = (): CrowdDirectory[] =>
    application.mappings.filter((mapping) => allows(mapping, 'modifyGroup')).map((mapping) => mapping.directory)

  const mayAddGroup = (directory: CrowdDirectory): boolean =>
    application.mappings.some((mapping) => mapping.directory === directory && allows(mapping, 'addGroup'))

  return {
    /** Into the first accessible directory that holds the user; a group that is missing there is made [believed]. */
    join(groupName, userName) {
      for (const directory of writable()) {
        const account = directory.account(userName)
        if (!account) continue
        const group = directory.group(groupName)
        if (group) return void directory.join(group, account)
        const seen = view.group(groupName)
        if (!seen || !mayAddGroup(directory)) continue
        const { name, description, active } = seen
        return void directory.join(directory.addGroup({ name, description, active, createdAt: now() }), account)
      }
      return notPermitted(`add user <${userName}> to group <${groupName}>`)
    },

    /** Out of all directories where the application aggregates, else out of the first that holds the user. */
    leave(groupName, userName) {
      const first = view.user(userName)?.directory
      const reached = writable().filter((each) => application.aggregateMemberships || each === first)
      let left = false
      for (const directory of reached) {
        const [group, account] = [directory.group(groupName), directory.account(userName)]
        if (group && account) left = directory.leave(group, account) || left
      }
      return left ? undefined : notPermitted(`remove user <${userName}> from group <${groupName}>`)
    },

    /** 400 for a circle, and where the directory does not nest. */
    nest(parentName, childName) {
      for (const directory of writable()) {
        const [parent, child] = [directory.group(parentName), directory.group(childName)]
        if (!parent || !child) continue
        if (!directory.nestedGroups) return refuse(400, 'NESTED_GROUPS_NOT_SUPPORTED', notNesting(directory))
        if (reach(child, (each) => each.children).has(parent)) {
          return refuse(400, 'INVALID_MEMBERSHIP', `<${childName}> in <${parentName}> would be a circular membership`)
        }
        return void directory.nest(parent, child)
      }
      return notPermitted(`add group <${childName}> to group <${parentName}>`)
    },

    unnest(parentName, childName) {
      let gone = false
      for (const directory of writable()) {
        const [parent, child] = [directory.group(parentName), directory.group(childName)]
        if (!parent || !child || !parent.children.has(child)) continue
        directory.unnest(parent, child)
        gone = true
      }
      return gone ? undefined : notPermitted(`remove group <${childName}> from group <${parentName}>`)
    },
  }
}

const notNesting = ({ name }: CrowdDirectory): string => `Directory <${name}> does not support nested groups`
