import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { Problem } from '../../problem/problem.ts'
import { activeDirectory } from './kinds/active-directory.ts'
import { layoutOf } from './layout.ts'
import type { LdapSession } from './ldap-session.ts'
import { LdapSettings } from './ldap-settings.ts'
import { listedMembers } from './read-members.ts'
import { contentOf, entry } from './testing/scripted-server.ts'
import { entryOver } from './wire/ldap-entry.ts'

const settings = Value.Parse(
  LdapSettings,
  Value.Default(LdapSettings, { urls: ['ldaps://dc.example'], bindDn: 'cn=r', bindPassword: 'x', baseDn: 'dc=x' }),
)
const layout = layoutOf(activeDirectory, settings)
const group = 'cn=all,dc=x'

const entryWith = (attributes: Readonly<Record<string, readonly string[]>>) => {
  const frame = entry(1, group, { uSNChanged: ['5'], ...attributes })
  return entryOver(frame, contentOf(frame))
}

const first = entryWith({ 'member;range=0-1': ['cn=a,dc=x', 'cn=b,dc=x'] })

/** Answers what is read of the group, range by range. */
const sessionWith = (answers: readonly (ReturnType<typeof entryWith> | undefined)[]): LdapSession => {
  const left = [...answers]
  return { entry: async () => left.shift() } as unknown as LdapSession
}

test('all ranges of a group are its members', async () => {
  const last = entryWith({ 'member;range=2-*': ['cn=c,dc=x'] })
  const { dns } = await listedMembers(sessionWith([last, first]), first, layout)
  expect(dns).toEqual(['cn=a,dc=x', 'cn=b,dc=x', 'cn=c,dc=x'])
})

test('a group that is moved or hidden while its members are read is not one without members', async () => {
  const failure = await listedMembers(sessionWith([undefined, undefined]), first, layout).catch((error) => error)
  expect(failure).toBeInstanceOf(Problem)
  expect(failure.code).toBe('ldap_members_moving')
})
