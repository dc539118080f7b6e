import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generalizedTime, timeOf } from './generalized-time.ts'
import { nextSince } from './watermark.ts'

test('a time to the second is the same time again', () => {
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 })
  fc.assert(fc.property(seconds, (second) => timeOf(generalizedTime(second * 1000)) === second * 1000))
})

test.each([
  ['20261122180000Z', '2026-11-22T18:00:00Z'],
  ['20261122180000.0Z', '2026-11-22T18:00:00Z'],
  ['20261122180000.123456Z', '2026-11-22T18:00:00Z'],
  ['202611221800Z', '2026-11-22T18:00:00Z'],
  ['2026112218Z', '2026-11-22T18:00:00Z'],
  ['20261122190000+0100', '2026-11-22T18:00:00Z'],
  ['20261122130000-05', '2026-11-22T18:00:00Z'],
  ['20261231235960Z', '2026-12-31T23:59:59Z'],
])('%s is %s', (text, time) => {
  expect(timeOf(text)).toBe(Date.parse(time))
})

test.each(['', '2026', '20261322180000Z', '20261122180000', 'now'])('%j is none', (text) => {
  expect(timeOf(text)).toBeUndefined()
})

const silent = { controller: '', since: undefined }

test('a server that does not tell its time is asked again for all that changed while it was read', () => {
  const newest = generalizedTime(1_000_000)
  expect(nextSince(silent, { newest, durationMs: 60_000, before: undefined })).toBe(940_000)
  // A mark never goes back.
  expect(nextSince(silent, { newest, durationMs: 60_000, before: 990_000 })).toBe(990_000)
  expect(nextSince(silent, { newest: '', durationMs: 60_000, before: 990_000 })).toBe(990_000)
  expect(nextSince(silent, { newest: '', durationMs: 60_000, before: undefined })).toBeUndefined()
})

test('a time that was told before the reading counts alone', () => {
  expect(nextSince({ controller: '', since: 5 }, { newest: generalizedTime(9e9), durationMs: 0, before: 1 })).toBe(5)
})
