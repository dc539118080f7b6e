import { randomUUID } from 'node:crypto'
import { Attribute, Change, Client } from 'ldapts'
import { describe } from 'vitest'
import { findSlapd, startSlapd } from '../../../../scripts/slapd.ts'
import type { ExternalId } from '../../identity/ids.ts'
import { describeSource, type ProviderUnderTest } from '../conformance.ts'
import { parseSourceSettings } from '../registry.ts'
import { openldap } from './kinds/openldap.ts'
import { openLdapSource } from './ldap-connectors.ts'
import type { LdapSettings } from './ldap-settings.ts'

const suffix = 'dc=conformance,dc=example'
const placeholder = `cn=nobody,${suffix}`

async function startOpenLdap(): Promise<ProviderUnderTest> {
  const slapd = await startSlapd({ suffix })
  const client = new Client({ url: slapd.url })
  await client.bind(slapd.rootDn, slapd.rootPassword)
  const dns = new Map<ExternalId, string>()
  const settings = (changes: object = {}) =>
    parseSourceSettings('openldap', 'ldap', {
      urls: [slapd.url],
      bindDn: slapd.rootDn,
      bindPassword: slapd.rootPassword,
      baseDn: suffix,
      enumerateEveryHours: 0,
      overlapSeconds: 1,
      users: { enabled: { attribute: 'employeeType', disabledWhen: ['disabled'] } },
      ...changes,
    }) as LdapSettings

  const add = async (dn: string, entry: Record<string, string | string[]>): Promise<ExternalId> => {
    await client.add(dn, entry)
    const { searchEntries } = await client.search(dn, { scope: 'base', attributes: ['entryUUID'] })
    const id = String(searchEntries[0]?.entryUUID) as ExternalId
    dns.set(id, dn)
    return id
  }
  const dnOf = (id: ExternalId): string => dns.get(id) ?? 'cn=unknown'
  const change = (id: ExternalId, operation: 'add' | 'delete' | 'replace', type: string, values: string[]) =>
    client.modify(dnOf(id), new Change({ operation, modification: new Attribute({ type, values }) }))
  const remove = async (id: ExternalId): Promise<void> => {
    await client.del(dnOf(id))
  }
  const addPerson = (displayName: string) => {
    const uid = randomUUID()
    return add(`uid=${uid},${suffix}`, {
      objectClass: 'inetOrgPerson',
      uid,
      cn: displayName,
      sn: 'Person',
      displayName,
    })
  }
  const addGroup = (cn: string) =>
    add(`cn=${cn} ${randomUUID()},${suffix}`, { objectClass: 'groupOfNames', cn, member: placeholder })

  await client.add(suffix, { objectClass: ['domain'], dc: 'conformance' })
  const people = []
  for (const name of ['Ada', 'Bob', 'Cäcilie, Dr.', 'Dan']) people.push(await addPerson(name))
  const groups = [await addGroup('staff'), await addGroup('team')]
  for (const person of people) await change(groups[0] as ExternalId, 'add', 'member', [dnOf(person)])
  await change(groups[0] as ExternalId, 'add', 'member', [dnOf(groups[1] as ExternalId)])

  let hoursLater = 0
  const now = () => Date.now() + hoursLater * 3_600_000
  return {
    source: openLdapSource(openldap, settings(), { now }),
    intruder: openLdapSource(openldap, settings({ bindPassword: 'guessed' })),
    addPerson,
    addGroup,
    renamePerson: (id, displayName) => change(id, 'replace', 'displayName', [displayName]),
    setActive: (id, active) => change(id, 'replace', 'employeeType', active ? [] : ['Disabled']),
    deletePerson: remove,
    deleteGroup: remove,
    addMember: (group, member) => change(group, 'add', 'member', [dnOf(member)]),
    removeMember: (group, member) => change(group, 'delete', 'member', [dnOf(member)]),
    breakDown: () => slapd.kill(),
    forgetCursors: () => {
      hoursLater += 24 * 365
    },
    close: async () => {
      await client.unbind()
      await slapd.stop()
    },
  }
}

describe.skipIf(findSlapd() === undefined)('A-080: a real directory', () => {
  describeSource('OpenLDAP', startOpenLdap)
})
