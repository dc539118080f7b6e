import { expect, test } from 'vitest'
import { createAdaptiveConcurrency } from './adaptive-concurrency.ts'
import { createSlots } from './slots.ts'

test('a person who waits to sign in is served before everything else that waits', async () => {
  const slots = createSlots(createAdaptiveConcurrency(1), () => performance.now())
  const served: string[] = []
  let free = () => {}
  const first = slots.run('bulk', 'a', () => new Promise<void>((resolve) => (free = resolve)))
  await Promise.resolve()
  const rest = (['bulk', 'push', 'login'] as const).map((lane) =>
    slots.run(lane, 'a', async () => {
      served.push(lane)
    }),
  )
  free()
  await Promise.all([first, ...rest])
  expect(served).toEqual(['login', 'push', 'bulk'])
})

test('a call that throws frees its slot', async () => {
  const slots = createSlots(createAdaptiveConcurrency(1), () => performance.now())
  const failing = slots.run('bulk', 'a', async () => {
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await expect(slots.run('bulk', 'a', async () => 1)).resolves.toBe(1)
})
