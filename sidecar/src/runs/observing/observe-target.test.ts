import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountKey, ConnectionId, ExternalId, IdentityId, NameKey, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { isProblem } from '../../problem/problem.ts'
import { grantMemberships } from '../../state/claims/memberships.ts'
import { storeIdentities } from '../../state/desired/identity-store.ts'
import { identityContent, storableIdentity } from '../../state/desired/storable.ts'
import { seedConnection, seedTarget } from '../../state/testing/seeds.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import type { ObservationPage, ObservedAccount, Target } from '../../targets/target.ts'
import { observeAccount } from './observe-account.ts'
import { observeTarget } from './observe-target.ts'
import { observingProblems } from './observing-problems.ts'
import { createObservingWriter } from './observing-writer.ts'

const key = (text: string) => text as AccountKey
const account = (of: string, more: Partial<ObservedAccount> = {}): ObservedAccount => ({
  key: key(of),
  name: of,
  email: undefined,
  displayName: of,
  active: true,
  ...more,
})

/** A product with these accounts and groups. `unlisted` accounts exist without being listed. */
interface Product {
  readonly accounts: readonly ObservedAccount[]
  readonly groups: Readonly<Record<string, readonly string[]>>
  readonly unlisted?: readonly ObservedAccount[]
}

function fakeTarget({ accounts, groups, unlisted = [] }: Product, failAfter = Number.POSITIVE_INFINITY) {
  const pages: ObservationPage[] = [
    ...accounts.map((one) => ({ kind: 'accounts' as const, accounts: [one] })),
    { kind: 'groups', names: Object.keys(groups) },
    ...Object.entries(groups).map(([group, keys]) => ({ kind: 'members' as const, group, accounts: keys.map(key) })),
    { kind: 'complete' },
  ]
  const lookedUp: string[] = []
  return {
    lookedUp,
    async *observe() {
      for (const [index, page] of pages.entries()) {
        if (index >= failAfter) throw new Error('the product went away')
        yield page
      }
    },
    async findAccount(by) {
      const one = [...accounts, ...unlisted].find((each) => ('key' in by ? each.key === by.key : each.name === by.name))
      if ('key' in by) lookedUp.push(by.key)
      return one
    },
    groupsOf: async (of) => Object.keys(groups).filter((group) => groups[group]?.includes(of)),
  } satisfies Pick<Target, 'observe' | 'findAccount' | 'groupsOf'> & { lookedUp: string[] }
}

const products: fc.Arbitrary<Product> = fc
  .tuple(
    fc.uniqueArray(
      fc.record({
        key: fc.constantFrom('a1', 'a2', 'a3', 'a4') as fc.Arbitrary<AccountKey>,
        name: fc.constantFrom('ada', 'Ada', 'bob', 'Ödön'),
        email: fc.constantFrom(undefined, 'a@x'),
        displayName: fc.constantFrom('A', 'B'),
        active: fc.boolean(),
      }),
      { selector: (one) => one.key },
    ),
    fc.uniqueArray(
      fc.tuple(fc.constantFrom('Staff', 'staff', 'Team'), fc.subarray(['a1', 'a2', 'a3', 'a4', 'unknown'])),
      { selector: ([name]) => nameKey(name) },
    ),
  )
  .map(([accounts, groups]) => ({ accounts, groups: Object.fromEntries(groups) }))

/** What is known of a product after it was seen like this before: an address that it does not show is the one of before. */
const afterSeeing = (before: Product, product: Product): Product => ({
  ...product,
  accounts: product.accounts.map((one) => ({
    ...one,
    email: one.email ?? before.accounts.find(({ key: of }) => of === one.key)?.email,
  })),
})

