import type { FaultRule } from '@rollcall/simulators/faults'
import type { JiraOptions } from '@rollcall/simulators/jira/create-jira'
import { jiraVersions } from '@rollcall/simulators/jira/jira-version'
import { afterEach, describe, expect, test } from 'vitest'
import { collect } from '../conformance/collect.ts'
import { failureOf } from '../conformance/failure-of.ts'
import { type JiraUnderTest, startJira } from './testing/testing-jira.ts'

const opened: JiraUnderTest[] = []
afterEach(async () => {
  for (const jira of opened.splice(0)) await jira.close()
})

async function start(options: JiraOptions = {}) {
  const jira = await startJira(options)
  opened.push(jira)
  return jira
}

const always = { times: Number.POSITIVE_INFINITY }

/** Changes the parsed body of matching answers. */
const changing = (match: RegExp, change: (body: never) => unknown): FaultRule => ({
  fault: { kind: 'rewrite', rewrite: (body) => JSON.stringify(change(JSON.parse(body) as never)) },
  match,
  ...always,
})

test.each(jiraVersions)('Jira %s: a made-up tenant is seen as it is', async (version) => {
  const { target, simulator } = await start({ version, users: 1234, groups: 60, memberships: 5000 })
  const { people, groups } = simulator.jira
  const seen = await collect(target)
  expect(seen.accounts.map((account) => account.name).sort()).toEqual(
    people
      .everyone()
      .map((user) => user.name)
      .sort(),
  )
  expect([...seen.groups].sort()).toEqual(
    groups
      .sorted()
      .map((group) => group.name)
      .sort(),
  )
  for (const group of groups.sorted()) {
    const members = [...(seen.members.get(group.name) ?? [])].sort()
    expect(members).toEqual(
      groups
        .members(group)
        .map((user) => user.key)
        .sort(),
    )
  }
})

describe('the listing of users', () => {
  test.each(jiraVersions)('Jira %s: leaving somebody out is noticed by their membership', async (version) => {
    const { target, simulator } = await start({ version, users: 130, groups: 5, memberships: 600 })
    const groups = simulator.jira.groups.sorted()
    const key = groups.flatMap((group) => [...group.members]).find((user) => user.name !== 'admin')?.key
    const without = (users: { key: string }[]) => users.filter((user) => user.key !== key)
    simulator.faults.add(
      changing(/user\/list/, (body: { values: { key: string }[] }) => ({ ...body, values: without(body.values) })),
      changing(/user\/search/, (body: { key: string }[]) => without(body)),
    )
    const failure = await failureOf(collect(target))
    expect(failure.code).toBe(version === '10.3-early' ? 'jira_users_capped' : 'jira_users_incomplete')
    expect(failure.reach).toBe('unavailable')
  })

  test('shorter than the seats of the licence is not believed', async () => {
    const { target, simulator } = await start({ users: 10 })
    simulator.faults.add(
      changing(/applicationrole/, (roles: object[]) => roles.map((role) => ({ ...role, userCount: 12 }))),
    )
    expect(await failureOf(collect(target))).toMatchObject({
      code: 'jira_users_incomplete',
      message: expect.stringContaining('11 active accounts, but 12'),
    })
  })

  test('that comes back to an earlier page ends as failed', async () => {
    const { target, simulator } = await start({ users: 10 })
    simulator.faults.add(changing(/user\/list/, (body: object) => ({ ...body, isLast: false, nextCursor: '3' })))
    expect((await failureOf(collect(target))).code).toBe('jira_listing_repeats')
  })

  test('that ends without saying so is not believed', async () => {
    const { target, simulator } = await start({ users: 10 })
    simulator.faults.add(changing(/user\/list/, ({ values }: { values: unknown }) => ({ values })))
    expect((await failureOf(collect(target))).code).toBe('jira_unexpected_answer')
  })

  test('gives an account once where pages overlap', async () => {
    const { target, simulator } = await start({ users: 10 })
    simulator.faults.add(
      changing(/user\/list/, (body: { values: unknown[] }) => ({ ...body, values: [...body.values, ...body.values] })),
    )
    expect((await collect(target)).accounts).toHaveLength(11)
  })

  test('that stops at the first thousand for ever is noticed, though the release once gave more', async () => {
    const { target, simulator } = await start({ version: '9.12', users: 1200 })
    simulator.faults.add(changing(/user\/search\?username=\..*startAt=[1-9]/, () => []))
    expect((await collect(target)).accounts).toHaveLength(1201)
  })

  test('finds names in other scripts, and one that is the beginning of a hundred others', async () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ name: `anna${index}`, displayName: 'X' }))
    const greek = Array.from({ length: 120 }, (_, index) => ({
      name: `σοφία${index}`,
      displayName: 'Y',
      groups: ['g'],
    }))
    const alone = { name: 'anna', displayName: 'Zoe', active: false }
    const { target } = await start({ version: '10.3-early', users: [...many, ...greek, alone] })
    expect((await collect(target)).accounts).toHaveLength(150 + 120 + 2)
  })

  test('takes in who was created while it was read, and drops who was deleted', async () => {
    const { target, simulator } = await start({ users: [{ name: 'gone', groups: ['g'] }] })
    const { change } = simulator.jira
    const names: string[] = []
    let members = 0
    for await (const page of target.observe(new AbortController().signal)) {
      if (page.kind === 'accounts') names.push(...page.accounts.map((account) => account.name))
      if (page.kind === 'members' && page.group === 'g') members += page.accounts.length
      if (page.kind === 'groups') change.addUser({ name: 'late', groups: ['g'] })
    }
    expect(names.sort()).toEqual(['admin', 'gone', 'late'])
    expect(members).toBe(2)
  })
})

