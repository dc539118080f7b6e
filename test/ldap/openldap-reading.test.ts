import { readAll } from '@rollcall/sidecar/sources/conformance'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { findSlapd, type ThrowAwaySlapd } from '../../scripts/slapd.ts'
import { chainLength, chainStart, cycleStart, generateCompany } from './company/company.ts'
import { ldifRecord } from './company/ldif.ts'
import { expectedReading, saidReading } from './harness/expected-reading.ts'
import { ldapSettings } from './harness/ldap-settings.ts'
import { openDirectory } from './harness/open-directory.ts'
import { startCompany } from './servers/start-company.ts'

const company = generateCompany({ seed: 1, people: 150, groups: 40, memberships: 600 })
const { suffix, people, groups } = company
const never = new AbortController().signal

describe.skipIf(findSlapd() === undefined)('a reading of OpenLDAP', () => {
  let slapd: ThrowAwaySlapd
  beforeAll(async () => {
    slapd = await startCompany(company)
  })
  afterAll(() => slapd.stop())
  const open = (more = {}) => openDirectory(ldapSettings(slapd.url, suffix, more))

  test('is the directory: people, groups, and every membership of either', async () => {
    const { form, state } = await readAll(open(), undefined)
    expect(form).toBe('snapshot')
    expect(saidReading(state)).toEqual(expectedReading(company))
  })

  test.each([1, 7, 150, 5000])('is the same in pages of %i', async (pageSize) => {
    const { state } = await readAll(open({ pageSize }), undefined)
    expect(saidReading(state)).toEqual(expectedReading(company))
  })

  test('a chain of 20 groups and a cycle are edges like others, and what a group lists and nobody has is no member', async () => {
    const { state } = await readAll(open(), undefined)
    const nested = (from: number, to: number) => `${groups[from]?.id} > ${groups[to]?.id}`
    for (let level = chainStart; level < chainStart + chainLength - 1; level += 1) {
      expect(state.edges).toContain(nested(level, level + 1))
    }
    expect(state.edges).toContain(nested(cycleStart + 2, cycleStart))
    expect([...state.edges].filter((edge) => edge.startsWith(groups[cycleStart]?.id ?? ''))).toHaveLength(3)
  })

  test('people below one base and groups below another are read apart', async () => {
    const parts = { users: { base: `ou=people,${suffix}` }, groups: { base: `ou=groups,${suffix}` } }
    const { state } = await readAll(open(parts), undefined)
    expect(saidReading(state)).toEqual(expectedReading(company))
  })

  test('a filter of the administrator chooses people; who is not chosen is nobody’s member', async () => {
    const { state } = await readAll(open({ users: { filter: '(uid=u00001*)' } }), undefined)
    expect([...state.identities.values()].map(({ userName }) => userName).sort()).toEqual(
      people.map(({ uid }) => uid).filter((uid) => uid.startsWith('u00001')),
    )
    const known = new Set([...state.identities.keys(), ...state.groups.keys()].map(String))
    const members = [...state.edges].map((edge) => edge.split(' > ')[1] ?? '')
    expect(members.filter((member) => !known.has(member))).toEqual([])
  })

  test('A-081: attributes that the administrator chose are read, all of them on demand', async () => {
    const person = people[3]
    const read = async (attributes: readonly string[]) => {
      const { state } = await readAll(open({ attributes }), undefined)
      return [...state.identities.values()].find(({ userName }) => userName === person?.uid)?.attributes
    }
    expect(await read(['employeeType'])).not.toHaveProperty('employeeType')
    await slapd.modify(
      `${ldifRecord(person?.dn ?? '', [
        ['changetype', 'modify'],
        ['add', 'employeeType'],
        ['employeeType', 'Intern'],
      ]).trimEnd()}\nemployeeType: Part time\n`,
    )
    expect((await read(['employeeType']))?.employeeType).toEqual(['Intern', 'Part time'])
    expect(await read(['*'])).toMatchObject({
      givenName: person?.givenName,
      sn: person?.sn,
      employeeType: ['Intern', 'Part time'],
    })
    expect(JSON.stringify(await read(['*', 'userPassword']))).not.toMatch(/userPassword/i)
    await slapd.modify(
      ldifRecord(person?.dn ?? '', [
        ['changetype', 'modify'],
        ['delete', 'employeeType'],
      ]),
    )
  })

  test('A-083: one person is found by login name, id and nothing else, with direct groups', async () => {
    const source = open()
    const index = 7
    const person = people[index]
    const mine = groups.filter((group) => group.people.includes(index)).map(({ id }) => id)
    for (const who of [person?.uid ?? '', person?.id ?? '']) {
      const found = await source.lookup(who, never)
      expect([found?.identity.userName, [...(found?.directGroups ?? [])].sort()]).toEqual([person?.uid, mine.sort()])
    }
    for (const injected of [
      '*',
      'u00000*',
      'u000007)(uid=*',
      '*)(|(uid=*',
      'u000007\\',
      '\\2a',
      'u000007\u0000',
      '(',
      '',
    ]) {
      expect([injected, await source.lookup(injected, never)]).toEqual([injected, undefined])
    }
  })

  test('a check of a good connection has every step in order', async () => {
    const steps = await open().check(never)
    expect(steps.filter(({ ok }) => !ok)).toEqual([])
    expect(steps.length).toBeGreaterThan(2)
  })

  test('locks of a password policy disable as the settings say', async () => {
    const [locked, passing] = [people[20], people[21]]
    const lock = (dn: string, time: string) =>
      ldifRecord(dn, [
        ['changetype', 'modify'],
        ['replace', 'pwdAccountLockedTime'],
        ['pwdAccountLockedTime', time],
      ])
    await slapd.modify(lock(locked?.dn ?? '', '000001010000Z') + lock(passing?.dn ?? '', '20260101000000Z'))
    const disabled = async (lockedIsDisabled: string) => {
      const { state } = await readAll(open({ users: { lockedIsDisabled } }), undefined)
      return [...state.identities.values()].filter(({ active }) => !active).map(({ userName }) => userName)
    }
    expect(await disabled('permanent')).toEqual([locked?.uid])
    expect((await disabled('any')).sort()).toEqual([locked?.uid, passing?.uid])
    expect(await disabled('never')).toEqual([])
  })
})

