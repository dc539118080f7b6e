import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ConnectionId } from '../identity/ids.ts'
import { createDelivery, type PushRuns } from './deliver-changes.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const connection = 1 as ConnectionId

function deliveryWith(runMs: number, runs: Partial<PushRuns> = {}) {
  const started: number[] = []
  const reported: unknown[] = []
  const delivery = createDelivery({
    monotonic: () => Date.now(),
    report: (error) => reported.push(error),
    runs: {
      enqueue: async () => started.push(Date.now()),
      ended: () => new Promise((end) => setTimeout(() => end('succeeded'), runMs)),
      isCollecting: async () => false,
      ...runs,
    },
  })
  return { delivery, started, reported }
}

test('changes that come close together share a run', async () => {
  const { delivery, started } = deliveryWith(10)
  for (let change = 0; change < 100; change++) delivery.changed(connection)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(started).toHaveLength(1)
  delivery.changed(connection)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(started).toHaveLength(2)
})

test('a stream of changes is not planned over and over: a run rests four times as long as it takes', async () => {
  const { delivery, started } = deliveryWith(1_000)
  for (let ms = 0; ms < 20_000; ms += 100) {
    delivery.changed(connection)
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(started).toHaveLength(4)
})

test('until the first plan is approved, nothing is planned before the provider pauses, or five minutes are over', async () => {
  const { delivery, started } = deliveryWith(10, { isCollecting: async () => true })
  for (let ms = 0; ms < 120_000; ms += 1_000) {
    delivery.changed(connection)
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(started).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(31_000)
  expect(started).toHaveLength(1)
  for (let ms = 0; ms < 301_000; ms += 1_000) {
    delivery.changed(connection)
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(started).toHaveLength(2)
})

test('once the first plan is approved, changes follow at once', async () => {
  let collecting = true
  const { delivery, started } = deliveryWith(10, { isCollecting: async () => collecting })
  delivery.changed(connection)
  await vi.advanceTimersByTimeAsync(3_000)
  collecting = false
  await vi.advanceTimersByTimeAsync(1_300)
  expect(started).toHaveLength(1)
})

test('nobody waits for a plan that waits for its approval', async () => {
  const { delivery } = deliveryWith(10, { isCollecting: async () => true })
  const before = Date.now()
  await delivery.delivered(connection)
  expect(Date.now() - before).toBe(0)
})

test('waiting ends with the run, or after two seconds', async () => {
  const quick = deliveryWith(300)
  const before = Date.now()
  const delivered = quick.delivery.delivered(connection).then(() => Date.now() - before)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await delivered).toBe(300)

  const slow = deliveryWith(10_000)
  const start = Date.now()
  const given = slow.delivery.delivered(connection).then(() => Date.now() - start)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(await given).toBe(2_000)
})

test('who waits while a run is under way waits for the next one, which sees the change', async () => {
  const { delivery, started } = deliveryWith(500)
  const first = delivery.delivered(connection)
  await vi.advanceTimersByTimeAsync(100)
  const second = delivery.delivered(connection).then(() => started.length)
  await vi.advanceTimersByTimeAsync(2_000)
  await first
  expect(await second).toBe(2)
})

test('a connection that cannot run fails nobody: it is tried again', async () => {
  const refusal = new Error('paused')
  const { delivery, reported } = deliveryWith(10, { enqueue: () => Promise.reject(refusal) })
  delivery.changed(connection)
  await delivery.delivered(connection)
  expect(reported).toEqual([refusal])
  await vi.advanceTimersByTimeAsync(31_000)
  expect(reported).toEqual([refusal, refusal])
})
