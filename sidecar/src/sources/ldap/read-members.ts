import { Problem } from '../../problem/problem.ts'
import type { Layout } from './layout.ts'
import { malformed } from './ldap-failure.ts'
import { ldapProblems } from './ldap-problems.ts'
import type { LdapSession } from './ldap-session.ts'
import type { LdapEntry, TakeValue } from './wire/ldap-entry.ts'

/** Whom a group lists directly, as it names them. */
export interface ListedMembers {
  readonly dns: readonly string[]
  readonly logins: readonly string[]
}

/** So often a group may change under our hands before the reading gives up. */
const attempts = 4

/** All direct members of a group, those included that the server hands out in ranges only. */
export async function listedMembers(session: LdapSession, entry: LdapEntry, layout: Layout): Promise<ListedMembers> {
  const dns: string[] = []
  await eachMemberDn(session, entry, layout, (bytes, start, end) => {
    dns.push(withoutUniqueId(bytes.toString('utf8', start, end)))
  })
  return { dns, logins: memberLogins(entry, layout) }
}

/** The same without a text for each: a reading has a million of them. */
export async function eachMemberDn(
  session: LdapSession,
  entry: LdapEntry,
  { groups }: Layout,
  take: TakeValue,
): Promise<void> {
  for (const name of groups.memberDn) {
    const parts = rangeOf(entry, name) ? await readRanges(session, entry, name) : [{ entry, name }]
    for (const part of parts) part.entry.each(part.name, take)
  }
}

export const memberLogins = (entry: LdapEntry, { groups }: Layout): string[] =>
  groups.memberLogin.flatMap((name) => entry.texts(name))

/** `uniqueMember` may carry a bit string after the name (RFC 4517 3.3.21). */
export const withoutUniqueId = (dn: string): string => (dn.endsWith("'B") ? dn.replace(/#'[01]*'B$/, '') : dn)

/** An attribute with a part of the members. */
interface Part {
  readonly entry: LdapEntry
  readonly name: string
}

interface Range extends Part {
  readonly size: number
  /** Where the next range begins; `undefined` after the last. */
  readonly next: number | undefined
}

/** `member;range=0-1499`, and `member;range=1500-*` at the end (MS-ADTS 3.1.1.3.1.3.3). */
function rangeOf(entry: LdapEntry, name: string): Range | undefined {
  const prefix = `${name.toLowerCase()};range=`
  const found = entry.names().find((each) => each.toLowerCase().startsWith(prefix))
  if (found === undefined) return undefined
  const bounds = /^(\d+)-(\d+|\*)$/.exec(found.slice(prefix.length))
  if (!bounds) throw malformed('has a range that is none')
  let size = 0
  entry.each(found, () => {
    size += 1
  })
  return { entry, name: found, size, next: bounds[2] === '*' ? undefined : Number(bounds[2]) + 1 }
}

/**
 * Ranges of a list that changes meanwhile skip or repeat members. The number of the last change of the entry says whether it
 * did: then everything is read again.
 */
async function readRanges(session: LdapSession, first: LdapEntry, name: string): Promise<readonly Part[]> {
  let entry = first
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const parts = await readOn(session, entry, name)
    const after = await session.entry(first.dn, ['uSNChanged', `${name};range=0-*`])
    if (parts && after && after.text('uSNChanged') === entry.text('uSNChanged')) return parts
    // Deleted, moved or hidden meanwhile: nobody can tell which, and "no members" would take them all away.
    if (!after) throw moving('A group could not be found any more while its members were read.')
    entry = after
  }
  throw moving(`A group changed ${attempts} times while its members were read.`)
}

const moving = (what: string) => new Problem(ldapProblems.ldap_members_moving, what, { context: { attempts } })

/** From the range that `entry` shows to the last; `undefined` if a range is missing. */
async function readOn(session: LdapSession, entry: LdapEntry, name: string): Promise<readonly Part[] | undefined> {
  const parts: Part[] = []
  let range: Range | undefined = rangeOf(entry, name)
  // It shrank to what fits into one answer.
  if (!range) return [{ entry, name }]
  for (;;) {
    parts.push(range)
    if (range.next === undefined) return parts
    if (range.size === 0) throw malformed('has an empty range that is not the last')
    const more = await session.entry(entry.dn, [`${name};range=${range.next}-*`])
    range = more && rangeOf(more, name)
    if (!range) return undefined
  }
}
