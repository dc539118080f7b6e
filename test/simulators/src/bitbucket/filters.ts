import { fold } from '../data-center/names.ts'
import type { Group, User } from '../data-center/user.ts'

type Told = Pick<User, 'name' | 'displayName' | 'emailAddress'>

/**
 * Substring of the name, the display name or the e-mail: the first hit is often somebody else (Bitbucket REST, users).
 * What is searched is kept per user: folding thousands of people for every request would be most of the work.
 */
export function createUserSearch() {
  const texts: (Told & { folded: string })[] = []

  function textOf(user: User): string {
    const known = texts[user.index]
    if (known && isSame(known, user)) return known.folded
    const { name, displayName, emailAddress } = user
    const folded = fold(`${name}\n${displayName}\n${emailAddress}`)
    texts[user.index] = { name, displayName, emailAddress, folded }
    return folded
  }

  return function userFilter(filter: string | undefined): (user: User) => boolean {
    if (filter === undefined || filter === '') return () => true
    const wanted = fold(filter)
    return (user) => textOf(user).includes(wanted)
  }
}

const isSame = (known: Told, user: Told): boolean =>
  known.name === user.name && known.displayName === user.displayName && known.emailAddress === user.emailAddress

export function groupFilter(filter: string | undefined): (group: Group) => boolean {
  const wanted = fold(filter ?? '')
  return (group) => fold(group.name).includes(wanted)
}
