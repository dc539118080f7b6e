import type { Directory } from '../data-center/directory.ts'
import { fold } from '../data-center/names.ts'
import type { Site } from '../data-center/site.ts'
import type { Group, User } from '../data-center/user.ts'
import { applicationRealm } from './application-realm.ts'
import type { Crowd } from './crowd.ts'
import type { Person, Realm } from './realm.ts'

export interface SynchronizeOptions {
  /** Name of the application that the product signs in with; the first one without it. */
  application?: string
  /** The product's directory that follows Crowd; its first one of kind CROWD without it, else its first. */
  directory?: string
}

/** What earlier synchronizations brought into a directory. */
interface Brought {
  readonly users: Map<string, User>
  readonly groups: Map<string, Group>
}

const brought = new WeakMap<Directory, Brought>()

/**
 * What a product's synchronization with its Crowd directory does (Crowd REST, administration: every 60 minutes unless somebody
 * asks for it). A renamed user stays the same one. Users of other directories, and what they are in, are left alone.
 */
export function synchronize(crowd: Crowd, product: Site, options: SynchronizeOptions = {}): void {
  const application = crowd.applications.find(({ name }) => name === (options.application ?? name))
  if (!application) throw new Error(`This Crowd has no application named ${options.application}`)
  const directory = directoryFor(product, options.directory)
  const known = brought.get(directory) ?? { users: new Map(), groups: new Map() }
  brought.set(directory, known)
  const realm = applicationRealm(crowd, application)
  takeUsers(realm, product, directory, known)
  takeGroups(realm, product, known)
  for (const [name, group] of known.groups) takeMembers(realm, product, directory, name, group)
  product.groups.forgetListings()
}

function directoryFor({ directories }: Site, name: string | undefined): Directory {
  const wanted = (each: Directory): boolean => (name === undefined ? each.kind === 'CROWD' : each.name === name)
  const found = directories.find(wanted) ?? (name === undefined ? directories[0] : undefined)
  if (!found) throw new Error(`This product has no directory named ${name}`)
  return found
}

/** Gone users leave first and names change in two steps, so that a name can pass from one user to another. */
function takeUsers(realm: Realm, { people, groups }: Site, directory: Directory, { users }: Brought): void {
  const wanted = new Map(realm.users().map((person) => [person.key, person]))
  for (const [key, user] of users) {
    if (wanted.has(key)) continue
    groups.leaveAll(user)
    people.remove(user)
    users.delete(key)
  }
  const renamed = [...users].filter(([key, user]) => fold(wanted.get(key)?.name ?? '') !== fold(user.name))
  for (const [key, user] of renamed) people.rename(user, `${key} being renamed`)
  for (const [key, person] of wanted) {
    const user = users.get(key) ?? people.add({ ...profileOf(person), name: person.name, directory })
    users.set(key, user)
    if (fold(user.name) !== fold(person.name)) people.rename(user, person.name)
    Object.assign(user, profileOf(person))
  }
}

const profileOf = ({ displayName = '', email: emailAddress = '', active }: Person) => ({
  displayName,
  emailAddress,
  active,
})

function takeGroups(realm: Realm, product: Site, known: Brought): void {
  const wanted = new Map(realm.groups().map(({ name }) => [fold(name), name]))
  for (const [folded, group] of known.groups) {
    if (wanted.has(folded)) continue
    if (product.groups.find(folded) === group) product.groups.remove(group)
    known.groups.delete(folded)
  }
  for (const [folded, name] of wanted) known.groups.set(folded, product.change.ensureGroup(name))
}

function takeMembers(realm: Realm, { groups, people }: Site, directory: Directory, name: string, group: Group): void {
  const wanted = new Set(realm.members(name, 'direct').map((person) => fold(person.name)))
  for (const user of [...group.members]) {
    if (user.directory === directory && !wanted.has(fold(user.name))) groups.leave(group, user)
  }
  for (const each of wanted) {
    const user = people.find(each)
    if (user?.directory === directory) groups.join(group, user)
  }
  const below = new Set(realm.children(name, 'direct').map((child) => fold(child.name)))
  for (const child of [...group.children]) {
    if (below.has(fold(child.name))) continue
    group.children.delete(child)
    child.parents.delete(group)
  }
  for (const each of below) {
    const child = groups.find(each)
    if (child) groups.nest(group, child)
  }
}
