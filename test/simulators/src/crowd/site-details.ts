import type { Group, User } from '../data-center/user.ts'
import type { Attributes } from './directory.ts'
import type { Person, Profile, Team, TeamProfile } from './realm.ts'

export type SiteDetails = ReturnType<typeof createSiteDetails>

interface Names {
  readonly firstName: string | undefined
  readonly lastName: string | undefined
}

/** What the user server tells of a product's people and groups that the product's own interface does not. */
export function createSiteDetails(now: () => number) {
  const attributes = new WeakMap<User | Group, Attributes>()
  const names = new WeakMap<User, Names>()
  const teams = new WeakMap<Group, Pick<Team, 'description' | 'active'>>()
  const people = new WeakMap<User, Person>()
  const madeAt = now()

  function attributesOf(entity: User | Group): Attributes {
    const kept = attributes.get(entity) ?? new Map<string, readonly string[]>()
    attributes.set(entity, kept)
    return kept
  }
  const none: Attributes = new Map()

  /** First and last name are guessed until somebody writes them. */
  const namesOf = (user: User): Names => {
    const [firstName = '', ...rest] = user.displayName.split(' ')
    return names.get(user) ?? { firstName, lastName: rest.join(' ') }
  }

  /** A view that stays true when the product changes the user. */
  function viewOf(user: User): Person {
    return {
      createdAt: madeAt,
      updatedAt: madeAt,
      get key() {
        return user.key
      },
      get name() {
        return user.name
      },
      get firstName() {
        return namesOf(user).firstName
      },
      get lastName() {
        return namesOf(user).lastName
      },
      get displayName() {
        return user.displayName || undefined
      },
      get email() {
        return user.emailAddress || undefined
      },
      get active() {
        return user.active
      },
      get attributes() {
        return attributes.get(user) ?? none
      },
    }
  }

  return {
    attributesOf,
    person(user: User): Person {
      const known = people.get(user) ?? viewOf(user)
      people.set(user, known)
      return known
    },
    team: (group: Group): Team => ({
      name: group.name,
      description: undefined,
      active: true,
      ...teams.get(group),
      attributes: attributes.get(group) ?? none,
      createdAt: madeAt,
      updatedAt: madeAt,
    }),
    describeUser: (user: User, { firstName, lastName }: Profile): void => void names.set(user, { firstName, lastName }),
    describeGroup: (group: Group, { description, active }: TeamProfile): void =>
      void teams.set(group, { description, active }),
  }
}
