import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'
import { retryAfterMs } from './retry-after.ts'

const now = Date.parse('2026-11-22T10:00:00Z')

test.each([
  ['17', 17_000],
  ['0', 0],
  ['1.5', 1500],
  ['Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
  ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %s asks for %s ms', (header, milliseconds) => {
  expect(retryAfterMs(header, now)).toBe(milliseconds)
})

test('a backoff lies in the upper half of a doubling span and never above its limit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, share) => {
      const wait = backoffMs(attempt, 500, 30_000, () => share)
      const full = Math.min(30_000, 500 * 2 ** (attempt - 1))
      expect(wait).toBeGreaterThanOrEqual(full / 2)
      expect(wait).toBeLessThanOrEqual(full)
    }),
  )
})
