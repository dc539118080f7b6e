import { expect, test } from 'vitest'
import { admin, createJira } from './create-jira.ts'
import { loadJira, saveJira } from './saved-jira.ts'
import { snapshotState } from './snapshot-state.ts'

const restarted = (jira: ReturnType<typeof createJira>) => loadJira(JSON.parse(JSON.stringify(saveJira(jira))))

test('a Jira outlives a restart through JSON', () => {
  const jira = createJira({
    version: '9.12',
    directories: [{ name: 'Internal' }, { name: 'LDAP', kind: 'CONNECTOR', permission: 'readOnly' }],
    roles: [{ key: 'jira-software', seats: 5 }],
    users: [
      { name: 'ada', groups: ['inner'] },
      { name: 'ada', directory: 'LDAP', displayName: 'Ada of LDAP' },
    ],
    groups: [{ name: 'outer', subgroups: ['inner'], usedInRestrictions: true }],
    projects: [{ key: 'ENG', lead: 'ada', browsers: ['ada'], components: [{ name: 'core', lead: 'ada' }] }],
  })
  jira.change.renameUser('admin', 'root')
  jira.change.user('ada').properties = new Map([['colour', '"blue"']])
  const again = restarted(jira)
  expect(snapshotState(again)).toEqual(snapshotState(jira))
  expect(saveJira(again)).toEqual(saveJira(jira))
  expect(again.access.token(admin.token)?.user.name).toBe('root')
  expect(again.change.addUser({ name: 'new' }).key).toBe(jira.change.addUser({ name: 'new' }).key)
})

test('two Jiras of one seed are equal, of two seeds are not', () => {
  const made = (seed: number) => snapshotState(createJira({ seed, users: 200, groups: 10, memberships: 500 }))
  expect(made(7)).toEqual(made(7))
  expect(made(7)).not.toEqual(made(8))
})

test('a snapshot does not show the order in which a Jira was made', () => {
  const one = createJira({
    users: [
      { name: 'a', groups: ['g', 'h'] },
      { name: 'b', groups: ['g'] },
    ],
  })
  const other = createJira({ users: [{ name: 'b' }, { name: 'a', groups: ['h', 'g'] }] })
  other.change.join('g', 'b')
  expect(snapshotState(one)).toEqual(snapshotState(other))
})

test('a made-up Jira has exactly the size that was asked for', () => {
  const { users, groups } = snapshotState(createJira({ users: 1000, groups: 50, memberships: 4000 }))
  expect(users).toHaveLength(1001)
  const made = groups.filter((group) => group.name.includes(' team '))
  expect(made).toHaveLength(50)
  expect(made.reduce((sum, group) => sum + group.members.length, 0)).toBe(4000)
})
