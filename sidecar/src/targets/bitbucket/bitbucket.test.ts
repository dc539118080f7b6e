import { admin, type BitbucketOptions } from '@rollcall/simulators/bitbucket/create-bitbucket'
import { afterEach, describe, expect, test } from 'vitest'
import type { AccountKey } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import { collect } from '../conformance/collect.ts'
import { failureOf } from '../conformance/failure-of.ts'
import { openTarget } from '../registry.ts'
import type { Target } from '../target.ts'
import { TargetError } from '../target-error.ts'
import { type BitbucketUnderTest, startBitbucket } from './testing/testing-bitbucket.ts'

const signal = new AbortController().signal
const ada = { name: 'ada', email: 'ada@example.com', displayName: 'Ada Lovelace' }

const opened: BitbucketUnderTest[] = []
afterEach(async () => {
  for (const bitbucket of opened.splice(0)) await bitbucket.close()
})

async function start(options: BitbucketOptions = {}, settings: Readonly<Record<string, unknown>> = {}) {
  const under = await startBitbucket(options, settings)
  opened.push(under)
  const { bitbucket, faults, requests } = under.simulator
  const key = (name: string) => bitbucket.change.user(name).key as AccountKey
  return { ...under, bitbucket, faults, requests, key, member: (name: string) => ({ key: key(name), name }) }
}

const basic = (username: string, password: string) => ({ credentials: { method: 'basic', username, password } })

describe('signing in', () => {
  test('each reason to be refused has a code of its own and concerns every call', async () => {
    const codes: string[] = []
    for (const [options, settings] of [
      [{}, basic('admin', 'wrong')],
      [{ settings: { failuresUntilCaptcha: 0 } }, basic('admin', admin.password)],
      [{ settings: { basicAllowed: false } }, basic('admin', admin.password)],
    ] as const) {
      const { target } = await start(options, settings)
      const failure = await failureOf(target.describe(signal))
      expect(failure.reach).toBe('unavailable')
      codes.push(failure.code)
    }
    expect(codes).toEqual(['bitbucket_password_refused', 'bitbucket_captcha', 'bitbucket_basic_disabled'])
  })

  test.each([
    { method: 'pat', token: 'secret' },
    { method: 'basic', username: 'admin', password: 'BBDC-secret' },
  ])('with an access token is refused before anything is sent, with the reason', (credentials) => {
    let thrown: unknown
    try {
      openTarget('bitbucket', { url: 'https://git.example.com', credentials })
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(Problem)
    expect(thrown).toMatchObject({ code: 'bitbucket_access_token', remedy: expect.stringContaining('method: basic') })
    expect(String(thrown)).not.toContain('secret')
  })

  test('as no administrator is denied, although Bitbucket says 401 for that too', async () => {
    const { target } = await start(
      { users: [{ name: 'eve', password: 'eve', groups: ['stash-users'] }] },
      basic('eve', 'eve'),
    )
    for (const call of [() => target.describe(signal), () => target.createAccount(ada, signal)]) {
      expect(await failureOf(call())).toMatchObject({ code: 'bitbucket_not_administrator', reach: 'denied' })
    }
  })

  test('as an administrator, who outranks us is refused for himself alone', async () => {
    const { target, key } = await start(
      { permissions: { admins: 'ADMIN' }, users: [{ name: 'op', password: 'op', groups: ['admins'] }] },
      basic('op', 'op'),
    )
    const failures = [
      await failureOf(target.updateAccount(key('admin'), { displayName: 'x' }, signal)),
      await failureOf(target.deleteAccount(key('admin'), signal)),
      await failureOf(target.deleteGroup('stash-administrators', signal)),
    ]
    for (const failure of failures) expect(failure).toMatchObject({ code: 'bitbucket_outranked', reach: 'refused' })
  })
})

describe('accounts', () => {
  test('are found by an equal name, not by the first hit of the filter', async () => {
    const { target, key } = await start({
      users: [
        { name: 'aaa-bob' },
        { name: 'carl', displayName: 'bob' },
        { name: 'dora', emailAddress: 'bob@x.org' },
        { name: 'bob' },
      ],
    })
    expect((await target.findAccount({ name: 'BOB' }, signal))?.key).toBe(key('bob'))
    expect(await target.findAccount({ name: 'bo' }, signal)).toBeUndefined()
  })

  test('cost one look-up by id once seen, and one listing for many that were not', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `p${index}`)
    const { target, requests, key } = await start({ users: names.map((name) => ({ name })) })
    const found = await Promise.all(names.map((name) => target.findAccount({ key: key(name) }, signal)))
    expect(found.map((account) => account?.name)).toEqual(names)
    expect(requests.count()).toBe(1 + names.length)
    const before = requests.count()
    await target.findAccount({ key: key('p3') }, signal)
    expect(requests.count() - before).toBe(1)
  })

  test('get a password that nobody knows and no group when they are made', async () => {
    const { target, bitbucket } = await start()
    await target.createAccount(ada, signal)
    const { password, groups } = bitbucket.change.user('ada')
    expect(password).toMatch(/^[\w-]{43}aA1!$/)
    expect([...groups]).toEqual([])
  })

  test('of a directory that Bitbucket only reads are not written, and say so', async () => {
    const directories = [{ name: 'Internal' }, { name: 'Company', kind: 'CONNECTOR', permission: 'readOnly' }] as const
    const outside = ['c1', 'c2', 'c3'].map((name) => ({ name, directory: 'Company' }))
    const { target, key, requests } = await start({
      directories,
      users: [...outside, { name: 'own', directory: 'Internal' }],
    })
    const change = (name: string) => target.updateAccount(key(name), { displayName: 'x' }, signal)
    await change('own')
    const reaches = [await failureOf(change('c1')), await failureOf(change('c2')), await failureOf(change('c3'))]
    expect(reaches.map(({ code, reach }) => [code, reach])).toEqual([
      ['bitbucket_directory_read_only', 'refused'],
      ['bitbucket_directory_read_only', 'refused'],
      ['bitbucket_directory_read_only', 'denied'],
    ])
    expect(requests.count(/^PUT/)).toBe(1)
    expect((await target.describe(signal)).directory).toMatchObject({ name: 'Internal' })
  })

  test('keep what an update does not name', async () => {
    const { target, bitbucket, key } = await start({ users: [{ name: 'ada', displayName: 'Ada' }] })
    await target.updateAccount(key('ada'), { email: 'new@example.com' }, signal)
    expect(bitbucket.change.user('ada')).toMatchObject({ displayName: 'Ada', emailAddress: 'new@example.com' })
  })
})

