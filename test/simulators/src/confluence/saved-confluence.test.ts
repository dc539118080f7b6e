import { expect, test } from 'vitest'
import { createConfluence } from './create-confluence.ts'
import { loadConfluence, saveConfluence } from './saved-confluence.ts'
import { snapshotState } from './snapshot-state.ts'

test('a Confluence outlives a restart through JSON', () => {
  const confluence = createConfluence({
    version: '10',
    directories: [{ name: 'Internal' }, { name: 'LDAP', kind: 'CONNECTOR', permission: 'readOnly' }],
    settings: { seats: 7 },
    users: [
      { name: 'Ada', groups: ['inner'], password: 'x' },
      { name: 'bob', directory: 'LDAP', active: false },
    ],
    groups: [
      { name: 'outer', subgroups: ['inner'] },
      { name: 'of ldap', directory: 'LDAP' },
    ],
    tokens: [{ token: 't', user: 'ada', expiresAt: 5 }],
  })
  confluence.permissions.setUser(confluence.change.user('ada').key, ['application/use'])
  const again = loadConfluence(JSON.parse(JSON.stringify(saveConfluence(confluence))))
  expect(snapshotState(again)).toEqual(snapshotState(confluence))
  expect(saveConfluence(again)).toEqual(saveConfluence(confluence))
  expect(again.mayUse(again.change.user('ada'))).toBe(true)
  expect(again.change.group('of ldap').directory?.name).toBe('LDAP')
  expect(again.change.addUser({ name: 'new' }).key).toBe(confluence.change.addUser({ name: 'new' }).key)
})

test('a snapshot shows who holds what, and not the order in which it came about', () => {
  const made = (names: readonly string[]) => {
    const confluence = createConfluence({ users: names.map((name) => ({ name })) })
    for (const name of names) confluence.permissions.setUser(confluence.change.user(name).key, ['application/use'])
    return confluence
  }
  const [one, other] = [made(['a', 'b']), made(['b', 'a'])]
  expect(snapshotState(one)).toEqual(snapshotState(other))
  other.permissions.forgetUser(other.change.user('a').key)
  expect(snapshotState(other).userPermissions).toEqual({ b: ['application/use'] })
})
