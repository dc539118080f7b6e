import { expect, test } from 'vitest'
import { snapshotPeople } from '../data-center/snapshot-people.ts'
import { createJira } from '../jira/create-jira.ts'
import { createCrowd } from './create-crowd.ts'
import { synchronize } from './synchronize.ts'

const directories = [{ name: 'Crowd', kind: 'CROWD', permission: 'readOnly' }, { name: 'Internal' }] as const

function both() {
  const crowd = createCrowd({
    users: [
      { name: 'Ada', groups: ['Engineers', 'jira-administrators'] },
      { name: 'bob', active: false },
    ],
    groups: [{ name: 'All', children: ['Engineers'] }],
  })
  const product = createJira({ directories, users: [{ name: 'local', directory: 'Internal', groups: ['Engineers'] }] })
  synchronize(crowd, product)
  return { crowd, product }
}

const membersOf = (product: ReturnType<typeof createJira>, name: string) =>
  snapshotPeople(product).groups.find((group) => group.name === name)?.members

test('brings the people, groups, memberships and nesting of Crowd, beside those of other directories', () => {
  const { product } = both()
  expect(product.change.user('ada').directory.name).toBe('Crowd')
  expect(product.change.user('bob').active).toBe(false)
  expect(membersOf(product, 'Engineers')).toEqual(['ada', 'local'])
  expect(membersOf(product, 'jira-administrators')).toEqual(['ada', 'admin'])
  expect(snapshotPeople(product).groups.find((group) => group.name === 'All')?.subgroups).toEqual(['Engineers'])
})

test('follows renames, changes, departures and lost memberships, and does nothing the second time', () => {
  const { crowd, product } = both()
  const { key } = product.change.user('ada')
  crowd.change.renameUser('ada', 'bob.x')
  crowd.change.renameUser('bob', 'ada')
  crowd.change.changeUser('bob.x', { email: 'new@example.com', active: false })
  crowd.change.leave('Engineers', 'bob.x')
  crowd.change.removeGroup('All')
  synchronize(crowd, product)
  expect(product.change.user('bob.x')).toMatchObject({ key, emailAddress: 'new@example.com', active: false })
  expect(membersOf(product, 'Engineers')).toEqual(['local'])
  expect(product.groups.find('All')).toBeUndefined()
  crowd.change.removeUser('ada')
  synchronize(crowd, product)
  expect([product.people.find('ada'), product.people.find('admin')?.name]).toEqual([undefined, 'admin'])
  const before = snapshotPeople(product)
  synchronize(crowd, product)
  expect(snapshotPeople(product)).toEqual(before)
})

test('two users can swap names between two synchronizations', () => {
  const { crowd, product } = both()
  const keys = [product.change.user('ada').key, product.change.user('bob').key]
  crowd.change.renameUser('ada', 'between')
  crowd.change.renameUser('bob', 'ada')
  crowd.change.renameUser('between', 'bob')
  synchronize(crowd, product)
  expect([product.change.user('bob').key, product.change.user('ada').key]).toEqual(keys)
})