describe.skipIf(findSlapd() === undefined)('changes in OpenLDAP', () => {
  /** A server of its own: these tests change it. */
  async function start(more = {}) {
    const slapd = await startCompany(company)
    onTestFinished(() => slapd.stop())
    const source = openDirectory(
      ldapSettings(slapd.url, suffix, { overlapSeconds: 0, enumerateEveryHours: 0, ...more }),
    )
    const first = await readAll(source, undefined)
    return {
      slapd,
      source,
      first,
      /** What the delta made of what was known equals what a new reading says. */
      async catchUp() {
        const delta = await readAll(source, first.cursor, first.state)
        const anew = await readAll(source, undefined)
        expect(delta.form).toBe('delta')
        expect(present(saidReading(delta.state))).toEqual(present(saidReading(anew.state)))
        return delta
      },
    }
  }

  const change = (dn: string, ...pairs: readonly (readonly [string, string])[]) =>
    ldifRecord(dn, [['changetype', 'modify'], ...pairs])

  test('nothing is nothing', async () => {
    const { catchUp, first } = await start()
    expect((await catchUp()).state).toEqual(first.state)
  })

  test('people who join, change, move and leave are seen', async () => {
    const { slapd, catchUp } = await start()
    const [renamed, moved, gone] = [people[1], people[2], people[3]]
    await slapd.modify(
      [
        ldifRecord(`uid=ada,ou=people,${suffix}`, [
          ['changetype', 'add'],
          ['objectClass', 'inetOrgPerson'],
          ['uid', 'ada'],
          ['cn', 'Ada Lovelace'],
          ['sn', 'Lovelace'],
        ]),
        change(renamed?.dn ?? '', ['replace', 'mail'], ['mail', 'new@example.com']),
        ldifRecord(moved?.dn ?? '', [
          ['changetype', 'modrdn'],
          ['newrdn', `uid=${moved?.uid}`],
          ['deleteoldrdn', '0'],
          ['newsuperior', `ou=groups,${suffix}`],
        ]),
        ldifRecord(gone?.dn ?? '', [['changetype', 'delete']]),
      ].join(''),
    )
    const { state } = await catchUp()
    const names = [...state.identities.values()].map(({ userName }) => userName)
    expect(names).toContain('ada')
    expect(names).toContain(moved?.uid)
    expect(names).not.toContain(gone?.uid)
    expect([...state.identities.keys()]).not.toContain(gone?.id)
    expect([...state.identities.values()].map(({ email }) => email)).toContain('new@example.com')
  })

  test('groups that come, go and change their members are seen', async () => {
    const { slapd, catchUp } = await start()
    const [everybody, nested, gone] = [groups[0], groups[chainStart], groups[30]]
    await slapd.modify(
      [
        ldifRecord(`cn=new,ou=groups,${suffix}`, [
          ['changetype', 'add'],
          ['objectClass', 'groupOfNames'],
          ['cn', 'new'],
          ['member', people[0]?.dn ?? ''],
        ]),
        change(everybody?.dn ?? '', ['delete', 'member'], ['member', people[10]?.dn ?? '']),
        change(nested?.dn ?? '', ['add', 'member'], ['member', people[11]?.dn ?? '']),
        ldifRecord(gone?.dn ?? '', [['changetype', 'delete']]),
      ].join(''),
    )
    const { state } = await catchUp()
    expect(state.edges).not.toContain(`${everybody?.id} > ${people[10]?.id}`)
    expect(state.edges).toContain(`${nested?.id} > ${people[11]?.id}`)
    expect([...state.groups.keys()]).not.toContain(gone?.id)
  })

  test('more groups change than fit in a page, with members who did not change', async () => {
    const { slapd, catchUp } = await start({ pageSize: 5 })
    const added = groups.slice(cycleStart).map((group) => {
      const index = people.findIndex((_, person) => !group.people.includes(person))
      return change(group.dn, ['add', 'member'], ['member', people[index]?.dn ?? ''])
    })
    await slapd.modify(added.join(''))
    const { pages } = await catchUp()
    expect(pages.flatMap((page) => (page.kind === 'groups' ? page.groups : [])).length).toBeGreaterThanOrEqual(
      added.length,
    )
  })

  test('groups that named people and groups before they were there have them once they are, without being read again', async () => {
    const { slapd, source } = await start({ enumerateEveryHours: 24 })
    const [first, second, last] = [groups[25], groups[26], groups[27]]
    const person = (uid: string) => `uid=${uid},ou=people,${suffix}`
    const latecomer = (uid: string) => [
      ['changetype', 'add'],
      ...[
        ['objectClass', 'inetOrgPerson'],
        ['uid', uid],
        ['cn', uid],
        ['sn', uid],
      ],
    ]
    await slapd.modify(
      [
        change(first?.dn ?? '', ['add', 'member'], ['member', person('soon')]),
        change(second?.dn ?? '', ['add', 'member'], ['member', person('soon').replace('uid=', 'UID=')]),
        change(second?.dn ?? '', ['add', 'member'], ['member', person('later')]),
        change(last?.dn ?? '', ['add', 'member'], ['member', `cn=late,ou=groups,${suffix}`]),
      ].join(''),
    )
    // Times in directories are whole seconds, and a reading begins with the one before the newest change.
    await untilLater(2100)
    await slapd.modify(change(people[1]?.dn ?? '', ['replace', 'mail'], ['mail', 'newest@example.com']))
    const before = await readAll(source, undefined)
    await slapd.modify(
      [
        ...['soon', 'later', 'alone'].map((uid) => ldifRecord(person(uid), latecomer(uid) as [string, string][])),
        ldifRecord(`cn=late,ou=groups,${suffix}`, [
          ['changetype', 'add'],
          ['objectClass', 'groupOfNames'],
          ['cn', 'late'],
          ['member', person('alone')],
        ]),
      ].join(''),
    )
    const { state, pages, form } = await readAll(source, before.cursor, before.state)
    const anew = await readAll(source, undefined)
    expect(form).toBe('delta')
    expect(saidReading(state)).toEqual(saidReading(anew.state))
    expect(anew.state.edges.size).toBe(before.state.edges.size + 5)
    const read = pages.flatMap((page) => (page.kind === 'groups' ? page.groups : []))
    expect(read.map(({ displayName }) => displayName)).toEqual(['late'])
  })

  test('a person who is renamed stays the same person, in the same groups', async () => {
    const { slapd, catchUp } = await start()
    const person = people[4]
    await slapd.modify(
      ldifRecord(person?.dn ?? '', [
        ['changetype', 'modrdn'],
        ['newrdn', 'uid=someone'],
        ['deleteoldrdn', '1'],
      ]),
    )
    const { state } = await catchUp()
    expect(state.identities.get(person?.id as never)?.userName).toBe('someone')
  })
})

const untilLater = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Edges count only between what exists. */
function present(said: ReturnType<typeof saidReading>) {
  const known = new Set([...said.people, ...said.groups].map((line) => line.split(' ')[0] ?? ''))
  return { ...said, edges: said.edges.filter((edge) => edge.split(' > ').every((id) => known.has(id))) }
}
