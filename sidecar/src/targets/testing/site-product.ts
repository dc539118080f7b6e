import type { Site } from '@rollcall/simulators/data-center/site'
import type { AccountKey } from '../../identity/ids.ts'
import type { Product } from '../conformance/conformity.ts'

/** The people and groups of a simulated Data Center product, past every rule and interface. */
export function siteProduct({ people, groups, change }: Pick<Site, 'people' | 'groups' | 'change'>) {
  return {
    accountNamed: (name) => {
      const user = people.find(name)
      return user && { key: user.key as AccountKey, name: user.name, active: user.active }
    },
    membersOf: (group) => groups.members(change.group(group)).map((user) => user.name),
    groupExists: (name) => groups.find(name) !== undefined,
    attributesOf: () => undefined,
    emailOf: (name) => change.user(name).emailAddress,
    rename: change.renameUser,
    remove: change.removeUser,
    removeGroup: change.removeGroup,
    join: change.join,
    leave: change.leave,
  } satisfies Product
}
