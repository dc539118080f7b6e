import { expect, test } from 'vitest'
import { capabilitiesOf } from './testing/world.ts'
import { waysOf } from './ways-of.ts'

test('a plan says which way goes what does not go by the product\u2019s own API, and what is to be known of the rest', () => {
  const { abilities, names } = capabilitiesOf('deleteUser')
  const capabilities = {
    names,
    abilities: {
      ...abilities,
      renameUser: { able: true, way: 'crowd', note: 'Seen by the product within an hour.' },
      revokeAccess: { able: true, way: 'emulation' },
      createUser: { able: true, way: 'rest', note: 'No mail is sent.' },
    },
  } as const
  const kinds = ['createUser', 'adoptAccount', 'renameUser', 'addMember', 'deleteUser', 'restoreAccess']
  expect(waysOf(kinds, capabilities)).toEqual({
    createUser: { way: 'rest', note: 'No mail is sent.' },
    renameUser: { way: 'crowd', note: 'Seen by the product within an hour.' },
    restoreAccess: { way: 'emulation' },
  })
})
