import type { Filter } from 'ldapts'
import type { ExternalId } from '../../identity/ids.ts'
import { inSlices } from '../in-slices.ts'
import type { Directory } from './directory.ts'
import { entryId } from './entry-id.ts'
import { allOf, anyOf, equals } from './filters.ts'
import { primaryGroupFilter } from './primary-groups.ts'
import type { LdapEntry } from './wire/ldap-entry.ts'

/** A person or a group, as a group may list them. */
export interface Listed {
  readonly dn: string
  /** Login name of a person. */
  readonly login?: string
}

const perFilter = 50
/** Alternatives in one filter; servers limit its size. */
const mostNamed = 200

/**
 * Groups that list one of these directly, without their members; of a few groups, `among`, when no others can. Servers index
 * one attribute of members at best, and a search that names another one looks at every group.
 */
export async function groupsListing(
  directory: Directory,
  listed: readonly Listed[],
  among: readonly LdapEntry[] = [],
): Promise<LdapEntry[]> {
  const { session, layout } = directory
  const { base, filter, id, name, memberDn, memberLogin } = layout.groups
  const found: LdapEntry[] = []
  for (const some of inSlices(listed, perFilter)) {
    const terms = some.flatMap(({ dn, login }) => [
      ...memberDn.map((attribute) => equals(attribute, dn)),
      ...(login === undefined ? [] : memberLogin.map((attribute) => equals(attribute, login))),
    ])
    if (terms.length === 0) continue
    const attributes = [id, name]
    const fits = allOf(...these(directory, among), anyOf(terms), filter)
    found.push(...(await session.all({ what: 'groups', base, filter: fits, attributes })))
  }
  return found
}

/** Finds these entries at once, where the server can; too many of them are more work than they save. */
function these({ layout }: Directory, entries: readonly LdapEntry[]): Filter[] {
  const { dnAttribute } = layout.kind
  if (dnAttribute === undefined || entries.length === 0 || entries.length > mostNamed) return []
  return [anyOf(entries.map(({ dn }) => equals(dnAttribute, dn)))]
}

/** Ids of the groups that have this person as a direct member, the primary group included. */
export async function directGroupsOf(directory: Directory, person: LdapEntry): Promise<ExternalId[]> {
  const { layout } = directory
  const login = person.text(layout.users.login)
  const listing = await groupsListing(directory, [{ dn: person.dn, ...(login !== undefined && { login }) }])
  const groups = [...listing, ...(await primaryGroupsOf(directory, [person]))]
  return [
    ...new Set(
      groups.filter((group) => group.text(layout.groups.name)).map((group) => entryId(group, layout.groups.id)),
    ),
  ]
}

/** The primary groups of these people. */
export async function primaryGroupsOf(
  { session, layout }: Directory,
  people: readonly LdapEntry[],
): Promise<LdapEntry[]> {
  const { primary, groups } = layout
  const wanted = primary && primaryGroupFilter(people, primary)
  if (!primary || !wanted) return []
  const attributes = [groups.id, groups.name, primary.group]
  return session.all({ what: 'groups', base: groups.base, filter: allOf(wanted, groups.filter), attributes })
}
