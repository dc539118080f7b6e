import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endedEarly } from '../data-center/ended-early.ts'
import { startedBitbucket } from './testing/started-bitbucket.ts'

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `user${index}`, groups: ['stash-users'] }))
const names = (body: { values: { name: string }[] }) => body.values.map((user) => user.name)

describe('pages', () => {
  test('hold 25, say where the next begins, and that is not start + limit', async () => {
    const { send } = await startedBitbucket({ users: many(60) })
    const { body } = await send('GET', '/admin/users')
    expect(body).toMatchObject({ size: 25, limit: 25, start: 0, isLastPage: false })
    expect(body.nextPageStart).toBeGreaterThan(25)
    const last = (await send('GET', `/admin/users?limit=1000`)).body
    expect(last).toMatchObject({ size: 61, isLastPage: true, nextPageStart: null })
  })

  test('may end too early, and say that it was all', async () => {
    const { send, simulator } = await startedBitbucket({ users: many(60) })
    simulator.faults.add({ fault: endedEarly() })
    expect((await send('GET', '/admin/users')).body).toMatchObject({ size: 12, isLastPage: true, nextPageStart: null })
  })

  test('lower a limit above the cap', async () => {
    const { send } = await startedBitbucket({ users: many(60), settings: { pageCap: 10 } })
    expect((await send('GET', '/admin/users?limit=1000')).body).toMatchObject({ size: 10, limit: 10 })
    expect((await send('GET', '/admin/users?limit=-1')).status).toBe(400)
  })

  test('read one after the other give everybody once, whatever is hidden and however short they are', async () => {
    const { send, bitbucket } = await startedBitbucket({ users: many(40) })
    const everybody = bitbucket.people.sorted().map((user) => user.name)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        async (hiddenRows, limit, shortPages) => {
          Object.assign(bitbucket.settings, { hiddenRows, shortPages })
          const seen: string[] = []
          for (let start = 0; ; ) {
            const { body } = await send('GET', `/admin/users?limit=${limit}&start=${start}`)
            seen.push(...names(body))
            expect(body.size).toBe(body.values.length)
            if (body.isLastPage) break
            start = body.nextPageStart
          }
          expect(seen).toEqual(everybody)
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('lists of users', () => {
  test('filter by substring, so that the first hit is often somebody else', async () => {
    const users = [
      { name: 'zed', displayName: 'A. Ada' },
      { name: 'ada' },
      { name: 'bob', emailAddress: 'nevada@example.com' },
      { name: 'eve' },
    ]
    const { send } = await startedBitbucket({ users })
    expect(names((await send('GET', '/admin/users?filter=ADA')).body)).toEqual(['ada', 'bob', 'zed'])
  })

  test('of administration hold everybody, the plain one who may log in', async () => {
    const users = [
      { name: 'licensed', groups: ['stash-users'] },
      { name: 'unlicensed' },
      { name: 'inactive', active: false, groups: ['stash-users'] },
    ]
    const { send, simulator } = await startedBitbucket({ users })
    expect(names((await send('GET', '/admin/users')).body)).toEqual(['admin', 'inactive', 'licensed', 'unlicensed'])
    expect(names((await send('GET', '/users')).body)).toEqual(['admin', 'licensed'])
    expect(names((await send('GET', '/users?filter=admin&permission=ADMIN')).body)).toEqual(['admin'])
    expect(names((await send('GET', '/users?group=stash-users')).body)).toEqual(['admin', 'licensed'])
    expect((await send('GET', '/users?permission=PROJECT_ADMIN')).status).toBe(400)
    expect(simulator.violations).toEqual([])
  })
})

test('slugs replace special characters, and make way for who is called so', async () => {
  const { send, bitbucket } = await startedBitbucket({ users: [{ name: 'a/b' }, { name: 'A;B' }] })
  const slugs = async () => (await send('GET', '/admin/users')).body.values.map((user: { slug: string }) => user.slug)
  expect(await slugs()).toEqual(['a_b', 'a_b1', 'admin'])
  bitbucket.change.addUser({ name: 'a_b' })
  expect(new Set(await slugs()).size).toBe(4)
  expect((await send('GET', '/users/a_b')).body.name).toBe('a_b')
})