describe('access', () => {
  test('is granted by groups that are told, with the seats that are left', async () => {
    const { target } = await start({
      permissions: { makers: 'PROJECT_CREATE' },
      groups: [{ name: 'plain' }],
      settings: { seats: 5 },
    })
    const { accessGroups, seats, capabilities } = await target.describe(signal)
    const groups = ['makers', 'stash-administrators', 'stash-users']
    expect([...(accessGroups ?? [])].sort()).toEqual(groups)
    expect(seats).toEqual([{ application: 'bitbucket', remaining: 4, groups: accessGroups }])
    expect(capabilities.abilities.revokeAccess).toMatchObject({ able: true, way: 'emulation' })
    expect(capabilities.abilities.deactivateUser.able).toBe(false)
  })

  test('ends with the last of those groups', async () => {
    const { target, bitbucket, member } = await start({ users: [{ name: 'ada', groups: ['stash-users'] }] })
    expect(bitbucket.mayLogIn(bitbucket.change.user('ada'))).toBe(true)
    for (const group of (await target.describe(signal)).accessGroups ?? []) {
      await target.removeMember(group, member('ada'), signal)
    }
    expect(bitbucket.mayLogIn(bitbucket.change.user('ada'))).toBe(false)
  })

  test('that was given to people directly is counted by the check', async () => {
    const { target, bitbucket } = await start({ users: [{ name: 'ada' }] })
    bitbucket.permissions.grantUser(bitbucket.change.user('ada'), 'LICENSED_USER')
    const step = (await target.check(signal)).find((each) => each.step === 'access')
    expect(step?.detail).toMatch(/permission of their own.*: 1\.$/)
  })
})

type Members = readonly Parameters<Target['addMember']>[1][]

