import { fold } from '../data-center/names.ts'
import type { Group, User } from '../data-center/user.ts'

interface Text {
  readonly of: string
  readonly folded: string
}

/** Folding thousands of people for every request would be most of the work. */
const texts = new WeakMap<User, Text>()

function textOf(user: User): string {
  const of = `${user.name}\n${user.displayName}\n${user.emailAddress}`
  const known = texts.get(user)
  if (known?.of === of) return known.folded
  const folded = fold(of)
  texts.set(user, { of, folded })
  return folded
}

/** Substring of the name, the display name or the e-mail: the first hit is often somebody else (atlassian-rest.md 5.2, 11.17). */
export function userFilter(filter: string | undefined): (user: User) => boolean {
  if (filter === undefined || filter === '') return () => true
  const wanted = fold(filter)
  return (user) => textOf(user).includes(wanted)
}

export function groupFilter(filter: string | undefined): (group: Group) => boolean {
  const wanted = fold(filter ?? '')
  return (group) => fold(group.name).includes(wanted)
}
