import { describe, expect, test } from 'vitest'
import { startedJira } from './testing/started-jira.ts'

describe('lists of users', () => {
  const people = Array.from({ length: 250 }, (_, index) => ({ name: `user${index}`, active: index % 10 !== 0 }))

  test('search pages on in 9.12 and ends after 100 matches since 10', async () => {
    for (const [version, found] of [
      ['9.12', 251],
      ['10.3-early', 100],
      ['11', 100],
    ] as const) {
      const { send } = await startedJira({ version, users: people })
      const first = await send('GET', '/user/search?username=.&includeInactive=true&maxResults=1000')
      expect(first.body).toHaveLength(found)
      const late = await send('GET', '/user/search?username=.&includeInactive=true&startAt=98&maxResults=20')
      expect(late.body).toHaveLength(version === '9.12' ? 20 : 2)
    }
  })

  test('search leaves inactive users out and gives 50 unless asked otherwise', async () => {
    const { send } = await startedJira({ users: people })
    const { body } = await send('GET', '/user/search?username=user')
    expect(body).toHaveLength(50)
    expect(body.every((user: { active: boolean }) => user.active)).toBe(true)
    expect((await send('GET', '/user/search')).status).toBe(400)
  })

  test('user/list walks over everybody by cursor, and is absent in older releases', async () => {
    const { send } = await startedJira({ users: people })
    const names: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await send('GET', `/user/list?maxResults=100${cursor}`)
      names.push(...body.values.map((user: { name: string }) => user.name))
      if (body.isLast) break
      expect(body.nextCursor).toBeTypeOf('string')
      cursor = `&cursor=${body.nextCursor}`
    }
    expect(new Set(names).size).toBe(251)
    expect((await send('GET', '/user/list?cursor=99999')).body).toMatchObject({ isLast: true, values: [] })
    const old = await startedJira({ version: '10.3-early' })
    expect((await old.send('GET', '/user/list')).status).toBe(404)
    expect(old.simulator.violations).toEqual([])
  })
})
