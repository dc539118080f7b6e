import { expect, test } from 'vitest'
import { capabilitiesOf } from '../testing/world.ts'
import { lossesOf } from './undo-kinds.ts'

const kinds = ['createUser', 'deleteUser', 'deleteGroup', 'addMember', 'deactivateUser']

test('a plan says beforehand what an undo does not bring back, and nothing of what it does', () => {
  expect(lossesOf(kinds, capabilitiesOf())).toEqual({
    createUser: expect.stringContaining('stays, deactivated'),
    deleteUser: expect.stringContaining('can be created again'),
    deleteGroup: expect.stringContaining('can be created again'),
  })
})

test('where the target cannot deactivate, who was created is said to stay active', () => {
  expect(lossesOf(kinds, capabilitiesOf('deactivateUser')).createUser).toContain('stays, active')
})

test('what this target alone cannot take back is said in its own words', () => {
  const { abilities, ...rest } = capabilitiesOf()
  const deleteUser = { able: true, irreversible: 'Nobody gets in again.' } as const
  expect(lossesOf(kinds, { ...rest, abilities: { ...abilities, deleteUser } }).deleteUser).toBe('Nobody gets in again.')
})
