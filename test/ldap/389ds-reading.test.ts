import { readAll } from '@rollcall/sidecar/sources/conformance'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { find389, start389, type ThrowAway389 } from '../../scripts/389ds.ts'
import { ldifRecord } from './company/ldif.ts'
import { openDirectory, problemOfReading } from './harness/open-directory.ts'
import { bindDn, passwordOf } from './servers/bind-accounts.ts'

type Pairs = readonly (readonly [string, string])[]

const suffix = 'dc=example,dc=com'
const person = (uid: string) => `uid=${uid},ou=people,${suffix}`
const group = (cn: string) => `cn=${cn},ou=groups,${suffix}`
const add = (dn: string, ...pairs: Pairs) => ldifRecord(dn, [['changetype', 'add'], ...pairs])
const change = (dn: string, ...pairs: Pairs) => ldifRecord(dn, [['changetype', 'modify'], ...pairs])

const addPerson = (uid: string, ...more: Pairs) =>
  add(person(uid), ['objectClass', 'inetOrgPerson'], ['uid', uid], ['cn', uid], ['sn', uid], ...more)
const addGroup = (cn: string, ...members: readonly string[]) =>
  add(group(cn), ['objectClass', 'groupOfNames'], ['cn', cn], ...members.map((dn) => ['member', dn] as const))

/** `reader` reads everything, `stranger` may bind and nothing else: without an ACI there is no right. */
const framework = [
  ...['people', 'groups', 'service'].map((ou) =>
    add(`ou=${ou},${suffix}`, ['objectClass', 'organizationalUnit'], ['ou', ou]),
  ),
  ...(['reader', 'stranger'] as const).map((name) =>
    add(
      bindDn(name, suffix),
      ['objectClass', 'organizationalRole'],
      ['objectClass', 'simpleSecurityObject'],
      ['cn', name],
      ['userPassword', passwordOf(name)],
    ),
  ),
  change(
    suffix,
    ['add', 'aci'],
    [
      'aci',
      `(targetattr != "userPassword")(version 3.0; acl "reader"; allow (read, search, compare) userdn = "ldap:///${bindDn('reader', suffix)}";)`,
    ],
  ),
]

describe.skipIf(find389() === undefined)('389 Directory Server', () => {
  let server: ThrowAway389
  beforeAll(async () => {
    server = await start389()
    await server.modify(
      [
        ...framework,
        ...['ada', 'bela', 'cai', 'dee'].map((uid) => addPerson(uid)),
        addPerson('gone', ['nsAccountLock', 'true']),
        addGroup('inner', person('ada'), person('bela')),
        addGroup('outer', group('inner'), person('cai'), person('nobody')),
        addGroup('empty'),
      ].join(''),
    )
  }, 60_000)
  afterAll(() => server?.stop())

  const open = (more: object = {}, account: 'reader' | 'stranger' = 'reader', provider = '389ds') =>
    openDirectory(
      {
        urls: [server.url],
        bindDn: bindDn(account, suffix),
        bindPassword: passwordOf(account),
        baseDn: suffix,
        pageSize: 2,
        overlapSeconds: 0,
        enumerateEveryHours: 0,
        ...more,
      },
      provider,
    )

  const named = ({ state }: Awaited<ReturnType<typeof readAll>>) => {
    const names = new Map<string, string>()
    for (const { externalId, userName } of state.identities.values()) names.set(externalId, userName)
    for (const { externalId, displayName } of state.groups.values()) names.set(externalId, displayName)
    return {
      people: [...state.identities.values()]
        .map(({ userName, active }) => `${userName} ${active ? 'enabled' : 'disabled'}`)
        .sort(),
      groups: [...state.groups.values()].map(({ displayName }) => displayName).sort(),
      edges: [...state.edges]
        .map((edge) => edge.split(' > ').map((id) => names.get(id) ?? ''))
        .filter((ends) => ends.every((name) => name !== ''))
        .map((ends) => ends.join(' > '))
        .sort(),
    }
  }

  test.each(['389ds', 'ldap'])('is read whole by a connection to %s: nsAccountLock disables', async (provider) => {
    const reading = await readAll(open({}, 'reader', provider), undefined)
    expect(reading.form).toBe('snapshot')
    expect(named(reading)).toEqual({
      people: ['ada enabled', 'bela enabled', 'cai enabled', 'dee enabled', 'gone disabled'],
      groups: ['empty', 'inner', 'outer'],
      edges: ['inner > ada', 'inner > bela', 'outer > cai', 'outer > inner'],
    })
    for (const id of reading.state.identities.keys())
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
  })

  test('a good connection passes every step of the check', async () => {
    const steps = await open().check(new AbortController().signal)
    expect(steps.filter(({ ok }) => !ok)).toEqual([])
  })

  test('without an ACI a search is an empty success, and no reading', async () => {
    expect(await problemOfReading(open({}, 'stranger'))).toBe('ldap_base_shows_nothing')
    expect(await problemOfReading(open({ canaryDn: person('ada') }, 'stranger'))).toBe('ldap_canary_missing')
    expect(await problemOfReading(open({ baseDn: `ou=nowhere,${suffix}` }))).toBe('ldap_base_not_found')
  })

  test('what changed is what a new reading says, whoever was renamed, disabled or deleted', async () => {
    const source = open()
    const first = await readAll(source, undefined)
    await server.modify(
      [
        addPerson('new'),
        change(person('dee'), ['replace', 'nsAccountLock'], ['nsAccountLock', 'true']),
        change(person('gone'), ['delete', 'nsAccountLock']),
        ldifRecord(person('cai'), [
          ['changetype', 'modrdn'],
          ['newrdn', 'uid=kai'],
          ['deleteoldrdn', '1'],
        ]),
        change(group('outer'), ['add', 'member'], ['member', person('kai')]),
        change(group('inner'), ['add', 'member'], ['member', person('new').replace('uid=', 'UID=')]),
        change(group('inner'), ['delete', 'member'], ['member', person('ada')]),
        ldifRecord(person('bela'), [['changetype', 'delete']]),
        addGroup('later', person('dee'), group('empty')),
      ].join(''),
    )
    const delta = await readAll(source, first.cursor, first.state)
    expect(delta.form).toBe('delta')
    expect(named(delta)).toEqual(named(await readAll(source, undefined)))
    expect(named(delta)).toEqual({
      people: ['ada enabled', 'dee disabled', 'gone enabled', 'kai enabled', 'new enabled'],
      groups: ['empty', 'inner', 'later', 'outer'],
      edges: ['inner > new', 'later > dee', 'later > empty', 'outer > inner', 'outer > kai'],
    })
  })
})
