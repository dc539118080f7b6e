import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { TargetError } from '../target-error.ts'
import type { Throttling } from '../throttling.ts'
import { createThrottle, type ThrottleOptions } from './throttle.ts'

const signal = new AbortController().signal
const definition = { code: 'throttled', status: 503, meaning: 'Throttled.', remedy: 'Wait.' }
const start = (options: ThrottleOptions = {}) =>
  createThrottle(() => new TargetError(definition, 'unavailable', 'Throttled.'), options)
const bucket = (remaining: number) => ({
  'x-ratelimit-limit': '100',
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-fillrate': '10',
  'x-ratelimit-interval-seconds': '1',
  'retry-after': '0',
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('an ordinary answer with Retry-After 0 delays nothing', () => {
  const throttle = start()
  throttle.heed(bucket(90))
  throttle.heed({ 'retry-after': '0' })
  expect(throttle.turn(signal)).toBeUndefined()
})

test('a refusal makes every request wait as long as the product says, and is told once', () => {
  const heard: Throttling[] = []
  const throttle = start({ onThrottled: (throttling) => heard.push(throttling) })
  for (let request = 0; request < 5; request += 1) throttle.refused({ 'retry-after': '7' }, 1, Date.now())
  expect(heard).toEqual([{ kind: 'refused', waitMs: 7000 }])
  expect(throttle.turn(signal)).toBeInstanceOf(Promise)
  vi.advanceTimersByTime(7000)
  throttle.heed(bucket(50))
  expect(throttle.turn(signal)).toBeUndefined()
})

test('a refusal without a time backs off', () => {
  const heard: Throttling[] = []
  const throttle = start({ onThrottled: (throttling) => heard.push(throttling) })
  throttle.refused({}, 4, Date.now())
  expect(heard[0]?.waitMs).toBeGreaterThanOrEqual(2000)
})

test('requests are spaced as the bucket fills once little of it is left', async () => {
  const heard: Throttling[] = []
  const throttle = start({ onThrottled: (throttling) => heard.push(throttling) })
  throttle.heed(bucket(5))
  throttle.heed(bucket(4))
  expect(heard).toEqual([{ kind: 'nearLimit', waitMs: 100 }])
  expect(throttle.turn(signal)).toBeUndefined()
  let passed = false
  const third = Promise.all([throttle.turn(signal), throttle.turn(signal)]).then(() => {
    passed = true
  })
  await vi.advanceTimersByTimeAsync(199)
  expect(passed).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await third
  throttle.heed(bucket(80))
  expect(throttle.turn(signal)).toBeUndefined()
})

test('a wait beyond all patience is an unavailable product', () => {
  const throttle = start({ mostWaitMs: 10_000 })
  expect(() => throttle.refused({ 'retry-after': '60' }, 1, Date.now())).toThrow(TargetError)
})

test('a wait ends when it is told to', async () => {
  const throttle = start()
  throttle.refused({ 'retry-after': '60' }, 1, Date.now())
  const stop = new AbortController()
  const turn = throttle.turn(stop.signal)
  stop.abort()
  await expect(turn).rejects.toThrow()
})

const cloud = (remaining: number, resetAfterMs: number, nearLimit: boolean) => ({
  'x-ratelimit-limit': '100',
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': new Date(Date.now() + resetAfterMs).toISOString(),
  'x-ratelimit-nearlimit': String(nearLimit),
})

test('where a product says that the limit is near, what is left of it is spread until the limit is reset', () => {
  const heard: Throttling[] = []
  const throttle = start({ onThrottled: (throttling) => heard.push(throttling) })
  throttle.heed(cloud(50, 2000, false))
  expect(heard).toEqual([])
  throttle.heed(cloud(10, 2000, true))
  expect(heard).toEqual([{ kind: 'nearLimit', waitMs: 200 }])
})

test('a refusal that names the time of the reset waits for it', () => {
  const heard: Throttling[] = []
  const throttle = start({ onThrottled: (throttling) => heard.push(throttling) })
  throttle.refused(cloud(0, 9000, true), 1, Date.now())
  expect(heard).toEqual([{ kind: 'refused', waitMs: 9000 }])
})

test('whoever is turned away does not put off those who come when the limit is full again', () => {
  const throttle = start()
  const reset = new Date(Date.now() + 3_600_000).toISOString()
  throttle.heed({ 'x-ratelimit-remaining': '0', 'x-ratelimit-nearlimit': 'true', 'x-ratelimit-reset': reset })
  expect(throttle.turn(signal)).toBeUndefined()
  for (let request = 0; request < 20; request += 1) expect(() => throttle.turn(signal)).toThrow('Throttled.')
  vi.advanceTimersByTime(3_600_001)
  expect(throttle.turn(signal)).toBeUndefined()
})
