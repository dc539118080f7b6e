import { expect, test } from 'vitest'
import { startedCrowd } from './testing/started-crowd.ts'

const users = [
  { name: 'ada', displayName: 'Ada Lovelace', email: 'ada@example.com' },
  { name: 'Eve "x" *', displayName: 'Eve Hacker', email: 'eve@example.org', active: false },
  { name: 'bob', displayName: 'Bob Lovelace', email: 'bob@example.com', attributes: { floor: ['3'] } },
]

test.each([
  ['', ['ada', 'bob', 'Eve "x" *']],
  ['active=true', ['ada', 'bob']],
  ['not active = true', ['Eve "x" *']],
  ['name = "ADA"', ['ada']],
  ['name = ada or name = bob', ['ada', 'bob']],
  ['lastName = Lovelace and not name = ada', ['bob']],
  ['lastName = Lovelace and (name = ada or name = "nobody")', ['ada']],
  ['displayName = "*love*"', ['ada', 'bob']],
  ['email = *@example.org', ['Eve "x" *']],
  ['name = "eve \\"x\\" \\*"', ['Eve "x" *']],
  ['name = "a\\*"', []],
  ['floor = 3', ['bob']],
  ['createdDate > 2001-01-01', ['ada', 'bob', 'Eve "x" *']],
  ['updatedDate < "2001-01-01T00:00:00Z"', []],
])('%s', async (restriction, names) => {
  const { send } = await startedCrowd({ users })
  const { body } = await send('GET', `/search?entity-type=user&restriction=${encodeURIComponent(restriction)}`)
  expect(body.users.map((user: { name: string }) => user.name)).toEqual(names)
})

test.each(['name', 'name =', 'name = "a', 'name = a b', '(name = a', 'name < a', 'and', '= a', 'createdDate > never'])(
  '%s is no restriction',
  async (restriction) => {
    const { send } = await startedCrowd({ users })
    const reply = await send('GET', `/search?entity-type=user&restriction=${encodeURIComponent(restriction)}`)
    expect([reply.status, reply.body.reason]).toEqual([400, 'ILLEGAL_ARGUMENT'])
  },
)

test('a list has neither total nor next page: what comes short of the asked size is the end', async () => {
  const { send } = await startedCrowd({ users: 2500 })
  const sizes = []
  for (const start of [0, 1000, 2000, 3000]) {
    const { body } = await send('GET', `/search?entity-type=user&start-index=${start}&max-results=1000`)
    sizes.push(body.users.length)
    expect(Object.keys(body)).toEqual(['expand', 'users'])
  }
  expect(sizes).toEqual([1000, 1000, 500, 0])
  expect((await send('GET', '/search?entity-type=user')).body.users).toHaveLength(1000)
  expect((await send('GET', '/search?entity-type=role')).status).toBe(400)
})

test('the server may cap pages below what was asked for', async () => {
  const { send } = await startedCrowd({ users: 25, settings: { largestPage: 10 } })
  expect((await send('GET', '/search?entity-type=user&max-results=1000')).body.users).toHaveLength(10)
})
