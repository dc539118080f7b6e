import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { oneWriteAhead } from './one-write-ahead.ts'

test('writes come one after the other while the caller is one ahead', async () => {
  const said: string[] = []
  const writes = oneWriteAhead()
  for (const name of ['a', 'b', 'c']) {
    said.push(`prepares ${name}`)
    await writes.add(async () => {
      said.push(`writes ${name}`)
      await sleep(5)
      said.push(`wrote ${name}`)
    })
  }
  await writes.end()
  expect(said).toEqual([
    'prepares a',
    'writes a',
    'prepares b',
    'wrote a',
    'writes b',
    'prepares c',
    'wrote b',
    'writes c',
    'wrote c',
  ])
})

test('a failed write stops the next one, and is told at the end when it was the last', async () => {
  const writes = oneWriteAhead()
  const fail = () => Promise.reject(new Error('disk full'))
  await writes.add(fail)
  let written = false
  await expect(
    writes.add(async () => {
      written = true
    }),
  ).rejects.toThrow('disk full')
  expect(written).toBe(false)
  await expect(writes.end()).rejects.toThrow('disk full')
})
