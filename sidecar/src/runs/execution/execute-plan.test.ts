import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountId, AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { createExecutionBench, type ExecutionBench, operations as op } from './testing/execution-bench.ts'
import { targetError } from './testing/fake-target.ts'

describe.each(testDatabases)('executing a plan on $name', ({ open }) => {
  let bench: ExecutionBench
  const opened: { close(): Promise<void> }[] = []
  const newBench = async (options: { concurrency?: number } = {}) => {
    const database = await open()
    opened.push(database)
    return createExecutionBench({ ...options, db: database.db })
  }
  beforeEach(async () => {
    bench = await newBench()
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((database) => database.close()))
  })

  test('creates a person with memberships in the order of the plan, and stores account, claim and grants', async () => {
    const identity = await bench.addPerson('ada')
    const unborn = { id: undefined, name: 'ada' }
    const group = { id: undefined, name: 'engineers' }
    const plan = await bench.addPlan([
      { operation: op.group('createGroup', 'engineers') },
      { operation: op.create(identity, 'ada') },
      { operation: op.add(identity, unborn, group), after: [0] },
    ])
    expect(await bench.execute(plan)).toEqual({ kind: 'finished', status: 'applied' })
    expect(bench.fake.writes()).toEqual(['createGroup engineers', 'createAccount ada', 'addMember ada'])
    expect(await bench.claims()).toMatchObject([{ identity_id: identity, how: 'created', initial_groups_due: 0 }])
    expect(await bench.grants()).toMatchObject([{ how: 'added', connection_id: bench.connection }])
    expect(await bench.marks()).toEqual([])
    expect(await bench.planStatus(plan)).toBe('applied')
  })

  test('ties a group that it creates to its source group, as created by us', async () => {
    const plan = await bench.addPlan([
      {
        operation: { kind: 'createGroup', sourceGroup: 7 as never, group: { id: undefined, name: 'ops' }, reasons: [] },
      },
    ])
    await bench.execute(plan)
    const bindings = await bench.db.selectFrom('group_binding').selectAll().execute()
    expect(bindings).toMatchObject([{ source_group_id: 7, created_by_us: 1, unbound_at: null }])
  })

  test('never sends two operations of one person at once, nor more than the target takes', async () => {
    const groups = await Promise.all(['a', 'b', 'c', 'd'].map((name) => bench.addGroup(name)))
    const plan = []
    for (let n = 0; n < 40; n += 1) {
      const { identity, account } = await bench.addMember(`person${n}`)
      plan.push(...groups.map((group) => ({ operation: op.add(identity, account, group) })))
    }
    bench.fake.state.latencyMs = 2
    const id = await bench.addPlan(plan)
    expect(await bench.execute(id)).toEqual({ kind: 'finished', status: 'applied' })
    expect(bench.fake.writes()).toHaveLength(160)
    expect(bench.fake.state.mostUnderWay).toBeGreaterThan(4)
    expect(bench.fake.state.mostUnderWay).toBeLessThanOrEqual(16)
  })

  test('has at most four windows of requests in doubt at any time', async () => {
    const bench = await newBench({ concurrency: 2 })
    const inDoubt: number[] = []
    const plan = []
    const group = await bench.addGroup('a')
    for (let n = 0; n < 30; n += 1) {
      const { identity, account } = await bench.addMember(`person${n}`)
      plan.push({ operation: op.add(identity, account, group) })
    }
    const id = await bench.addPlan(plan)
    const watching = setInterval(async () => {
      const rows = await bench.db.selectFrom('operation').select('id').where('status', '=', 'sent').execute()
      inDoubt.push(rows.length)
    }, 1)
    await bench.execute(id)
    clearInterval(watching)
    expect(Math.max(...inDoubt)).toBeLessThanOrEqual(8)
    expect(Math.max(...inDoubt)).toBeGreaterThan(2)
  })

  test('memberships of a group take one place among the requests where the target adds them together', async () => {
    const bench = await newBench({ concurrency: 1 })
    const [one, other] = [await bench.addGroup('one'), await bench.addGroup('other')]
    const plan = []
    for (let n = 0; n < 3; n += 1) {
      const { identity, account } = await bench.addMember(`person${n}`)
      plan.push({ operation: op.add(identity, account, n < 2 ? one : other) })
    }
    const id = await bench.addPlan(plan)
    Object.assign(bench.fake.target, { addsTogether: true })
    expect(await bench.execute(id)).toEqual({ kind: 'finished', status: 'applied' })
    expect(bench.fake.state.mostUnderWay).toBe(2)
    expect(bench.fake.writes()).toHaveLength(3)
  })

  test('swaps two names through a temporary one', async () => {
    const a = await bench.addMember('ann')
    const b = await bench.addMember('bob')
    const plan = await bench.addPlan([
      { operation: op.rename(a.identity, a.account, 'ann', 'ann-swap', true) },
      { operation: op.rename(b.identity, b.account, 'bob', 'ann'), after: [0] },
      { operation: op.rename(a.identity, a.account, 'ann-swap', 'bob'), after: [10] },
    ])
    expect(await bench.execute(plan)).toEqual({ kind: 'finished', status: 'applied' })
    expect(bench.fake.accounts.get(a.key)?.name).toBe('bob')
    expect(bench.fake.accounts.get(b.key)?.name).toBe('ann')
  })

  test('drops what was planned for a person who changed since, and keeps them marked', async () => {
    const { identity, account } = await bench.addMember('ann')
    const plan = await bench.addPlan([{ operation: op.about('deactivateUser', identity, account) }])
    await bench.mark(identity)
    expect(await bench.execute(plan)).toEqual({ kind: 'finished', status: 'partial' })
    expect(await bench.statuses(plan)).toEqual(['superseded'])
    expect(bench.fake.calls).toEqual([])
    expect(await bench.marks()).toMatchObject([{ subject_id: identity, not_before: null }])
  })

  test('a mark that is due only later does not supersede', async () => {
    const { identity, account } = await bench.addMember('ann')
    const plan = await bench.addPlan([{ operation: op.update(identity, account, 'ann', 'Ann') }])
    await bench.mark(identity)
    await bench.db
      .updateTable('dirty')
      .set({ not_before: bench.clock.now() + 1_000_000 })
      .execute()
    await bench.execute(plan)
    expect(await bench.statuses(plan)).toEqual(['applied'])
  })

  test('drops what was planned for another revision of the wanted account', async () => {
    const { identity, account } = await bench.addMember('ann')
    const plan = await bench.addPlan([{ operation: op.update(identity, account, 'ann', 'Ann'), revision: 'r0' }])
    await bench.execute(plan)
    expect(await bench.codes(plan)).toEqual(['revision_moved'])
  })

  test('refuses a deactivation of an account that was renamed in the product meanwhile, and says what differs', async () => {
    const { identity, account, key } = await bench.addMember('ann')
    const plan = await bench.addPlan([{ operation: op.about('deactivateUser', identity, account) }])
    const renamed = bench.fake.accounts.get(key)
    if (renamed) renamed.name = 'somebody.else'
    await bench.execute(plan)
    const [row] = await bench.db.selectFrom('operation').selectAll().execute()
    expect(row).toMatchObject({ status: 'refused', outcome_code: 'changed_before' })
    expect(row?.outcome_message).toContain('user name')
    expect(bench.fake.writes()).toEqual([])
    const stored = await bench.db.selectFrom('account').select('name').executeTakeFirst()
    expect(stored?.name).toBe('somebody.else')
    expect((await bench.marks())[0]?.not_before).toBeGreaterThan(bench.clock.now())
  })

  test('does not create a second account of a name that somebody made meanwhile', async () => {
    const identity = await bench.addPerson('ada')
    bench.fake.addAccount('ADA')
    const plan = await bench.addPlan([{ operation: op.create(identity, 'ada') }])
    await bench.execute(plan)
    expect(await bench.codes(plan)).toEqual(['name_taken'])
    expect(await bench.claims()).toEqual([])
    expect(await bench.db.selectFrom('account').select('name').execute()).toEqual([{ name: 'ADA' }])
  })

  test('does not take an account from its owner when the product gives it for a new one', async () => {
    const bob = await bench.addMember('bob')
    const ada = await bench.addPerson('ada')
    const given = bench.fake.byName('bob')
    if (given) bench.fake.target.createAccount = async () => ({ ...given })
    await bench.execute(await bench.addPlan([{ operation: op.create(ada, 'ada') }]))
    expect((await bench.claims()).map(({ identity_id }) => identity_id)).toEqual([bob.identity])
    expect((await bench.marks()).map(({ subject_id }) => subject_id)).toContain(ada)
  })

  test('skips the rest of a person whose creation failed, and nobody else', async () => {
    const failing = await bench.addPerson('ada')
    const other = await bench.addMember('bob')
    const group = await bench.addGroup('g')
    bench.fake.state.before = ({ method }) => {
      if (method === 'createAccount') throw targetError('refused', 'No.')
    }
    const plan = await bench.addPlan([
      { operation: op.create(failing, 'ada') },
      { operation: op.add(failing, { id: undefined, name: 'ada' }, group) },
      { operation: op.add(other.identity, other.account, group) },
    ])
    expect(await bench.execute(plan)).toEqual({ kind: 'finished', status: 'partial' })
    expect(await bench.statuses(plan)).toEqual(['failed', 'skipped', 'applied'])
    expect(await bench.findings()).toMatchObject([{ code: 'targetRefused', subject_id: failing, message: 'No.' }])
  })

  test('goes on with the other operations of a person when one fails that nothing depends on', async () => {
    const { identity, account } = await bench.addMember('ann')
    const [good, bad] = [await bench.addGroup('good'), { ...(await bench.addGroup('bad')) }]
    bench.fake.groups.delete('bad')
    const plan = await bench.addPlan([
      { operation: op.add(identity, account, bad) },
      { operation: op.add(identity, account, good) },
    ])
    await bench.execute(plan)
    expect(await bench.statuses(plan)).toEqual(['failed', 'applied'])
    expect(await bench.marks()).toMatchObject([{ subject_id: identity, attempts: 1 }])
  })

  test('skips what comes after an operation that failed', async () => {
    const a = await bench.addMember('ann')
    const b = await bench.addMember('bob')
    bench.fake.state.before = ({ method, about }) => {
      if (method === 'renameAccount' && about === 'ann') throw targetError('refused')
    }
    const plan = await bench.addPlan([
      { operation: op.rename(a.identity, a.account, 'ann', 'anna') },
      { operation: op.rename(b.identity, b.account, 'bob', 'ann'), after: [0] },
    ])
    await bench.execute(plan)
    expect(await bench.statuses(plan)).toEqual(['failed', 'skipped'])
  })

  test('does not send what comes after a held operation', async () => {
    const a = await bench.addMember('ann')
    const b = await bench.addPerson('new')
    const plan = await bench.addPlan([
      { operation: op.deletion(a.identity, a.account), heldBy: 'accounts' },
      { operation: op.create(b, 'ann'), after: [0] },
    ])
    expect(await bench.execute(plan)).toEqual({ kind: 'finished', status: 'held' })
    expect(await bench.statuses(plan)).toEqual(['held', 'skipped'])
    expect(bench.fake.calls).toEqual([])
  })

  test('asks only once for what the target denies to everybody', async () => {
    const bench = await newBench({ concurrency: 1 })
    const people = await Promise.all(['a', 'b', 'c'].map((name) => bench.addMember(name)))
    bench.fake.state.before = ({ method }) => {
      if (method === 'updateAccount') throw targetError('denied', 'The directory is read-only.')
    }
    const plan = await bench.addPlan(
      people.map(({ identity, account }) => ({ operation: op.update(identity, account, account.name, 'New') })),
    )
    await bench.execute(plan)
    expect(await bench.statuses(plan)).toEqual(['failed', 'failed', 'failed'])
    expect(bench.fake.writes()).toHaveLength(1)
    expect(await bench.findings()).toHaveLength(3)
  })

  test('stops when the target does not answer: nothing more is sent, the rest is dropped and stays marked', async () => {
    const bench = await newBench({ concurrency: 1 })
    const group = await bench.addGroup('g')
    const people = []
    for (let n = 0; n < 20; n += 1) people.push(await bench.addMember(`p${n}`))
    bench.fake.state.before = ({ about }) => {
      if (about === 'p3') throw targetError('unavailable', 'Down.')
    }
    const plan = await bench.addPlan(
      people.map(({ identity, account }) => ({ operation: op.add(identity, account, group) })),
    )
    expect(await bench.execute(plan)).toMatchObject({ kind: 'failed', problem: { message: 'Down.' } })
    expect((await bench.statuses(plan)).slice(0, 6)).toEqual([
      'applied',
      'applied',
      'applied',
      'sent',
      'dropped',
      'dropped',
    ])
    expect(bench.fake.writes()).toHaveLength(4)
    expect(await bench.marks()).toHaveLength(17)
  })

  test('reads back what is in doubt before going on: done is claimed, not done is dropped', async () => {
    const done = await bench.addPerson('done')
    const undone = await bench.addPerson('undone')
    bench.fake.state.after = ({ about, method }) => {
      if (method === 'createAccount' && about === 'done') throw targetError('unavailable')
    }
    bench.fake.state.before = ({ about, method }) => {
      if (method === 'createAccount' && about === 'undone') throw targetError('unavailable')
    }
    const plan = await bench.addPlan([
      { operation: op.create(done, 'done') },
      { operation: op.create(undone, 'undone') },
    ])
    await bench.execute(plan)
    expect(await bench.statuses(plan)).toEqual(['sent', 'sent'])
    await bench.executor.settleInDoubt(bench.fake.target, new AbortController().signal)
    expect(await bench.statuses(plan)).toEqual(['applied', 'dropped'])
    expect(await bench.claims()).toMatchObject([{ identity_id: done }])
    expect(await bench.marks()).toMatchObject([{ subject_id: undone }])
  })

  test('an account that differs from what was sent is a stranger, also after a crash', async () => {
    const identity = await bench.addPerson('ada')
    const plan = await bench.addPlan([{ operation: op.create(identity, 'ada') }])
    await bench.db.updateTable('operation').set({ status: 'sent' }).execute()
    bench.fake.addAccount('ada', { displayName: 'Another Ada' })
    await bench.executor.settleInDoubt(bench.fake.target, new AbortController().signal)
    expect(await bench.codes(plan)).toEqual(['name_taken'])
    expect(await bench.claims()).toEqual([])
  })

  test('waits longer after every failure, and says so after 28 days', async () => {
    const { identity, account } = await bench.addMember('ann')
    bench.fake.state.before = ({ method }) => {
      if (method === 'updateAccount') throw targetError('refused', 'Never.')
    }
    const waits: number[] = []
    for (let attempt = 0; attempt < 11; attempt += 1) {
      const plan = await bench.addPlan([{ operation: op.update(identity, account, 'ann', 'Ann') }])
      const at = bench.clock.now()
      await bench.execute(plan)
      waits.push(Math.round(((await bench.marks())[0]?.not_before ?? 0) - at) / 60_000)
    }
    expect(waits.map(Math.round)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360])
    expect(await bench.findings()).toHaveLength(1)
    bench.clock.move(29 * 24 * 3_600_000)
    await bench.execute(await bench.addPlan([{ operation: op.update(identity, account, 'ann', 'Ann') }]))
    expect((await bench.findings()).map(({ code }) => code).sort()).toEqual(['retriesExhausted', 'targetRefused'])
    bench.fake.state.before = () => {}
    await bench.execute(await bench.addPlan([{ operation: op.update(identity, account, 'ann', 'Ann') }]))
    expect(await bench.findings()).toEqual([])
    expect(await bench.marks()).toEqual([])
  })

  test('cancelling lets requests under way finish and sends nothing more', async () => {
    const bench = await newBench({ concurrency: 2 })
    const group = await bench.addGroup('g')
    const people = []
    for (let n = 0; n < 30; n += 1) people.push(await bench.addMember(`p${n}`))
    const cancel = new AbortController()
    bench.fake.state.latencyMs = 5
    bench.fake.state.before = ({ about }) => {
      if (about === 'p5') cancel.abort()
    }
    const plan = await bench.addPlan(
      people.map(({ identity, account }) => ({ operation: op.add(identity, account, group) })),
    )
    expect(await bench.execute(plan, { signal: cancel.signal })).toEqual({ kind: 'stopped', why: 'cancelled' })
    const statuses = await bench.statuses(plan)
    const sent = bench.fake.writes().length
    expect(statuses.filter((status) => status === 'applied')).toHaveLength(sent)
    expect(statuses.filter((status) => status === 'dropped')).toHaveLength(30 - sent)
    expect(sent).toBeLessThan(9)
  })

  test('a pause of the target takes effect while a plan is executed', async () => {
    const bench = await newBench({ concurrency: 1 })
    const group = await bench.addGroup('g')
    const people = []
    for (let n = 0; n < 30; n += 1) people.push(await bench.addMember(`p${n}`))
    bench.fake.state.before = ({ about }) => {
      if (about === 'p2') void bench.db.updateTable('target').set({ paused: 1 }).execute()
    }
    const plan = await bench.addPlan(
      people.map(({ identity, account }) => ({ operation: op.add(identity, account, group) })),
    )
    expect(await bench.execute(plan)).toEqual({ kind: 'stopped', why: 'targetPaused' })
    expect(bench.fake.writes().length).toBeLessThan(20)
  })

  test('never touches protected accounts, our own account, or an account that is not claimed', async () => {
    const admin = await bench.addMember('admin')
    const own = await bench.addMember('rollcall', { key: 'key-rollcall' as AccountKey })
    const ann = await bench.addMember('ann')
    const stranger = await bench.addPerson('stranger')
    const strangers = await bench.know(bench.fake.addAccount('stranger'))
    const administrators = await bench.addGroup('jira-administrators')
    const plan = await bench.addPlan([
      { operation: op.about('deactivateUser', admin.identity, admin.account) },
      { operation: op.about('deactivateUser', own.identity, own.account) },
      { operation: op.add(ann.identity, ann.account, administrators) },
      { operation: op.about('deactivateUser', stranger, { id: strangers as AccountId, name: 'stranger' }) },
    ])
    await bench.execute(plan)
    expect(await bench.codes(plan)).toEqual(['protected_account', 'own_account', 'protected_group', 'not_claimed'])
    expect(bench.fake.writes()).toEqual([])
  })

  test('a deactivation and its return are remembered as ours', async () => {
    const { identity, account } = await bench.addMember('ann')
    await bench.execute(await bench.addPlan([{ operation: op.about('deactivateUser', identity, account) }]))
    expect(await bench.claims()).toMatchObject([{ deactivated_by_us: 1 }])
    await bench.mark(identity)
    await bench.execute(await bench.addPlan([{ operation: op.about('activateUser', identity, account) }]))
    expect(await bench.claims()).toMatchObject([{ deactivated_by_us: 0 }])
    expect(bench.fake.byName('ann')?.active).toBe(true)
  })

  test('adopting and releasing write nothing to the target', async () => {
    const identity = await bench.addPerson('ann')
    const group = await bench.addGroup('g')
    const seen = bench.fake.addAccount('ann')
    const id = await bench.know(seen)
    const account = { id, name: 'ann' }
    const before = { name: 'ann', email: 'ann@example.org', displayName: 'ann', active: true }
    const plan = await bench.addPlan([
      { operation: { kind: 'adoptAccount', identity, account, before, reasons: [] } },
      { operation: { kind: 'adoptMemberships', identity, account, groups: [group], reasons: [] } },
    ])
    expect(await bench.execute(plan)).toEqual({ kind: 'finished', status: 'applied' })
    expect(await bench.grants()).toMatchObject([{ account_id: id, how: 'adopted' }])
    await bench.mark(identity)
    await bench.execute(await bench.addPlan([{ operation: op.about('releaseAccount', identity, account) }]))
    expect([await bench.claims(), await bench.grants(), bench.fake.calls]).toEqual([[], [], []])
  })

  test('a deleted account frees its name for whoever has a conflict about it', async () => {
    const { identity, account } = await bench.addMember('ann')
    const waiting = await bench.addPerson('ann2')
    const plan = await bench.addPlan([{ operation: op.deletion(identity, account) }])
    await bench.db.deleteFrom('dirty').execute()
    const { id } = await bench.db
      .insertInto('finding')
      .values({
        target_id: bench.target,
        connection_id: bench.connection,
        plan_id: plan,
        code: 'conflict',
        subject_kind: 'identity',
        subject_id: waiting,
        subject_name: 'ann2',
        subject_name_key: nameKey('ann2'),
        message: '',
        remedy: '',
        since: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await bench.db
      .insertInto('contention')
      .values({ finding_id: id, target_id: bench.target, name_key: nameKey('ann') })
      .execute()
    await bench.execute(plan)
    expect(await bench.marks()).toMatchObject([{ subject_id: waiting, reason: 'nameFreed' }])
    expect(await bench.db.selectFrom('account').selectAll().execute()).toEqual([])
  })

  test('two plans of one target never write one account at the same time', async () => {
    const group = await bench.addGroup('g')
    const people = []
    for (let n = 0; n < 10; n += 1) people.push(await bench.addMember(`p${n}`))
    bench.fake.state.latencyMs = 3
    const first = await bench.addPlan(
      people.map(({ identity, account }) => ({ operation: op.add(identity, account, group) })),
    )
    const second = await bench.addPlan(
      people.map(({ identity, account }) => ({ operation: op.update(identity, account, account.name, 'New') })),
    )
    const results = await Promise.all([bench.execute(first), bench.execute(second)])
    expect(results).toEqual([
      { kind: 'finished', status: 'applied' },
      { kind: 'finished', status: 'applied' },
    ])
  })

  test('where the product cannot tell an address, the one that we wrote stays known', async () => {
    const identity = await bench.addPerson('ada')
    const create = bench.fake.target.createAccount
    Object.assign(bench.fake.target, {
      createAccount: async (...args: Parameters<typeof create>) => ({ ...(await create(...args)), email: undefined }),
    })
    await bench.execute(await bench.addPlan([{ operation: op.create(identity, 'ada') }]))
    const stored = () => bench.db.selectFrom('account').select(['email', 'email_key']).execute()
    expect(await stored()).toEqual([{ email: 'ada@example.org', email_key: 'ada@example.org' }])
    const [seen] = bench.fake.accounts.values()
    if (seen === undefined) throw new Error('nothing was created')
    await bench.know({ ...seen, email: undefined })
    expect(await stored()).toEqual([{ email: 'ada@example.org', email_key: 'ada@example.org' }])
  })

  test('an account that is found by its address and shows neither name nor address is remembered with it', async () => {
    const identity = await bench.addPerson('ada@example.org')
    const hidden = bench.fake.addAccount('ada@example.org')
    Object.assign(bench.fake.target, {
      findAccount: async () => ({ ...hidden, name: String(hidden.key), email: undefined }),
    })
    const create = op.create(identity, 'ada@example.org')
    const after = { name: 'ada@example.org', email: 'ada@example.org', displayName: 'Ada' }
    const plan = await bench.addPlan([{ operation: { ...create, after } as typeof create }])
    await bench.execute(plan)
    expect(await bench.codes(plan)).toEqual(['name_taken'])
    expect(await bench.db.selectFrom('account').select(['name', 'email']).execute()).toEqual([
      { name: String(hidden.key), email: 'ada@example.org' },
    ])
  })
})
