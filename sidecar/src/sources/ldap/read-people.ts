import type { Filter } from 'ldapts'
import type { IdentityRecord } from '../../identity/identity.ts'
import type { ExternalId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import { inSlices } from '../in-slices.ts'
import type { ReadingPage } from '../source.ts'
import type { Directory } from './directory.ts'
import { createDnIndex } from './dn/dn-index.ts'
import { allOf } from './filters.ts'
import { userAttributes } from './layout.ts'
import { ldapProblems } from './ldap-problems.ts'
import { personOf } from './map-person.ts'
import { notePrimaryMembers } from './primary-groups.ts'
import type { CountPage } from './reading-limits.ts'
import type { LdapEntry } from './wire/ldap-entry.ts'

/** Whom a reading has seen, by everything that groups may call them. */
export interface SeenPeople {
  readonly byDn: ReturnType<typeof createDnIndex<ExternalId>>
  readonly byLogin: Map<string, ExternalId>
  readonly primary: ReturnType<typeof notePrimaryMembers>
  /** Entries, those without a login name included. */
  entries: number
  people: number
  /** The newest `modifyTimestamp`. */
  newest: string
}

export const nobodySeen = ({ layout }: Directory): SeenPeople => ({
  byDn: createDnIndex(),
  byLogin: new Map(),
  primary: notePrimaryMembers(layout.primary),
  entries: 0,
  people: 0,
  newest: '',
})

interface PeopleSearch {
  readonly seen: SeenPeople
  readonly count: CountPage
  /** Only those who changed. */
  readonly changed?: Filter | undefined
  /** Gets every entry that is a person. */
  readonly each?: (entry: LdapEntry, person: IdentityRecord) => void
}

/** All people, or those who changed. */
export async function* readPeople(directory: Directory, search: PeopleSearch): AsyncGenerator<ReadingPage> {
  const { session, layout, settings } = directory
  const { base, filter } = layout.users
  const { seen, changed } = search
  const ids = new Set<ExternalId>()
  const query = {
    what: 'people',
    base,
    filter: changed ? allOf(changed, filter) : filter,
    attributes: userAttributes(layout),
  }
  for await (const page of session.search(query)) {
    search.count(page)
    const identities: IdentityRecord[] = []
    for (const entry of page.entries) {
      note(seen, entry)
      const person = personOf(entry, layout, settings.users.lockedIsDisabled)
      if (!person) continue
      if (ids.has(person.externalId)) throw notUnique(layout.users.id)
      ids.add(person.externalId)
      remember(seen, entry, person, layout.groups.memberLogin.length > 0)
      search.each?.(entry, person)
      identities.push(person)
    }
    for (const slice of inSlices(identities)) yield { kind: 'identities', identities: slice }
  }
}

function note(seen: SeenPeople, entry: LdapEntry): void {
  seen.entries += 1
  const modified = entry.text('modifyTimestamp')
  if (modified !== undefined && modified > seen.newest) seen.newest = modified
}

function remember(seen: SeenPeople, entry: LdapEntry, person: IdentityRecord, byLogin: boolean): void {
  seen.people += 1
  seen.byDn.add(entry.dnBytes, person.externalId)
  if (byLogin) seen.byLogin.set(person.userName, person.externalId)
  seen.primary.note(entry, person.externalId)
}

export const notUnique = (attribute: string) =>
  new Problem(ldapProblems.ldap_id_not_unique, `Two entries have the same ${attribute}.`, { context: { attribute } })
