import { readAll } from '@rollcall/sidecar/sources/conformance'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findSamba, startSamba, type ThrowAwaySamba } from '../../scripts/samba.ts'
import { ldifRecord } from './company/ldif.ts'
import { saidReading } from './harness/expected-reading.ts'
import { openDirectory, problemOfReading } from './harness/open-directory.ts'
import { createCertificateAuthority } from './servers/certificate-authority.ts'

type Pairs = readonly (readonly [string, string])[]

const never = new AbortController().signal
/** More members than a domain controller of Microsoft gives at once (MaxValRange, 1,500). */
const crowd = 1600
const uac = { normal: '512', disabled: '514', noPasswordNeeded: '544', disabledNoPasswordNeeded: '546' } as const

/** Edges of what was deleted still have ids where others have names. */
const bothPresent = (edge: string) => !/[0-9a-f]{8}-[0-9a-f]{4}/.test(edge)

describe.skipIf(findSamba() === undefined)('a domain controller', () => {
  const authority = createCertificateAuthority()
  let samba: ThrowAwaySamba
  let suffix = ''
  const person = (name: string) => `CN=${name},OU=Staff,${suffix}`
  const group = (name: string) => `CN=${name},OU=Groups,${suffix}`
  const unit = (name: string) => add(`OU=${name},${suffix}`, ['objectClass', 'organizationalUnit'])
  const add = (dn: string, ...pairs: Pairs) => ldifRecord(dn, [['changetype', 'add'], ...pairs])
  const change = (dn: string, ...pairs: Pairs) => ldifRecord(dn, [['changetype', 'modify'], ...pairs])

  const addPerson = (name: string, ...more: Pairs) =>
    add(
      person(name),
      ['objectClass', 'user'],
      ['sAMAccountName', name.toLowerCase()],
      ['userPrincipalName', `${name.toLowerCase()}@test.example`],
      ['displayName', `${name} of Test`],
      ['mail', `${name.toLowerCase()}@example.com`],
      ['userAccountControl', uac.noPasswordNeeded],
      ...more,
    )
  const addGroup = (name: string, ...members: readonly string[]) =>
    add(
      group(name),
      ['objectClass', 'group'],
      ['sAMAccountName', name],
      ...members.map((dn) => ['member', dn] as const),
    )

  beforeAll(async () => {
    samba = await startSamba({ certificate: (address) => authority.issue({ hosts: [address, 'dc1.test.example'] }) })
    suffix = samba.suffix
    await samba.modify(
      [
        unit('Staff'),
        unit('Groups'),
        unit('Crowd'),
        ...['Ada', 'Bela', 'Cai', 'Dee', 'Eve'].map((name) => addPerson(name)),
        add(
          `CN=reader,${suffix.replace(/^/, 'CN=Users,')}`,
          ['objectClass', 'user'],
          ['sAMAccountName', 'reader'],
          ['userPrincipalName', 'reader@test.example'],
          ['userAccountControl', uac.normal],
          // UTF-16 in quotes (MS-ADTS 3.1.1.3.1.5.1); changes nothing about `ldifRecord`, which takes text.
        ).replace(/\n\n$/, `\nunicodePwd:: ${Buffer.from(`"${samba.password}"`, 'utf16le').toString('base64')}\n\n`),
        ...Array.from({ length: crowd }, (_, index) =>
          add(`CN=c${index},OU=Crowd,${suffix}`, ['objectClass', 'contact']),
        ),
        addGroup('Inner', person('Ada'), person('Bela')),
        addGroup('Outer', group('Inner'), person('Cai')),
        addGroup('Empty'),
      ].join(''),
    )
  })
  afterAll(() => samba?.stop())

  const settings = (more: object = {}) => ({
    urls: [`ldaps://${samba.host}`],
    tls: { ca: authority.certificate },
    bindDn: 'reader@test.example',
    bindPassword: samba.password,
    baseDn: suffix,
    users: { base: `OU=Staff,${suffix}` },
    overlapSeconds: 0,
    enumerateEveryHours: 0,
    ...more,
  })
  const open = (more: object = {}) => openDirectory(settings(more), 'activeDirectory')

  const named = ({ state }: Awaited<ReturnType<typeof readAll>>) => {
    const names = new Map<string, string>()
    for (const { externalId, userName } of state.identities.values()) names.set(externalId, userName)
    for (const { externalId, displayName } of state.groups.values()) names.set(externalId, displayName)
    const edges = [...state.edges].map((edge) =>
      edge
        .split(' > ')
        .map((id) => names.get(id) ?? id)
        .join(' > '),
    )
    return { people: [...state.identities.values()].map(({ userName }) => userName).sort(), edges: edges.sort() }
  }

  test('is read over LDAPS: people without computers, nested groups, the primary group', async () => {
    const { people, edges } = named(await readAll(open(), undefined))
    expect(people).toEqual(['ada', 'bela', 'cai', 'dee', 'eve'])
    expect(edges).toEqual(expect.arrayContaining(['Inner > ada', 'Inner > bela', 'Outer > Inner', 'Outer > cai']))
    for (const name of people) expect(edges).toContain(`Domain Users > ${name}`)
  })

  test('without primary groups on demand, and by StartTLS', async () => {
    const more = { urls: [`ldap://${samba.host}`], startTls: true, groups: { primary: false } }
    const { edges } = named(await readAll(open(more), undefined))
    expect(edges.filter((edge) => edge.startsWith('Domain Users'))).toEqual([])
    expect(edges).toContain('Inner > ada')
  })

  test('people and groups are known by objectGUID in its usual form', async () => {
    const { state } = await readAll(open(), undefined)
    const found = await open().lookup('ada', never)
    expect(found?.identity.externalId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const again = await open().lookup(found?.identity.externalId ?? '', never)
    expect(again).toEqual(found)
    expect(state.identities.get(found?.identity.externalId as never)).toEqual(found?.identity)
  })

  test('A-083: a person is found by sAMAccountName, with direct groups and the primary one', async () => {
    const { state } = await readAll(open(), undefined)
    const found = await open().lookup('bela', never)
    const groups = found?.directGroups.map((id) => state.groups.get(id)?.displayName).sort()
    expect([found?.identity.email, groups]).toEqual(['bela@example.com', ['Domain Users', 'Inner']])
  })

  test('disabled is a bit of userAccountControl', async () => {
    const set = (value: string) =>
      samba.modify(change(person('Dee'), ['replace', 'userAccountControl'], ['userAccountControl', value]))
    const active = async () => (await open().lookup('dee', never))?.identity.active
    expect(await active()).toBe(true)
    await set(uac.disabledNoPasswordNeeded)
    expect(await active()).toBe(false)
    await set(uac.noPasswordNeeded)
    expect(await active()).toBe(true)
  })

  test('a group with more members than fit in one answer is read whole', async () => {
    const people = Array.from({ length: crowd }, (_, index) => `CN=c${index},OU=Crowd,${suffix}`)
    await samba.modify(addGroup('Crowd', ...people))
    const everybody = { base: `OU=Crowd,${suffix}`, filter: '(objectClass=contact)', login: 'cn', enabled: 'always' }
    const reading = await readAll(open({ users: everybody }), undefined)
    expect(named(reading).edges.filter((edge) => edge.startsWith('Crowd > '))).toHaveLength(crowd)
    await samba.modify(ldifRecord(group('Crowd'), [['changetype', 'delete']]))
  })

  test('changes are asked for by update sequence number', async () => {
    const first = await readAll(open(), undefined)
    const nothing = await readAll(open(), first.cursor, first.state)
    expect([nothing.form, nothing.state]).toEqual(['delta', first.state])
    await samba.modify(
      [
        addPerson('Fay'),
        change(person('Ada'), ['replace', 'mail'], ['mail', 'ada@new.example']),
        ldifRecord(person('Bela'), [
          ['changetype', 'modrdn'],
          ['newrdn', 'CN=Bela Moved'],
          ['deleteoldrdn', '1'],
        ]),
        ldifRecord(person('Eve'), [['changetype', 'delete']]),
        change(group('Outer'), ['add', 'member'], ['member', person('Dee')]),
        change(group('Inner'), ['delete', 'member'], ['member', person('Ada')]),
      ].join(''),
    )
    const delta = await readAll(open(), first.cursor, first.state)
    const anew = await readAll(open(), undefined)
    expect(delta.form).toBe('delta')
    expect(saidReading(delta.state).people).toEqual(saidReading(anew.state).people)
    expect(named(delta).edges.filter(bothPresent)).toEqual(named(anew).edges)
    expect(named(anew).people).toEqual(['ada', 'bela', 'cai', 'dee', 'fay'])
    expect(named(anew).edges).toContain('Outer > dee')
    expect(named(anew).edges).not.toContain('Inner > ada')
  })

  test('a change of somebody’s primary group is a change of memberships', async () => {
    const { cursor, state } = await readAll(open(), undefined)
    const guests = { dn: `CN=Domain Guests,CN=Users,${suffix}`, rid: '514' }
    await samba.modify(
      change(guests.dn, ['add', 'member'], ['member', person('Cai')]) +
        change(person('Cai'), ['replace', 'primaryGroupID'], ['primaryGroupID', guests.rid]),
    )
    const delta = await readAll(open(), cursor, state)
    const anew = await readAll(open(), undefined)
    expect(named(anew).edges).toContain('Domain Guests > cai')
    // The domain controller makes the former primary group an ordinary one.
    expect(named(anew).edges).toContain('Domain Users > cai')
    expect(named(delta).edges.filter(bothPresent)).toEqual(named(anew).edges)
  })

  test('refusals have names: no encryption, a wrong password, a disabled account', async () => {
    const read = (more: object) => problemOfReading(open(more))
    expect(await read({ urls: [`ldap://${samba.host}`], tls: {}, allowUnencrypted: true })).toBe(
      'ldap_strong_auth_required',
    )
    expect(await read({ bindPassword: 'wrong' })).toBe('ldap_credentials_wrong')
    await samba.modify(
      change(`CN=reader,CN=Users,${suffix}`, ['replace', 'userAccountControl'], ['userAccountControl', uac.disabled]),
    )
    expect(await read({})).toBe('ldap_account_disabled')
    await samba.modify(
      change(`CN=reader,CN=Users,${suffix}`, ['replace', 'userAccountControl'], ['userAccountControl', uac.normal]),
    )
  })
})
