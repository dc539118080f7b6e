import type { ExternalId } from '../../identity/ids.ts'
import { inSlices } from '../in-slices.ts'
import type { Directory } from './directory.ts'
import { createDnIndex } from './dn/dn-index.ts'
import { entryId } from './entry-id.ts'
import { enumerate } from './enumerate.ts'
import { allOf, anyOf, equals } from './filters.ts'
import type { ListedMembers } from './read-members.ts'
import type { CountPage } from './reading-limits.ts'

/** To ask for a name takes about three times as long as to list one. */
const dearer = 3
/** Beyond so many names everybody is listed where it is not known how many there are. */
const mostAsked = 20_000
/** Alternatives in one filter; servers limit its size. */
const perFilter = 200

export interface ResolvedMembers {
  readonly people: readonly ExternalId[]
  readonly groups: readonly ExternalId[]
  readonly dangling: number
}

/** Finds out who the members of changed groups are, most of whom did not change and were not read. */
export function createMemberResolver(directory: Directory, count: CountPage, everybody: number | undefined) {
  const { layout } = directory
  const most = everybody === undefined ? mostAsked : everybody / dearer
  const byDn = { people: createDnIndex<ExternalId>(), groups: createDnIndex<ExternalId>() }
  const byLogin = new Map<string, ExternalId>()
  let listed = false

  const remember = (what: 'people' | 'groups', dn: Buffer, id: ExternalId, name: string | undefined) => {
    byDn[what].add(dn, id)
    if (what === 'people' && name !== undefined) byLogin.set(name, id)
  }
  const listAll = async () => {
    for (const what of ['people', 'groups'] as const) {
      for await (const page of enumerate(directory, what, count)) {
        for (const { dn, id, name } of page) remember(what, dn, id, name)
      }
    }
    listed = true
  }
  const ask = async (what: 'people' | 'groups', attribute: string, values: readonly string[]) => {
    const { base, filter, id } = what === 'people' ? layout.users : layout.groups
    const name = what === 'people' ? layout.users.login : layout.groups.name
    for (const slice of inSlices(values, perFilter)) {
      const named = anyOf(slice.map((value) => equals(attribute, value)))
      for (const entry of await directory.session.all({
        what,
        base,
        filter: allOf(named, filter),
        attributes: [id, name],
      })) {
        if (entry.text(name)) remember(what, entry.dnBytes, entryId(entry, id), entry.text(name))
      }
    }
  }
  /** A name that is known in another spelling is asked for again, which costs less than to bring all names into one form. */
  const unknownDns = (dns: readonly string[]) =>
    dns.filter((dn) => {
      const bytes = Buffer.from(dn)
      const known = (index: typeof byDn.people) => index.findSpelled(bytes, 0, bytes.length) !== undefined
      return !known(byDn.people) && !known(byDn.groups)
    })

  return {
    remember,
    /** Learns about all members of some groups at once. */
    async learn(lists: readonly ListedMembers[]): Promise<void> {
      const dns = [...new Set(unknownDns(lists.flatMap((list) => list.dns)))]
      const logins = [...new Set(lists.flatMap((list) => list.logins))].filter((login) => !byLogin.has(login))
      if (listed || dns.length + logins.length === 0) return
      const { dnAttribute } = layout.kind
      if (dnAttribute === undefined || dns.length + logins.length > most) return listAll()
      await ask('people', dnAttribute, dns)
      await ask('groups', dnAttribute, unknownDns(dns))
      await ask('people', layout.users.login, logins)
    },
    resolved({ dns, logins }: ListedMembers): ResolvedMembers {
      const people: ExternalId[] = []
      const groups: ExternalId[] = []
      for (const dn of dns) {
        const person = byDn.people.find(dn)
        // As in a full reading: what is a person is no group besides.
        const group = person === undefined ? byDn.groups.find(dn) : undefined
        if (person !== undefined) people.push(person)
        if (group !== undefined) groups.push(group)
      }
      const known = logins.flatMap((login) => byLogin.get(login) ?? [])
      const dangling = dns.length - people.length - groups.length + logins.length - known.length
      return { people: [...people, ...known], groups, dangling }
    },
  }
}
