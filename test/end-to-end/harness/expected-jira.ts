import type { UserObject } from '@rollcall/simulators/entra/tenant/directory-object'
import type { Tenant } from '@rollcall/simulators/entra/tenant/tenant'
import type { JiraSnapshot } from '@rollcall/simulators/jira/snapshot-state'

interface Account {
  displayName: string
  emailAddress: string
  active: boolean
}

/** What one managed person has. */
interface Managed {
  name: string
  readonly granted: Set<string>
}

export interface ModelPolicy {
  readonly nameOf: (principalName: string) => string
  readonly keepUserGroups: boolean
  readonly allUsers: readonly string[]
  readonly newUsers: readonly string[]
  readonly protectedGroups: readonly string[]
}

/**
 * What a Jira must look like that follows a tenant under one policy: on-the-fly groups, leavers deactivated at once and
 * their grants taken back. Written from the design alone, one person after the other, with nothing remembered but who is
 * managed, what they were granted, and which group of Jira a source group became.
 */
export function expectedJira(start: JiraSnapshot, policy: ModelPolicy) {
  const accounts = new Map<string, Account>(start.users.map(({ name, ...account }) => [name, account]))
  const groups = new Map<string, Set<string>>(start.groups.map(({ name, members }) => [name, new Set(members)]))
  const managed = new Map<string, Managed>()
  const became = new Map<string, string>()

  function follow(tenant: Tenant): void {
    const people = tenant.state.users.filter((user) => managed.has(user.id) || isWanted(user))
    renameManaged(people)
    for (const user of people) if (isWanted(user)) provide(user, groupNamesOf(tenant, user))
    for (const user of people) if (!isWanted(user)) takeAway(tenant, user)
  }

  /** All at once, so that names may be swapped. */
  function renameManaged(people: readonly UserObject[]): void {
    const renames = people.flatMap((user) => {
      const known = managed.get(user.id)
      const to = policy.nameOf(nameOf(user))
      return known && isWanted(user) && known.name !== to ? [{ known, from: known.name, to }] : []
    })
    const moved = renames.map(({ from }) => {
      const account = accounts.get(from)
      const memberships = [...groups].filter(([, members]) => members.delete(from)).map(([name]) => name)
      accounts.delete(from)
      return { account, memberships }
    })
    for (const [index, { known, to }] of renames.entries()) {
      const { account, memberships = [] } = moved[index] ?? {}
      if (account) accounts.set(to, account)
      for (const name of memberships) groups.get(name)?.add(to)
      known.name = to
    }
  }

  function provide(user: UserObject, wanted: ReadonlySet<string>): void {
    const name = policy.nameOf(nameOf(user))
    const isNew = !managed.has(user.id) && !accounts.has(name)
    const person = managed.get(user.id) ?? { name, granted: new Set<string>() }
    managed.set(user.id, person)
    const { displayName, mail } = user.properties
    accounts.set(name, { displayName: String(displayName), emailAddress: String(mail), active: true })
    for (const group of wanted) join(person, group)
    if (isNew) for (const group of policy.newUsers) join(person, group)
    for (const group of person.granted) {
      if (!wanted.has(group) && !(policy.newUsers.includes(group) && !isSource(group))) leave(person, group)
    }
    if (policy.keepUserGroups) return
    const kept = [...policy.protectedGroups, ...policy.allUsers, ...policy.newUsers]
    for (const [group, members] of groups) if (!wanted.has(group) && !kept.includes(group)) members.delete(name)
  }

  const isSource = (group: string) => [...became.values()].includes(group)

  function join(person: Managed, group: string): void {
    if (policy.protectedGroups.includes(group)) return
    const members = groups.get(group) ?? new Set<string>()
    groups.set(group, members)
    members.add(person.name)
    person.granted.add(group)
  }

  function leave(person: Managed, group: string): void {
    groups.get(group)?.delete(person.name)
    person.granted.delete(group)
  }

  /** Who is disabled keeps the groups that the provider still names; who is gone loses all that was granted. */
  function takeAway(tenant: Tenant, user: UserObject): void {
    const person = managed.get(user.id)
    const account = person && accounts.get(person.name)
    if (!person || !account) return
    account.active = false
    const kept = user.deletedDateTime || user.purged ? new Set<string>() : groupNamesOf(tenant, user)
    for (const group of person.granted) {
      if (!kept.has(group) && !(kept.size > 0 && policy.newUsers.includes(group))) leave(person, group)
    }
  }

  /** Names in Jira of all groups that contain the person, at any depth. */
  function groupNamesOf(tenant: Tenant, user: UserObject): Set<string> {
    const found = new Set<number>([user.handle])
    for (let size = 0; size !== found.size; ) {
      size = found.size
      for (const group of tenant.groups()) {
        for (const [member, isMember] of group.members) if (isMember && found.has(member)) found.add(group.handle)
      }
    }
    const names = tenant
      .groups()
      .flatMap((group) => (found.has(group.handle) ? [targetNameOf(group.id, group.properties)] : []))
    return new Set([...names, ...policy.allUsers])
  }

  /** A source group keeps the group that it first became, whatever it is called later. */
  function targetNameOf(id: string, { displayName }: Readonly<Record<string, unknown>>): string {
    const name = became.get(id) ?? String(displayName)
    became.set(id, name)
    return name
  }

  return {
    follow,
    snapshot: (): Pick<JiraSnapshot, 'users' | 'groups'> => ({
      users: sorted([...accounts].map(([name, account]) => ({ name, ...account }))),
      groups: sorted([...groups].map(([name, members]) => ({ name, members: [...members].sort(), subgroups: [] }))),
    }),
  }
}

const nameOf = ({ properties }: UserObject): string => String(properties.userPrincipalName)

const isWanted = ({ properties, deletedDateTime, purged }: UserObject): boolean =>
  properties.accountEnabled === true && !deletedDateTime && !purged

/** As the products list: case does not count. */
const sorted = <T extends { name: string }>(entries: T[]): T[] =>
  entries.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
