import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createGroupCommit, type GroupCommit, type GroupWrite } from './group-commit.ts'
import { openStore, type Store } from './open-database.ts'
import { openTestFile } from './testing/databases.ts'
import { transaction } from './transaction.ts'

describe('a group commit', () => {
  let store: Store
  let commit: GroupCommit

  beforeEach(async () => {
    store = await openTestFile()
    commit = createGroupCommit(store)
  })
  afterEach(() => store.close())

  const put = (name: string) => (write: GroupWrite) =>
    write.run('insert into setting (name, value) values (?, ?)', name, 'x').lastId
  const stored = () => {
    const second = openStore(store.path)
    const names = second.raw.prepare<[], { name: string }>('select name from setting order by name').all()
    return second.close().then(() => names.map(({ name }) => name))
  }

  test('is durable when its promises resolve, and all that came in one turn is one transaction', async () => {
    let begun = 0
    const counting = createGroupCommit({
      ...store,
      raw: new Proxy(store.raw, {
        get: (raw, key) => {
          const value = Reflect.get(raw, key)
          if (key !== 'prepare') return typeof value === 'function' ? value.bind(raw) : value
          return (text: string) => {
            const statement = raw.prepare(text)
            if (!text.startsWith('begin')) return statement
            return { run: () => ++begun && statement.run() }
          }
        },
      }),
    })
    await Promise.all(['a', 'b', 'c'].map((name) => counting.write(put(name))))
    expect(begun).toBe(1)
    expect(await stored()).toEqual(['a', 'b', 'c'])
  })

  test('one that throws undoes its own writes and nobody else’s', async () => {
    const failing = (write: GroupWrite) => {
      put('lost')(write)
      throw new Error('no')
    }
    const outcomes = await Promise.allSettled([
      commit.write(put('a')),
      commit.write(failing),
      commit.write(put('a')),
      commit.write(put('b')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(await stored()).toEqual(['a', 'b'])
  })

  test('what was submitted and not committed when the process ends is not there', async () => {
    const path = store.path
    const pending = commit.write(put('never'))
    store.raw.close()
    await expect(pending).rejects.toThrow()
    const again = openStore(path)
    expect(again.raw.prepare('select count(*) as n from setting').get()).toEqual({ n: 0 })
    await again.close()
  })

  test('nothing of a group is kept when its commit fails, and the next group is not harmed', async () => {
    store.raw.exec('create table parent (id integer primary key)')
    store.raw.exec('create table child (parent integer references parent(id) deferrable initially deferred)')
    const orphan = (write: GroupWrite) => write.run('insert into child (parent) values (1)')
    const outcomes = await Promise.allSettled([commit.write(put('a')), commit.write(orphan)])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await commit.write(put('b'))
    expect(await stored()).toEqual(['b'])
  })

  test('marks of one write carry one number, and those of the next a larger one', async () => {
    const twice = (write: GroupWrite) => [write.markSequence(), write.markSequence()]
    const failing = (write: GroupWrite) => {
      write.markSequence()
      throw new Error('no')
    }
    const [first, , second] = await Promise.allSettled([
      commit.write(twice),
      commit.write(failing),
      commit.write(twice),
    ])
    expect(first).toEqual({ status: 'fulfilled', value: [1, 1] })
    expect(second).toEqual({ status: 'fulfilled', value: [2, 2] })
  })

  test('lives beside transactions that are open over awaits, and waits no longer than they last', async () => {
    const waits: number[] = []
    let writing = true
    const insert = async (name: string) => {
      const started = performance.now()
      await commit.write(put(name))
      waits.push(performance.now() - started)
    }
    const lengths: number[] = []
    const slow = async (name: string) => {
      const started = performance.now()
      await transaction(store.db, async (trx) => {
        for (let step = 0; step < 5; step++) {
          await trx
            .insertInto('setting')
            .values({ name: `${name} ${step}`, value: '' })
            .execute()
          await new Promise((resolve) => setTimeout(resolve, 2))
        }
      })
      lengths.push(performance.now() - started)
    }
    const transactions = (async () => {
      for (let round = 0; round < 20; round++) await Promise.all([slow(`t${round}`), slow(`v${round}`)])
      writing = false
    })()
    const pushes: Promise<void>[] = []
    for (let number = 0; writing; number++) {
      pushes.push(insert(`p${number}`))
      if (number % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await transactions
    await Promise.all(pushes)
    const names = await stored()
    expect(names.length).toBe(200 + pushes.length)
    expect(pushes.length).toBeGreaterThan(50)
    // The transaction that is open and the one that queues: what each took includes its own waiting.
    expect(Math.max(...waits)).toBeLessThan(3 * Math.max(...lengths))
  })

  test('a transaction that fails leaves the connection to the group behind it', async () => {
    const failing = transaction(store.db, async (trx) => {
      await trx.insertInto('setting').values({ name: 'gone', value: '' }).execute()
      await new Promise((resolve) => setTimeout(resolve, 5))
      throw new Error('no')
    })
    const refused = expect(failing).rejects.toThrow('no')
    await new Promise((resolve) => setTimeout(resolve, 2))
    expect(store.raw.inTransaction).toBe(true)
    await commit.write(put('kept'))
    await refused
    expect(await stored()).toEqual(['kept'])
  })

  test('a long queue gives the event loop back in between', async () => {
    const busy = (write: GroupWrite) => {
      const until = performance.now() + 6
      while (performance.now() < until) put(`${performance.now()} ${Math.random()}`)(write)
    }
    let turns = 0
    const counting = setInterval(() => turns++, 1)
    await Promise.all(Array.from({ length: 12 }, () => commit.write(busy)))
    clearInterval(counting)
    expect(turns).toBeGreaterThanOrEqual(2)
  })

  test('settled waits for what was submitted before', async () => {
    let done = false
    void commit.write(put('a')).then(() => {
      done = true
    })
    await commit.settled()
    await Promise.resolve()
    expect(done).toBe(true)
    await commit.settled()
  })
})
