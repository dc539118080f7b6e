import type { Groups } from '../data-center/groups.ts'
import { isMember } from '../data-center/groups.ts'
import type { User } from '../data-center/user.ts'

/** An application and the groups that give access to it (Jira REST, application roles). */
export interface ApplicationRole {
  readonly key: string
  readonly name: string
  groups: readonly string[]
  defaultGroups: readonly string[]
  selectedByDefault: boolean
  /** Bought seats; without a number there is no limit. */
  seats: number | undefined
}

export interface RoleSeed {
  key: string
  name?: string
  groups?: readonly string[]
  defaultGroups?: readonly string[]
  selectedByDefault?: boolean
  seats?: number
}

/** Keys and default group names of 3.3 and 3.4. */
export const defaultRoles: readonly RoleSeed[] = [
  { key: 'jira-software', name: 'Jira Software', groups: ['jira-software-users'], selectedByDefault: true },
]

export function createRole(seed: RoleSeed): ApplicationRole {
  const groups = seed.groups ?? [`${seed.key}-users`]
  return {
    key: seed.key,
    name: seed.name ?? seed.key,
    groups,
    defaultGroups: seed.defaultGroups ?? groups.slice(0, 1),
    selectedByDefault: seed.selectedByDefault ?? false,
    seats: seed.seats,
  }
}

/** Active members of the role's groups: each takes a seat, in the order in which they came. */
export function seatTakers(role: ApplicationRole, groups: Groups): Set<User> {
  const takers = new Set<User>()
  for (const name of role.groups) {
    const group = groups.find(name)
    const members = group?.children.size ? groups.members(group) : (group?.members ?? [])
    for (const user of members) if (user.active) takers.add(user)
  }
  return takers
}

export const remainingSeats = (role: ApplicationRole, groups: Groups): number =>
  role.seats === undefined ? Number.POSITIVE_INFINITY : role.seats - seatTakers(role, groups).size

/** A member of the role's groups beyond the last seat has no access (Jira REST, application roles). */
export function hasSeat(role: ApplicationRole, groups: Groups, user: User): boolean {
  if (!user.active || !role.groups.some((name) => isMemberOf(groups, name, user))) return false
  if (role.seats === undefined) return true
  return seatTakers(role, groups)
    .values()
    .take(role.seats)
    .some((taker) => taker === user)
}

function isMemberOf(groups: Groups, name: string, user: User): boolean {
  const group = groups.find(name)
  return group !== undefined && isMember(group, user)
}
