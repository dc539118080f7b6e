import { describe, expect, test } from 'vitest'
import { createAdaptiveConcurrency } from './adaptive-concurrency.ts'

function answers(concurrency: ReturnType<typeof createAdaptiveConcurrency>, count: number, ms: number): void {
  for (let n = 0; n < count; n += 1) concurrency.answered('addMember', ms, 0)
}

describe('adaptive concurrency', () => {
  test('starts at four and rises to the setting while answers come in time', () => {
    const concurrency = createAdaptiveConcurrency(32)
    expect(concurrency.limit).toBe(4)
    answers(concurrency, 500, 20)
    expect(concurrency.limit).toBe(32)
  })

  test('never exceeds a small setting', () => {
    const concurrency = createAdaptiveConcurrency(2)
    answers(concurrency, 100, 20)
    expect(concurrency.limit).toBe(2)
  })

  test('halves once for one long wait, and rises again', () => {
    const concurrency = createAdaptiveConcurrency(16)
    answers(concurrency, 500, 20)
    answers(concurrency, 1, 5000)
    expect(concurrency.limit).toBe(8)
    answers(concurrency, 4, 20)
    expect(concurrency.limit).toBe(8)
    answers(concurrency, 200, 20)
    expect(concurrency.limit).toBe(16)
  })

  test('halves when the product throttles, and not again for answers to what was under way then', () => {
    const concurrency = createAdaptiveConcurrency(16)
    answers(concurrency, 500, 20)
    concurrency.throttled(15)
    answers(concurrency, 15, 3000)
    expect(concurrency.limit).toBe(8)
  })

  test('a slow kind of call does not make the fast kinds look slow', () => {
    const concurrency = createAdaptiveConcurrency(16)
    for (let n = 0; n < 300; n += 1) {
      concurrency.answered('addMember', 20, 0)
      concurrency.answered('createUser', 900, 0)
    }
    expect(concurrency.limit).toBe(16)
  })

  test('gets used to a product that became slower for good', () => {
    const concurrency = createAdaptiveConcurrency(16)
    answers(concurrency, 500, 20)
    answers(concurrency, 3000, 300)
    expect(concurrency.limit).toBe(16)
  })
})