/** As a window of operations asks: all in one turn. */
const addAll = (target: Target, group: string, members: Members) =>
  Promise.all(
    members.map(async (account) => {
      const failure = await target.addMember(group, account, signal).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof TargetError) return error
          throw error
        },
      )
      return { account, failure }
    }),
  )

describe('adding many members at once', () => {
  const names = Array.from({ length: 100 }, (_, index) => `p${String(index).padStart(2, '0')}`)
  const many: BitbucketOptions = { users: names.map((name) => ({ name })), groups: [{ name: 'g' }] }

  test('takes one request', async () => {
    const { target, bitbucket, requests, member } = await start(many)
    const outcomes = await addAll(target, 'g', names.map(member))
    expect(outcomes.map(({ account, failure }) => [account.name, failure])).toEqual(
      names.map((name) => [name, undefined]),
    )
    expect(bitbucket.groups.members(bitbucket.change.group('g'))).toHaveLength(100)
    expect(requests.count(/add-users/)).toBe(1)
  })

  test('is done for all but those who are gone, and for a renamed one under the new name', async () => {
    const { target, bitbucket, requests, member } = await start(many)
    const members = names.map(member)
    bitbucket.change.removeUser('p17')
    bitbucket.change.renameUser('p66', 'somebody')
    const outcomes = await addAll(target, 'g', members)
    const failed = outcomes.filter(({ failure }) => failure !== undefined)
    expect(failed.map(({ account, failure }) => [account.name, failure?.code])).toEqual([
      ['p17', 'bitbucket_user_unknown'],
    ])
    expect(bitbucket.groups.members(bitbucket.change.group('g'))).toHaveLength(99)
    expect(requests.count(/add-users/)).toBeLessThan(35)
  })

  test('up to the last seat says of the others that the licence is full', async () => {
    const { target, member } = await start({ ...many, permissions: { g: 'LICENSED_USER' }, settings: { seats: 41 } })
    const outcomes = await addAll(target, 'g', names.map(member))
    const failed = outcomes.filter(({ failure }) => failure !== undefined)
    expect(failed).toHaveLength(60)
    expect(new Set(failed.map(({ failure }) => failure?.code))).toEqual(new Set(['bitbucket_licence_exhausted']))
  })

  test('to a group that does not exist adds nobody', async () => {
    const { target, member } = await start(many)
    const outcomes = await addAll(target, 'nowhere', ['p00', 'p01'].map(member))
    expect(outcomes.map(({ failure }) => failure?.code)).toEqual(['bitbucket_group_unknown', 'bitbucket_group_unknown'])
  })
})

test('a membership through a nested group cannot be removed and is told as inherited', async () => {
  const { target, member } = await start({
    users: [{ name: 'ada', groups: ['inner'] }],
    groups: [{ name: 'outer', subgroups: ['inner'] }],
  })
  expect((await failureOf(target.removeMember('outer', member('ada'), signal))).code).toBe('inherited_member')
})

test('our own rights are not taken away', async () => {
  const { target } = await start()
  expect((await failureOf(target.deleteGroup('stash-administrators', signal))).code).toBe('bitbucket_own_rights')
})

test('a listing that comes back to an earlier page ends as failed', async () => {
  const { target, faults } = await start()
  const rewrite = (body: string) => JSON.stringify({ ...JSON.parse(body), isLastPage: false, nextPageStart: 0 })
  faults.add({ fault: { kind: 'rewrite', rewrite }, match: /admin\/users/, times: Number.POSITIVE_INFINITY })
  expect((await failureOf(collect(target))).code).toBe('bitbucket_listing_repeats')
})

test.each([
  ['admin/users', /admin\/users\?/],
  ['admin/groups', /admin\/groups\?/],
])('a listing of everything that is said not to exist is not taken for an empty one (%s)', async (_, match) => {
  const { target, faults } = await start({ users: [{ name: 'ada' }] })
  await target.describe(signal)
  const body = JSON.stringify({ errors: [{ context: null, message: 'null for uri', exceptionName: null }] })
  faults.add({ fault: { kind: 'status', status: 404, body }, match, times: Number.POSITIVE_INFINITY })
  expect((await failureOf(collect(target))).reach).toBe('unavailable')
})