describe.each(testDatabases)('observing on $name', ({ name, open }) => {
  let db: Db
  let close: () => Promise<void>
  let next = 0
  const numRuns = name === 'sqlite' ? 100 : 20

  beforeAll(async () => {
    ;({ db, close } = await open())
  })
  afterAll(() => close())

  const signal = new AbortController().signal
  const tools = () => ({ db, write: createObservingWriter(db), signal, progress: () => {} })
  const newTarget = () => seedTarget(db, `target ${next++}`)
  const observe = (target: TargetId, opened: ReturnType<typeof fakeTarget>, at = 1000) =>
    observeTarget({ target, opened, at, ...tools() })

  /** Every account of the target with its groups, and whether it is there. */
  const stored = async (target: TargetId) => {
    const accounts = await db.selectFrom('account').selectAll().where('target_id', '=', target).execute()
    const groups = await db.selectFrom('target_group').selectAll().where('target_id', '=', target).execute()
    const edges = await db
      .selectFrom('account_membership')
      .innerJoin('account', 'account.id', 'account_id')
      .innerJoin('target_group', 'target_group.id', 'target_group_id')
      .select(['account_key', 'target_group.name as group'])
      .where('account.target_id', '=', target)
      .execute()
    return {
      present: accounts
        .filter((row) => row.missing_at === null)
        .map((row) => [row.account_key, row.name, row.email, row.display_name, row.active])
        .sort(),
      missing: accounts
        .filter((row) => row.missing_at !== null)
        .map((row) => row.account_key)
        .sort(),
      groups: groups
        .filter((row) => row.missing_at === null)
        .map((row) => row.name)
        .sort(),
      edges: edges.map((row) => `${row.group} ${row.account_key}`).sort(),
    }
  }
  const expected = (product: Product, everSeen: ReadonlySet<string>) => {
    const keys = new Set<string>(product.accounts.map((one) => one.key))
    return {
      present: product.accounts
        .map((one) => [one.key, one.name, one.email ?? null, one.displayName, one.active ? 1 : 0])
        .sort(),
      missing: [...everSeen].filter((one) => !keys.has(one)).sort(),
      groups: Object.keys(product.groups).sort(),
      edges: Object.entries(product.groups)
        .flatMap(([group, members]) => members.filter((one) => keys.has(one)).map((one) => `${group} ${one}`))
        .sort(),
    }
  }

  /** Somebody who claims the account of this key. */
  const claim = async (connection: ConnectionId, target: TargetId, accountKey: string): Promise<IdentityId> => {
    const record = storableIdentity(
      identityContent({
        externalId: accountKey as ExternalId,
        userName: accountKey,
        email: undefined,
        displayName: undefined,
        active: true,
        attributes: {},
      }),
    )
    const [identity] = await transaction(db, (trx) => storeIdentities(trx, connection, [record], 0))
    const { id } = await db
      .selectFrom('account')
      .select('id')
      .where('target_id', '=', target)
      .where('account_key', '=', key(accountKey))
      .executeTakeFirstOrThrow()
    if (identity === undefined) throw new Error('nobody was stored')
    await db
      .insertInto('claim')
      .values({
        account_id: id,
        target_id: target,
        connection_id: connection,
        identity_id: identity,
        how: 'created',
        since: 0,
      })
      .execute()
    await db.deleteFrom('dirty').execute()
    return identity
  }
  const marked = async (target: TargetId) => {
    const rows = await db.selectFrom('dirty').select('subject_id').where('target_id', '=', target).execute()
    return rows.map((row) => row.subject_id).sort()
  }

  test('any sequence of observations leaves what the last one showed, and remembers who went missing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(products, { minLength: 1, maxLength: 4 }), async (sequence) => {
        const target = await newTarget()
        const everSeen = new Set<string>()
        const addresses = new Map<string, string | undefined>()
        for (const product of sequence) {
          await observe(target, fakeTarget(product))
          for (const one of product.accounts) {
            everSeen.add(one.key)
            addresses.set(one.key, one.email ?? addresses.get(one.key))
          }
          const accounts = product.accounts.map((one) => ({ ...one, email: addresses.get(one.key) }))
          expect(await stored(target)).toEqual(expected({ ...product, accounts }, everSeen))
        }
      }),
      { numRuns },
    )
  })

  test('the claimant of every account that changed is marked, and nobody for what is as it was', async () => {
    await fc.assert(
      fc.asyncProperty(products, products, async (before, after) => {
        const target = await newTarget()
        const connection = await seedConnection(db, `connection ${next++}`, [target])
        await observe(target, fakeTarget(before))
        const claimants = new Map<string, IdentityId>()
        for (const one of before.accounts) claimants.set(one.key, await claim(connection, target, one.key))
        const view = (product: Product, of: string) => {
          const one = product.accounts.find((each) => each.key === of)
          const groups = Object.keys(product.groups).filter((group) => one && product.groups[group]?.includes(of))
          return JSON.stringify([one, groups.map(nameKey).sort()])
        }
        const changed = [...claimants]
          .filter(([of]) => view(before, of) !== view(afterSeeing(before, after), of))
          .map(([, id]) => id)
        await observe(target, fakeTarget(after))
        expect(await marked(target)).toEqual(changed.sort())
      }),
      { numRuns },
    )
  })

  test('an observation that is interrupted anywhere changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(products, products, fc.nat(8), async (before, after, cut) => {
        const target = await newTarget()
        await observe(target, fakeTarget(before))
        const state = await stored(target)
        const pages = after.accounts.length + Object.keys(after.groups).length + 2
        const failing = observe(target, fakeTarget(after, Math.min(cut, pages - 1)))
        await expect(failing).rejects.toThrow('the product went away')
        expect(await stored(target)).toEqual(state)
      }),
      { numRuns },
    )
  })

  test('a claimed account that the listing leaves out is looked up by its key, others are not', async () => {
    const target = await newTarget()
    const connection = await seedConnection(db, `connection ${next++}`, [target])
    const all = ['here', 'gone', 'nobody'].map((one) => account(one))
    await observe(target, fakeTarget({ accounts: all, groups: { Staff: ['here', 'gone'] } }))
    await claim(connection, target, 'here')
    const goner = await claim(connection, target, 'gone')
    const truncated = fakeTarget({ accounts: [], groups: { Staff: ['here'] }, unlisted: [account('here')] })
    const summary = await observe(target, truncated, 2000)
    expect(truncated.lookedUp.sort()).toEqual(['gone', 'here'])
    expect(summary.accounts).toEqual({ added: 0, changed: 0, missing: 2, unlisted: 1 })
    expect((await stored(target)).edges).toEqual(['Staff here'])
    expect(await marked(target)).toEqual([goner])
  })

  test('an account that takes the name somebody wants marks who wants it; one that frees it marks who waited', async () => {
    const target = await newTarget()
    const connection = await seedConnection(db, `connection ${next++}`, [target])
    const wanted = {
      target_id: target,
      connection_id: connection,
      state: 'wanted',
      since: 0,
      attributes: '{}',
      revision: '',
    } as const
    await db
      .insertInto('wanted_account')
      .values({ ...wanted, identity_id: 71 as IdentityId, name: 'Ada', name_key: 'ada' as NameKey })
      .execute()
    await observe(target, fakeTarget({ accounts: [account('k', { name: 'ADA' })], groups: {} }))
    expect(await marked(target)).toEqual([71])
    await db.deleteFrom('dirty').execute()
    await db.deleteFrom('wanted_account').execute()

    const finding = await db
      .insertInto('finding')
      .values({
        target_id: target,
        connection_id: connection,
        plan_id: 1 as never,
        code: 'conflict',
        subject_kind: 'identity',
        subject_id: 72,
        subject_name: '',
        subject_name_key: '' as NameKey,
        message: '',
        remedy: '',
        since: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('contention')
      .values({ finding_id: finding.id, target_id: target, name_key: 'ada' as NameKey })
      .execute()
    await observe(target, fakeTarget({ accounts: [account('k', { name: 'renamed' })], groups: {} }))
    expect(await marked(target)).toEqual([72])
  })

  const staffOf = (...members: string[]): Product => ({
    accounts: ['a1', 'a2', 'a3'].map((one) => account(one)),
    groups: { Staff: members },
  })
  const grantAll = async (connection: ConnectionId, target: TargetId) => {
    const rows = await db
      .selectFrom('account_membership')
      .innerJoin('account', 'account.id', 'account_id')
      .select(['account_id as account', 'target_group_id as group'])
      .where('target_id', '=', target)
      .execute()
    const grants = rows.map((row) => ({ ...row, how: 'added' as const }))
    await transaction(db, (trx) => grantMemberships(trx, connection, grants, 1))
  }
  const granted = async (target: TargetId) => {
    const rows = await db
      .selectFrom('granted_membership')
      .innerJoin('account', 'account.id', 'account_id')
      .select('account_key')
      .where('target_id', '=', target)
      .orderBy('account_key')
      .execute()
    return rows.map((row) => row.account_key)
  }

  test('a membership that is no longer seen is nobody`s to take back, whoever takes it away again', async () => {
    const target = await newTarget()
    const connection = await seedConnection(db, `connection ${next++}`, [target])
    await observe(target, fakeTarget(staffOf('a1', 'a2', 'a3')))
    await grantAll(connection, target)
    await observe(target, fakeTarget(staffOf('a1', 'a3')))
    expect(await granted(target)).toEqual(['a1', 'a3'])
    await observe(target, fakeTarget(staffOf('a1', 'a2', 'a3')))
    expect(await granted(target)).toEqual(['a1', 'a3'])
  })

  test('an account that was missing for a while has the grants of those memberships that came back with it', async () => {
    const target = await newTarget()
    const connection = await seedConnection(db, `connection ${next++}`, [target])
    const both: Product = { accounts: [account('a1')], groups: { Staff: ['a1'], Team: ['a1'] } }
    await observe(target, fakeTarget(both))
    await grantAll(connection, target)
    await observe(target, fakeTarget({ accounts: [], groups: { Staff: [], Team: [] } }))
    expect(await granted(target)).toEqual(['a1', 'a1'])
    await observe(target, fakeTarget({ ...both, groups: { Staff: ['a1'], Team: [] } }))
    expect(await granted(target)).toEqual(['a1'])
    expect((await stored(target)).edges).toEqual(['Staff a1'])
  })

  test('the target is observed as of the complete observation only', async () => {
    const target = await newTarget()
    const observedAt = () =>
      db
        .selectFrom('target')
        .select('observed_at')
        .where('id', '=', target)
        .executeTakeFirst()
        .then((row) => row?.observed_at)
    const product = { accounts: [account('a')], groups: {} }
    await observe(target, fakeTarget(product, 1)).catch(() => {})
    expect(await observedAt()).toBeNull()
    await observe(target, fakeTarget(product), 4000)
    expect(await observedAt()).toBe(4000)
  })

  test('a listing that ends without saying that it is complete concludes nothing', async () => {
    const target = await newTarget()
    const opened = {
      ...fakeTarget({ accounts: [], groups: {} }),
      async *observe() {
        yield { kind: 'accounts' as const, accounts: [account('a')] }
      },
    }
    const error = await observe(target, opened as never).catch((caught) => caught)
    expect(isProblem(error, observingProblems.observation_incomplete)).toBe(true)
    expect((await stored(target)).present).toEqual([])
  })

  test('one account is observed with its groups, and says whether anything was not as stored', async () => {
    const target = await newTarget()
    await observe(
      target,
      fakeTarget({ accounts: [account('a'), account('b')], groups: { Staff: ['a', 'b'], Team: [] } }),
    )
    const now = fakeTarget({ accounts: [account('a', { active: false })], groups: { Team: ['a'], New: ['a'] } })
    const look = (by: Parameters<typeof observeAccount>[1]) =>
      observeAccount({ target, opened: now, at: 1, ...tools() }, by)
    expect(await look({ key: key('a') })).toMatchObject({ groups: ['Team', 'New'], changed: true })
    expect(await look({ name: 'a' })).toMatchObject({ changed: false })
    expect(await look({ key: key('b') })).toBeUndefined()
    expect(await look({ name: 'nobody' })).toBeUndefined()
    expect(await stored(target)).toEqual({
      present: [['a', 'a', null, 'a', 0]],
      missing: ['b'],
      groups: ['New', 'Staff', 'Team'],
      edges: ['New a', 'Staff b', 'Team a'],
    })
  })

  test('a later sign-in is stored, and looks like no change to anybody', async () => {
    const target = await newTarget()
    const connection = await seedConnection(db, `connection ${next++}`, [target])
    const seen = (lastSignInAt?: number) =>
      observe(
        target,
        fakeTarget({ accounts: [account('a', lastSignInAt === undefined ? {} : { lastSignInAt })], groups: {} }),
      )
    const last = async () =>
      (await db.selectFrom('account').select('last_sign_in_at').where('target_id', '=', target).execute())[0]
    await seen(5)
    await claim(connection, target, 'a')
    await db.deleteFrom('dirty').where('connection_id', '=', connection).execute()
    expect((await seen(7)).accounts).toEqual({ added: 0, changed: 0, missing: 0, unlisted: 0 })
    expect(await last()).toEqual({ last_sign_in_at: 7 })
    expect(await db.selectFrom('dirty').selectAll().where('connection_id', '=', connection).execute()).toEqual([])
    await seen()
    expect(await last()).toEqual({ last_sign_in_at: 7 })
  })
})
