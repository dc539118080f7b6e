import { acceptsDeactivation, acceptsMemberships, acceptsUsers, type Directory } from '../data-center/directory.ts'
import { groupsOf, reach } from '../data-center/groups.ts'
import { byName } from '../data-center/names.ts'
import type { Site } from '../data-center/site.ts'
import type { Group, User } from '../data-center/user.ts'
import { notPermitted, refuse } from './answer.ts'
import { replaceAttributes } from './application-writes.ts'
import { type CrowdVersion, crowdFeatures } from './crowd-version.ts'
import type { Outcome, Realm } from './realm.ts'
import { createSiteDetails, type SiteDetails } from './site-details.ts'

export interface SiteRealmOptions {
  /** The Crowd release whose interface the product serves. */
  version?: CrowdVersion
  /** Nested groups must be enabled in the directory (Jira REST, groups); on without it. */
  nestedGroups?: boolean
}

/**
 * The people and groups of a product, as its own user server shows them. Writes go past the product's user service: nobody
 * asks for leads, licences or restrictions (Jira REST, leads), only the directories are heeded (Data Center, directories).
 */
export function siteRealm(site: Site, options: SiteRealmOptions = {}): Realm & { readonly details: SiteDetails } {
  const details = createSiteDetails(site.now)
  const context = { site, details, nestedGroups: options.nestedGroups ?? true }
  return {
    features: crowdFeatures[options.version ?? '6.3'],
    details,
    ...reads(context),
    ...userWrites(context),
    ...groupWrites(context),
  }
}

interface Context {
  readonly site: Site
  readonly details: SiteDetails
  readonly nestedGroups: boolean
}

function reads({ site: { people, groups }, details: { person, team } }: Context) {
  const users = (found: readonly User[]) => found.map(person)
  const teams = (found: Iterable<Group>) => [...found].sort(byName).map(team)
  const related = (name: string, depth: string, next: (group: Group) => Iterable<Group>) => {
    const group = groups.find(name)
    if (!group) return []
    return teams(depth === 'direct' ? next(group) : [...reach(group, next)].filter((each) => each !== group))
  }
  return {
    user: (name) => optional(people.find(name), person),
    userByKey: (key) => optional(people.findByKey(key), person),
    users: () => users(people.sorted()),
    hasPassword: (name, password) => people.find(name)?.password === password,
    group: (name) => optional(groups.find(name), team),
    groups: () => groups.sorted().map(team),
    groupsOf: (name, depth) => {
      const user = people.find(name)
      return user ? teams(depth === 'direct' ? user.groups : groupsOf(user)) : []
    },
    members: (name, depth) => {
      const group = groups.find(name)
      if (!group) return []
      return users(depth === 'direct' ? [...group.members].sort(byName) : groups.members(group))
    },
    children: (name, depth) => related(name, depth, (group) => group.children),
    parents: (name, depth) => related(name, depth, (group) => group.parents),
  } satisfies Partial<Realm>
}

const optional = <T, U>(found: T | undefined, shown: (found: T) => U): U | undefined => found && shown(found)

function userWrites({ site, details }: Context) {
  const { people, groups, directories, change } = site

  function onUser(name: string, what: string, write: (user: User) => Outcome): Outcome {
    const user = people.find(name)
    return user && acceptsUsers(user.directory) ? write(user) : notPermitted(`${what} user <${name}>`)
  }

  return {
    addUser(profile, password) {
      const directory = directories.find(acceptsUsers)
      if (!directory) return notPermitted(`add user <${profile.name}>`)
      const { name, active, displayName = '', email: emailAddress = '' } = profile
      const added = people.add({ name, active, displayName, emailAddress, directory, password })
      details.describeUser(added, profile)
      return undefined
    },
    updateUser: (name, profile) =>
      onUser(name, 'modify', (user) => {
        if (user.active && !profile.active && !acceptsDeactivation(user.directory)) {
          return notPermitted(`deactivate user <${name}>`)
        }
        user.displayName = profile.displayName ?? ''
        user.emailAddress = profile.email ?? ''
        user.active = profile.active
        details.describeUser(user, profile)
        return undefined
      }),
    renameUser: (name, newName) =>
      onUser(name, 'rename', (user) => {
        people.rename(user, newName)
        groups.forgetListings()
        return undefined
      }),
    removeUser: (name) => onUser(name, 'remove', () => void change.removeUser(name)),
    setPassword: (name, password) =>
      onUser(name, 'modify', (user) => {
        user.password = password
        return undefined
      }),
    setUserAttributes: (name, attributes) =>
      onUser(name, 'modify attributes of', (user) => void replaceAttributes(details.attributesOf(user), attributes)),
  } satisfies Partial<Realm>
}

function groupWrites({ site, details, nestedGroups }: Context) {
  const { people, groups, directories } = site
  const home = (group: Group | undefined): Directory | undefined =>
    group?.directory ?? directories.find(acceptsMemberships)

  function onGroup(name: string, what: string, write: (group: Group) => Outcome): Outcome {
    const group = groups.find(name)
    const directory = home(group)
    return group && directory && acceptsMemberships(directory) ? write(group) : notPermitted(`${what} group <${name}>`)
  }
  /** The directory of the user decides, as in the product (Data Center, directories). */
  function onMembership(group: string, user: string, write: (group: Group, user: User) => void): Outcome {
    const [found, member] = [groups.find(group), people.find(user)]
    if (!found || !member || !acceptsMemberships(member.directory)) {
      return notPermitted(`change the membership of <${user}> in <${group}>`)
    }
    return void write(found, member)
  }

  return {
    addGroup(profile) {
      if (!home(undefined)) return notPermitted(`add group <${profile.name}>`)
      details.describeGroup(groups.add(profile.name), profile)
      return undefined
    },
    updateGroup: (name, profile) => onGroup(name, 'modify', (group) => void details.describeGroup(group, profile)),
    removeGroup: (name) => onGroup(name, 'remove', (group) => void groups.remove(group)),
    setGroupAttributes: (name, attributes) =>
      onGroup(name, 'modify attributes of', (group) => void replaceAttributes(details.attributesOf(group), attributes)),

    join: (group, user) => onMembership(group, user, groups.join),
    leave: (group, user) => onMembership(group, user, groups.leave),
    nest: (parentName, childName) =>
      onGroup(parentName, 'nest groups in', (parent) => {
        const child = groups.find(childName)
        if (!child) return notPermitted(`add group <${childName}>`)
        if (!nestedGroups) return refuse(400, 'NESTED_GROUPS_NOT_SUPPORTED', 'The directory does not nest groups')
        if (reach(child, (each) => each.children).has(parent)) {
          return refuse(400, 'INVALID_MEMBERSHIP', `<${childName}> in <${parentName}> would be a circular membership`)
        }
        return void groups.nest(parent, child)
      }),
    unnest: (parentName, childName) =>
      onGroup(parentName, 'nest groups in', (parent) => {
        const child = groups.find(childName)
        if (child) {
          parent.children.delete(child)
          child.parents.delete(parent)
          groups.forgetListings()
        }
        return undefined
      }),
  } satisfies Partial<Realm>
}
