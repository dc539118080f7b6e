import type { AttributeList, CheckReport, LookupView } from '@rollcall/contract/api/connections'
import { expect, test } from 'vitest'
import { findSlapd } from '../../scripts/slapd.ts'
import { rollcall } from '../end-to-end/harness/command-line.ts'
import { jiraReading } from '../end-to-end/harness/jira-reading.ts'
import { generateCompany } from './company/company.ts'
import { startLdapWorld, startSettledLdapWorld } from './harness/ldap-world.ts'

const company = generateCompany({ seed: 3, people: 40, groups: 26, memberships: 80 })
const [person] = company.people
const theirGroups = company.groups.filter(({ people }) => people.includes(0)).map(({ cn }) => cn)

test.skipIf(findSlapd() === undefined)(
  'A-082, A-083, A-084: one person is searched for by login name, and shown with groups and what the policy makes of them',
  async () => {
    const { administrator, dataFolder, jira } = await startSettledLdapWorld(company)
    const found = await administrator.api.call<LookupView>('GET', `/connections/directory/lookup?user=${person?.uid}`)
    expect(found).toMatchObject({
      found: true,
      identity: {
        externalId: person?.id,
        userName: person?.uid,
        email: person?.mail,
        displayName: person?.cn,
        active: true,
        attributes: { givenName: person?.givenName, sn: person?.sn },
      },
    })
    expect(found.directGroups.map(({ name }) => name).sort()).toEqual([...theirGroups].sort())
    expect(found.provisioned).toMatchObject([{ target: { slug: 'jira' }, state: 'wanted', userName: person?.uid }])

    const look = (...words: string[]) =>
      rollcall({}, '--data', dataFolder, 'lookup', '--connection', 'directory', ...words)
    const said = await look(person?.uid ?? '')
    expect(said).toMatchObject({ code: 0, errors: '' })
    for (const text of [person?.uid, person?.mail, person?.sn, ...theirGroups]) expect(said.output).toContain(text)
    expect(await look('nobody', '--no-plan')).toMatchObject({ code: 1 })
    for (const injected of ['*', 'u00000*', '*)(uid=*', '\\2a', '(', `${person?.uid})(objectClass=*`]) {
      const path = `/connections/directory/lookup?user=${encodeURIComponent(injected)}`
      expect([injected, (await administrator.api.call<LookupView>('GET', path)).found]).toEqual([injected, false])
    }
    expect(jiraReading(jira).userNames()).toContain(person?.uid)
  },
  120_000,
)

test.skipIf(findSlapd() === undefined)(
  'A-081: the attributes of the directory are offered, and those that were chosen are read',
  async () => {
    const { administrator, dataFolder, configure } = await startLdapWorld(company)
    const offered = async () =>
      (await administrator.api.call<AttributeList>('GET', '/connections/directory/attributes')).attributes
    const nameOf = (name: string) => (list: AttributeList['attributes']) => list.find((each) => each.name === name)
    expect(nameOf('telephoneNumber')(await offered())).toMatchObject({ chosen: false })
    expect(nameOf('givenName')(await offered())).toMatchObject({ multiValued: true, sample: expect.any(String) })
    expect(JSON.stringify(await offered())).not.toMatch(/userPassword|password of/i)

    await configure({ settings: { attributes: ['telephoneNumber'] } })
    expect(nameOf('telephoneNumber')(await offered())).toMatchObject({ chosen: true })
    const said = await rollcall({}, '--data', dataFolder, 'attributes', 'directory')
    expect(said).toMatchObject({ code: 0, output: expect.stringMatching(/^telephoneNumber +read/m) })
  },
  120_000,
)

test.skipIf(findSlapd() === undefined)(
  'A-080: a directory is configured for Jira, checked step by step, and its people and groups come to be there',
  async () => {
    const { administrator, jira } = await startLdapWorld(company)
    const { steps } = await administrator.api.call<CheckReport>('POST', '/connections/directory/check')
    expect(steps.filter(({ ok }) => !ok)).toEqual([])
    expect((await administrator.follow('directory')).outcome).toBe('succeeded')
    const { userNames, members } = jiraReading(jira)
    expect(userNames()).toEqual(['admin', ...company.people.map(({ uid }) => uid)].sort())
    expect(members('everybody')).toEqual(company.people.map(({ uid }) => uid).sort())
    // The deepest of the chain is in every group above it.
    const deepest = company.groups[20]?.people.map((index) => company.people[index]?.uid)
    expect(members('level 1')).toEqual(expect.arrayContaining(deepest ?? []))
  },
)
