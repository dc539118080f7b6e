import type { Filter } from 'ldapts'
import { Problem } from '../../problem/problem.ts'
import type { LookedUpIdentity } from '../source.ts'
import type { Directory } from './directory.ts'
import { idValue } from './entry-id.ts'
import { allOf, anyOf, equals } from './filters.ts'
import { userAttributes } from './layout.ts'
import { ldapProblems } from './ldap-problems.ts'
import { directGroupsOf } from './listing-groups.ts'
import { personOf } from './map-person.ts'

/** One person with their direct groups, by login name or id. */
export async function lookUpPerson(directory: Directory, who: string): Promise<LookedUpIdentity | undefined> {
  const { session, layout, settings } = directory
  const named = namedBy(directory, who.trim())
  if (!named) return undefined
  const { base, filter } = layout.users
  const query = { what: 'a person', base, filter: allOf(named, filter), attributes: userAttributes(layout) }
  const entries = await session.all(query)
  const people = entries.flatMap((entry) => {
    const identity = personOf(entry, layout, settings.users.lockedIsDisabled)
    return identity ? [{ entry, identity }] : []
  })
  const [found, another] = people
  if (!found) return undefined
  if (another) throw new Problem(ldapProblems.ldap_lookup_ambiguous, `${people.length} people have that name.`)
  return { identity: found.identity, directGroups: await directGroupsOf(directory, found.entry) }
}

function namedBy({ layout }: Directory, who: string): Filter | undefined {
  if (who === '') return undefined
  const { id, login } = layout.users
  const value = idValue(who, id)
  const logins = [login, ...(login === layout.kind.login ? layout.kind.otherLogins : [])]
  return anyOf([...logins.map((name) => equals(name, who)), ...(value === undefined ? [] : [equals(id, value)])])
}
