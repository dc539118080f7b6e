import type { Filter } from 'ldapts'
import type { SourceGroupRecord } from '../../identity/identity.ts'
import type { ExternalId } from '../../identity/ids.ts'
import { inSlices } from '../in-slices.ts'
import type { ReadingPage } from '../source.ts'
import type { Directory } from './directory.ts'
import { entryId } from './entry-id.ts'
import { allOf, equals } from './filters.ts'
import { groupAttributes } from './layout.ts'
import type { LdapCursor } from './ldap-cursor.ts'
import { groupsListing, type Listed, primaryGroupsOf } from './listing-groups.ts'
import { groupOf } from './map-group.ts'
import { nestedPages, peoplePages } from './member-pages.ts'
import { primaryOfGroup } from './primary-groups.ts'
import { listedMembers } from './read-members.ts'
import { nobodySeen, readPeople, type SeenPeople } from './read-people.ts'
import type { CountPage } from './reading-limits.ts'
import { createMemberResolver } from './resolve-members.ts'
import { changedSince, overlapped } from './watermark.ts'
import type { SearchedPage } from './wire/ldap-client.ts'
import type { LdapEntry } from './wire/ldap-entry.ts'

export interface ChangesRead {
  readonly dangling: number
  readonly newest: string
}

/** A person or a group that was not there at the last reading. */
interface Newcomer {
  readonly id: ExternalId
  readonly what: 'identities' | 'groups'
  readonly listed: Listed
}

/**
 * People and groups that changed, with all direct members of each such group. Who is new may be named by groups that did not
 * change (RFC 4519 groups name whom they like): of those only the edges to who is new are read.
 */
export async function* readChanges(
  directory: Directory,
  cursor: LdapCursor,
  count: CountPage,
): AsyncGenerator<ReadingPage, ChangesRead> {
  const { layout } = directory
  const resolver = createMemberResolver(directory, count, cursor.people)
  const people = nobodySeen(directory)
  const changed = changedSince(directory, cursor)
  const isNew = newSince(directory, cursor)
  const fresh: Newcomer[] = []
  const moved: LdapEntry[] = []
  yield* readPeople(directory, {
    seen: people,
    count,
    changed,
    each: (entry, { externalId, userName }) => {
      resolver.remember('people', entry.dnBytes, externalId, userName)
      if (isNew(entry)) fresh.push({ id: externalId, what: 'identities', listed: { dn: entry.dn, login: userName } })
      if (layout.primary) moved.push(entry)
    },
  })
  const state: GroupState = { directory, resolver, count, read: new Set(), dangling: 0, newest: people.newest }
  yield* changedGroups(state, changed, (entry, { externalId }) => {
    if (isNew(entry)) fresh.push({ id: externalId, what: 'groups', listed: { dn: entry.dn } })
  })
  yield* edgesToNewcomers(state, fresh)
  yield* primaryEdges(directory, moved, people)
  return { dangling: state.dangling, newest: state.newest }
}

/** As many as one search of `groupsListing` asks about. */
const newcomersAtOnce = 50

/** Links of Active Directory cannot name what does not exist, so nobody there is named before they are. */
function newSince({ layout, settings }: Directory, { since }: LdapCursor): (entry: LdapEntry) => boolean {
  if (layout.kind.changes !== 'timestamp') return () => false
  const from = overlapped(since, settings.overlapSeconds)
  return (entry) => (entry.text('createTimestamp') ?? from) >= from
}

interface GroupState {
  readonly directory: Directory
  readonly resolver: ReturnType<typeof createMemberResolver>
  readonly count: CountPage
  readonly read: Set<ExternalId>
  dangling: number
  newest: string
}

/**
 * The search ends before the members of its groups are searched for: OpenLDAP keeps the place of one paged search for each
 * connection, and refuses the next page of another as a protocol error.
 */
