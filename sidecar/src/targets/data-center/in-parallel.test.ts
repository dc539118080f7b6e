import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inParallel } from './in-parallel.ts'

const signal = new AbortController().signal

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const seen: Item[] = []
  for await (const item of items) seen.push(item)
  return seen
}

test('works on no more than the limit at once, and gives every result', async () => {
  let running = 0
  let most = 0
  const work = async (item: number) => {
    running += 1
    most = Math.max(most, running)
    await sleep(item % 3)
    running -= 1
    return item * 2
  }
  const results = await all(inParallel(Array(50).keys(), 8, work, signal))
  expect(results.sort((a, b) => a - b)).toEqual([...Array(50).keys()].map((item) => item * 2))
  expect(most).toBe(8)
})

test('the first failure ends it, and what is under way is told to stop', async () => {
  const stopped: number[] = []
  const work = async (item: number, both: AbortSignal) => {
    if (item === 1) throw new Error('item 1')
    await sleep(10_000, undefined, { signal: both }).catch(() => stopped.push(item))
  }
  await expect(all(inParallel([0, 1, 2, 3], 3, work, signal))).rejects.toThrow('item 1')
  expect(stopped).toEqual([0, 2])
})

test('leaving the loop stops what is under way', async () => {
  let stopped = false
  const work = async (item: number, both: AbortSignal) => {
    if (item === 0) return item
    await sleep(10_000, undefined, { signal: both }).catch(() => {
      stopped = true
    })
    return item
  }
  for await (const _ of inParallel([0, 1], 2, work, signal)) break
  expect(stopped).toBe(true)
})
