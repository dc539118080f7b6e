import type { AttributeValue, SourceGroupRecord } from '../../identity/identity.ts'
import { entryId } from './entry-id.ts'
import type { Layout } from './layout.ts'
import { attributeValue } from './map-person.ts'
import type { LdapEntry } from './wire/ldap-entry.ts'

/** A group as the directory describes it; `undefined` for one without a name. */
export function groupOf(entry: LdapEntry, layout: Layout): SourceGroupRecord | undefined {
  const { groups } = layout
  const displayName = entry.text(groups.name)
  if (displayName === undefined || displayName.trim() === '') return undefined
  const attributes: Record<string, AttributeValue> = { distinguishedName: entry.dn }
  const description = attributeValue(entry, 'description')
  if (description !== undefined) attributes.description = description
  return {
    externalId: entryId(entry, groups.id),
    displayName,
    membersReadable: membersReadable(entry, layout),
    attributes,
  }
}

/** Where the schema demands a member, a group that shows none hides them; elsewhere an empty group looks the same. */
function membersReadable(entry: LdapEntry, { kind, groups }: Layout): boolean {
  const classes = entry.texts('objectClass').map((each) => each.toLowerCase())
  if (!classes.some((each) => kind.neverEmpty.includes(each))) return true
  return [...groups.memberDn, ...groups.memberLogin].some((name) => entry.has(name) || hasRange(entry, name))
}

const hasRange = (entry: LdapEntry, name: string): boolean =>
  entry.names().some((each) => each.toLowerCase().startsWith(`${name.toLowerCase()};range=`))