async function* changedGroups(
  state: GroupState,
  which: Filter,
  each: (entry: LdapEntry, group: SourceGroupRecord) => void,
): AsyncGenerator<ReadingPage> {
  const { session, layout } = state.directory
  const { base, filter } = layout.groups
  const attributes = groupAttributes(layout, 'withMembers')
  const pages: SearchedPage[] = []
  for await (const page of session.search({ what: 'groups', base, filter: allOf(which, filter), attributes })) {
    state.count(page)
    pages.push(page)
  }
  for (let page = pages.shift(); page; page = pages.shift()) {
    const groups = page.entries.flatMap((entry) => {
      const record = groupOf(entry, layout)
      return record && !state.read.has(record.externalId) ? [{ entry, record }] : []
    })
    for (const { entry, record } of groups) {
      each(entry, record)
      state.read.add(record.externalId)
      state.resolver.remember('groups', entry.dnBytes, record.externalId, undefined)
      const modified = entry.text('modifyTimestamp') ?? ''
      if (modified > state.newest) state.newest = modified
    }
    yield* wholeGroups(state, groups)
  }
}

async function* wholeGroups(
  state: GroupState,
  groups: readonly { readonly entry: LdapEntry; readonly record: SourceGroupRecord }[],
): AsyncGenerator<ReadingPage> {
  const { directory, resolver } = state
  const lists = new Map<ExternalId, Awaited<ReturnType<typeof listedMembers>>>()
  for (const { entry, record } of groups) {
    lists.set(record.externalId, await listedMembers(directory.session, entry, directory.layout))
  }
  await resolver.learn([...lists.values()])
  for (const slice of inSlices(groups)) {
    yield { kind: 'groups', groups: slice.map(({ record }) => record) }
    yield { kind: 'replacedMembers', groups: slice.map(({ record }) => record.externalId) }
  }
  for (const { entry, record } of groups) {
    const list = lists.get(record.externalId)
    if (!list) continue
    const members = resolver.resolved(list)
    state.dangling += members.dangling
    const primary = await primaryMembersOf(directory, entry, state.count)
    yield* peoplePages(record.externalId, [...members.people, ...primary])
    yield* nestedPages(record.externalId, members.groups)
  }
}

/** Whoever has this group as their primary one; the group does not list them. */
async function primaryMembersOf(
  { session, layout }: Directory,
  group: LdapEntry,
  count: CountPage,
): Promise<ExternalId[]> {
  const { primary, users } = layout
  const key = primary && primaryOfGroup(group, primary)
  if (!primary || key === undefined) return []
  const filter = allOf(equals(primary.person, key), users.filter)
  const members: ExternalId[] = []
  for await (const page of session.search({
    what: 'people',
    base: users.base,
    filter,
    attributes: [users.id, users.login],
  })) {
    count(page)
    for (const entry of page.entries) if (entry.text(users.login)) members.push(entryId(entry, users.id))
  }
  return members
}

/** Nearly always the groups that list somebody new have changed for that and were read; then nobody is asked for alone. */
async function* edgesToNewcomers(state: GroupState, fresh: readonly Newcomer[]): AsyncGenerator<ReadingPage> {
  const { id } = state.directory.layout.groups
  for (const some of inSlices(fresh, newcomersAtOnce)) {
    const unread = await unreadGroupsListing(state, some)
    if (unread.length === 0) continue
    for (const one of some) {
      const listing = some.length === 1 ? unread : await unreadGroupsListing(state, [one], unread)
      yield* edgesTo(
        one,
        listing.map((group) => entryId(group, id)),
      )
    }
  }
}

async function unreadGroupsListing(
  { directory, read }: GroupState,
  fresh: readonly Newcomer[],
  among?: readonly LdapEntry[],
): Promise<LdapEntry[]> {
  const { id, name } = directory.layout.groups
  const listed = fresh.map((one) => one.listed)
  const listing = await groupsListing(directory, listed, among)
  return listing.filter((group) => group.text(name) && !read.has(entryId(group, id)))
}

function* edgesTo({ id, what }: Newcomer, groups: readonly ExternalId[]): Generator<ReadingPage> {
  const none = { identities: [], groups: [], removed: [] }
  for (const group of groups) yield { kind: 'members', group, ...none, [what]: [id] }
}

/** A changed person is in their primary group. The one they had before lists them as a member from then on, and changed. */
async function* primaryEdges(
  directory: Directory,
  people: readonly LdapEntry[],
  seen: SeenPeople,
): AsyncGenerator<ReadingPage> {
  for (const group of await primaryGroupsOf(directory, people)) {
    if (group.text(directory.layout.groups.name) === undefined) continue
    yield* peoplePages(entryId(group, directory.layout.groups.id), seen.primary.of(group))
  }
}
