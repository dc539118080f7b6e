import { expect, test } from 'vitest'
import { createReadOnlyMemory } from './read-only-memory.ts'

test('one refusal to create says that nothing takes accounts; for six hours', () => {
  let now = 0
  const memory = createReadOnlyMemory('read-only', () => now)
  expect(memory.refused('createUser')).toBe(true)
  expect(memory.capability('createUser')).toEqual({ able: false, reason: 'read-only' })
  expect(memory.capability('createGroup').able).toBe(true)
  now = 6 * 3_600_000 + 1
  expect(memory.capability('createUser').able).toBe(true)
})

test('a success takes it back', () => {
  const memory = createReadOnlyMemory('read-only')
  for (let times = 0; times < 3; times += 1) memory.refused('updateUser')
  expect(memory.capability('updateUser').able).toBe(false)
  memory.succeeded('updateUser')
  expect(memory.refused('updateUser')).toBe(false)
})
