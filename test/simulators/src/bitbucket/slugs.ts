import { fold } from '../data-center/names.ts'
import type { People } from '../data-center/people.ts'
import type { User } from '../data-center/user.ts'

/** What users are called in URLs: the name in lower case, its special characters replaced (Data Center, names). */
export function createSlugs(people: People) {
  const given = new WeakMap<User, { name: string; slug: string }>()
  const owners = new Map<string, User>()

  function of(user: User): string {
    const known = given.get(user)
    if (known?.name === user.name && !isOthersName(known.slug, user)) return known.slug
    const slug = freeSlug(user)
    given.set(user, { name: user.name, slug })
    owners.set(slug, user)
    return slug
  }

  function isOthersName(slug: string, user: User): boolean {
    const holder = people.find(slug)
    return holder !== undefined && holder !== user
  }

  /** A name that is a slug already is its own; others make way with a number. */
  function freeSlug(user: User): string {
    const plain = fold(user.name).replace(/[^\p{L}\p{N}._~-]/gu, '_')
    for (let number = 0; ; number += 1) {
      const slug = number === 0 ? plain : `${plain}${number}`
      const owner = people.find(slug) ?? owners.get(slug)
      if (!owner || owner === user || !isTaken(owner, slug)) return slug
    }
  }

  const isTaken = (owner: User, slug: string): boolean =>
    people.find(owner.name) === owner && (fold(owner.name) === slug || given.get(owner)?.slug === slug)

  return {
    of,
    find(slug: string): User | undefined {
      const folded = fold(slug)
      const isIt = (user: User | undefined): user is User =>
        user !== undefined && people.visible(user) && of(user) === folded
      const likely = [people.find(folded), owners.get(folded)].find(isIt)
      return likely ?? people.from(0).find(isIt)
    },
  }
}
