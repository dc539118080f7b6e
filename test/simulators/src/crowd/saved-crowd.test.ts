import { expect, test } from 'vitest'
import { createCrowd } from './create-crowd.ts'
import { loadCrowd, saveCrowd } from './saved-crowd.ts'
import { snapshotCrowd } from './snapshot-crowd.ts'

test('a Crowd outlives a restart through JSON', () => {
  const crowd = createCrowd({
    version: '2.8',
    directories: [
      { name: 'a', nestedGroups: false },
      { name: 'b', kind: 'CONNECTOR', permissions: ['addUser'] },
    ],
    applications: [{ name: 'x', password: 'y', directories: [{ name: 'b', permissions: ['addUser'] }, { name: 'a' }] }],
    users: [
      { name: 'ada', attributes: { x: ['1'] }, groups: ['inner'] },
      { name: 'ada', directory: 'b' },
    ],
    groups: [{ name: 'outer', children: ['inner'], attributes: { o: ['p'] } }],
    settings: { largestPage: 7 },
  })
  crowd.change.changeUser('ada', { email: undefined, firstName: undefined })
  crowd.change.renameUser('ada', 'countess')
  const again = loadCrowd(JSON.parse(JSON.stringify(saveCrowd(crowd))))
  expect(snapshotCrowd(again)).toEqual(snapshotCrowd(crowd))
  expect(saveCrowd(again)).toEqual(saveCrowd(crowd))
  expect(again.change.addUser({ name: 'new' }).key).toBe(crowd.change.addUser({ name: 'new' }).key)
})

test('two Crowds of one seed are equal, of two seeds are not', () => {
  const made = (seed: number) => snapshotCrowd(createCrowd({ seed, users: 200, groups: 10, memberships: 500 }))
  expect(made(7)).toEqual(made(7))
  expect(made(7)).not.toEqual(made(8))
})

test('10,000 users in 1,000 groups are made in about a second', () => {
  const before = performance.now()
  const crowd = createCrowd({ users: 10_000, groups: 1000 })
  expect(performance.now() - before).toBeLessThan(3000)
  const [directory] = crowd.directories
  const memberships = [...(directory?.groups.values() ?? [])].reduce((sum, group) => sum + group.members.size, 0)
  expect([directory?.accounts.size, directory?.groups.size, memberships]).toEqual([10_000, 1000, 100_000])
})
