import { createRandom } from '@rollcall/simulators/data-center/random'
import type { Tenant } from '@rollcall/simulators/entra/tenant/tenant'
import { expect, test } from 'vitest'
import { onlyLeg } from './harness/administrator.ts'
import { tolerant } from './harness/configuration.ts'
import { expectedJira } from './harness/expected-jira.ts'
import { jiraReading } from './harness/jira-reading.ts'
import { addGroup, addPeople, addPerson, emptyTenant } from './harness/people.ts'
import { startWorld } from './harness/world.ts'

type Pick = <T>(from: readonly T[]) => T | undefined

/** What can happen in a company between two runs; each tells what it did, for the message of a failure. */
const events: readonly ((tenant: Tenant, pick: Pick, number: number) => string | undefined)[] = [
  (tenant, pick, number) => {
    const id = addPerson(tenant, `person${number}`)
    const group = pick(tenant.groups())
    if (group) tenant.addMember(group.id, id)
    return `person${number} joins`
  },
  (tenant, pick) => change(pick(tenant.users()), 'leaves', (user) => tenant.softDelete(user.id)),
  (tenant, pick) =>
    change(
      pick(tenant.state.users.filter(({ deletedDateTime, purged }) => deletedDateTime && !purged)),
      'is back',
      (user) => tenant.restore(user.id),
    ),
  (tenant, pick) => change(pick(tenant.users()), 'is disabled', (user) => tenant.disableUser(user.id)),
  (tenant, pick) =>
    change(pick(tenant.users().filter(({ properties }) => properties.accountEnabled === false)), 'is enabled', (user) =>
      tenant.enableUser(user.id),
    ),
  (tenant, pick, number) =>
    change(pick(tenant.users()), 'is renamed', (user) =>
      tenant.updateUser(user.id, {
        userPrincipalName: `renamed${number}@${tenant.domain}`,
        displayName: `Renamed ${number}`,
      }),
    ),
  (tenant, pick) => {
    const [group, user] = [pick(tenant.groups()), pick(tenant.users())]
    if (group && user) tenant.addMember(group.id, user.id)
    return 'a membership is added'
  },
  (tenant, pick) => {
    const group = pick(tenant.groups())
    const member = group && pick([...group.members].filter(([, isMember]) => isMember).map(([handle]) => handle))
    const object = member === undefined ? undefined : tenant.directory.at(member)
    if (group && object) tenant.removeMember(group.id, object.id)
    return 'a membership ends'
  },
  (tenant, pick) => {
    const [parent, child] = [pick(tenant.groups()), pick(tenant.groups())]
    if (parent && child && parent !== child) tenant.addMember(parent.id, child.id)
    return 'a group is nested, in a cycle perhaps'
  },
  (tenant, pick, number) =>
    change(pick(tenant.groups()), 'is renamed', (group) => tenant.renameGroup(group.id, `Team ${number}`)),
  (tenant, pick) =>
    tenant.groups().length > 3
      ? change(pick(tenant.groups()), 'is deleted', (group) => tenant.deleteGroup(group.id))
      : undefined,
  (tenant, pick, number) => {
    addGroup(
      tenant,
      `Group ${number}`,
      [pick(tenant.users()), pick(tenant.users())].flatMap((user) => user?.id ?? []),
    )
    return `Group ${number} is made`
  },
]

/**
 * The only event of its round, and among enabled people: an account that is deactivated keeps its name, so that whoever
 * should get it is a conflict for an administrator, which the model does not know.
 */
function swapNames(tenant: Tenant, pick: Pick): string | undefined {
  const enabled = tenant.users().filter(({ properties }) => properties.accountEnabled === true)
  const [one, other] = [pick(enabled), pick(enabled)]
  if (!one || !other || one === other) return undefined
  const names = [one, other].map(({ properties }) => properties.userPrincipalName)
  tenant.updateUser(one.id, { userPrincipalName: `parked@${tenant.domain}` })
  tenant.updateUser(other.id, { userPrincipalName: names[0] })
  tenant.updateUser(one.id, { userPrincipalName: names[1] })
  return `${names.join(' and ')} swap names`
}

function change<T extends { readonly properties: Readonly<Record<string, unknown>> }>(
  object: T | undefined,
  what: string,
  act: (object: T) => void,
): string | undefined {
  if (!object) return undefined
  act(object)
  return `${object.properties.displayName} ${what}`
}

const lives = [
  { version: '9.12', seed: 1, keepUserGroups: true },
  { version: '10.3-early', seed: 2, keepUserGroups: false },
  { version: '10.3-late', seed: 3, keepUserGroups: true },
  { version: '11', seed: 4, keepUserGroups: false },
] as const

/** Rounds of each life, with a few events in each. */
const rounds = 12

test.each(lives)(
  'A-006 A-007: over a long life Jira $version is what the tenant says, after each run, by an independent model',
  async ({ version, seed, keepUserGroups }) => {
    const random = createRandom(seed)
    const pick: Pick = (from) => from[Math.floor(random() * from.length)]
    const tenant = emptyTenant({ seed })
    const people = addPeople(tenant, ...Array.from({ length: 14 }, (_, index) => `person${index}`))
    for (const [index, name] of ['Research', 'Poetry', 'Office', 'Welcome'].entries()) {
      addGroup(tenant, name, people.slice(index * 3, index * 3 + 5))
    }
    const defaultGroups = { allUsers: ['staff'], newUsers: ['guide'] }
    const world = await startWorld({
      tenant,
      jira: {
        version,
        users: [
          { name: 'person1', groups: ['chess', 'Poetry'] },
          { name: 'outsider', groups: ['Research', 'chess'] },
        ],
        groups: [{ name: 'staff' }, { name: 'guide' }],
      },
      connection: { guard: tolerant, groups: { mode: 'onTheFly', keepUserGroups, defaultGroups } },
    })
    const { administrator, jira } = world
    const model = expectedJira(jiraReading(jira).state(), {
      nameOf: (principalName) => principalName.replace(/@.*/, '').toLowerCase(),
      keepUserGroups,
      ...defaultGroups,
      protectedGroups: ['jira-administrators'],
    })

    const history: string[] = []
    for (let round = 0; round < rounds; round += 1) {
      const happened =
        round % 5 === 2
          ? [swapNames(tenant, pick)]
          : Array.from({ length: round === 0 ? 0 : 1 + Math.floor(random() * 5) }, (_, index) =>
              pick(events)?.(tenant, pick, 100 + round * 10 + index),
            )
      history.push(happened.join('; '))
      model.follow(tenant)
      const run = await administrator.follow('entra', { full: round % 4 === 3 })
      const { users, groups } = jiraReading(jira).state()
      expect([history, run.outcome, { users, groups }]).toEqual([history, 'succeeded', model.snapshot()])
      const again = await administrator.planOnly()
      expect([history, onlyLeg(again).outcome]).toEqual([history, 'empty'])
    }
    expect(onlyLeg(await administrator.synchronize('entra', { full: true })).outcome).toBe('empty')
    expect(jira.violations).toEqual([])
  },
  60_000,
)