describe('the listing of groups', () => {
  const capped = (limit: number) =>
    changing(/groups\/picker/, (body: { groups: unknown[] }) => ({ ...body, groups: body.groups.slice(0, limit) }))

  test('goes by parts of names where Jira shows only some', async () => {
    const { target, simulator } = await start({ groups: 300, users: 5, memberships: 10 })
    simulator.faults.add(capped(20))
    expect((await collect(target)).groups).toHaveLength(302)
  })

  test('is not believed when it stays shorter than the count', async () => {
    const { target, simulator } = await start({ groups: 30 })
    simulator.faults.add(
      changing(/groups\/picker/, (body: { groups: { name: string }[] }) => ({
        ...body,
        groups: body.groups.filter(({ name }) => name !== 'jira-administrators'),
      })),
    )
    expect((await failureOf(collect(target))).code).toBe('jira_groups_incomplete')
  })
})

describe('the members of a group', () => {
  const people = Array.from({ length: 120 }, (_, index) => ({
    name: `p${String(index).padStart(3, '0')}`,
    groups: ['g'],
  }))

  test('are whole although somebody leaves between two pages', async () => {
    const { target, simulator } = await start({ users: people })
    let pages = 0
    simulator.faults.add({
      fault: {
        kind: 'rewrite',
        rewrite: (body) => {
          pages += 1
          if (pages === 1) simulator.jira.change.leave('g', 'p000')
          return body
        },
      },
      match: /group\/member\?groupname=g&/,
      ...always,
    })
    const members = (await collect(target)).members.get('g') ?? []
    const present = simulator.jira.groups.members(simulator.jira.change.group('g'))
    expect(present).toHaveLength(119)
    expect(members).toEqual(expect.arrayContaining(present.map((user) => user.key)))
  })

  test('are not believed when a page is left out each time', async () => {
    const { target, simulator } = await start({ users: people })
    simulator.faults.add(changing(/groupname=g&.*startAt=50/, (body: object) => ({ ...body, values: [] })))
    expect((await failureOf(collect(target))).code).toBe('jira_members_incomplete')
  })

  test('include those of subgroups, as Jira shows them', async () => {
    const { target } = await start({
      users: [{ name: 'ada', groups: ['inner'] }],
      groups: [{ name: 'outer', subgroups: ['inner'] }],
    })
    expect((await collect(target)).members.get('outer')).toHaveLength(1)
  })
})

test('a page that cannot be read leaves no observation at all', async () => {
  const { target, simulator } = await start({ users: 50, groups: 20, memberships: 200 })
  simulator.faults.add({ fault: { kind: 'cutShort' }, match: /group\/member/, after: 10, ...always })
  expect((await failureOf(collect(target))).code).toBe('outgoing_answer_cut_short')
})
