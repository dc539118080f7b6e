import type { Schedule } from '@rollcall/contract/configuration'
import { describe, expect, test } from 'vitest'
import { nextTick } from './next-tick.ts'

const ticks = (schedule: Schedule, from: string, count: number) => {
  const found: string[] = []
  let after = Date.parse(from)
  for (let n = 0; n < count; n += 1) {
    const at = nextTick(schedule, after)
    if (at === undefined) break
    found.push(new Date(at).toISOString().slice(0, 16))
    after = at
  }
  return found
}
const berlin = (cron: string): Schedule => ({ cron, timeZone: 'Europe/Berlin' })

describe('the next tick of a schedule', () => {
  test.each<[string, Schedule, string, string[]]>([
    ['off never comes', 'off', '2026-01-05T12:00:00Z', []],
    ['hourly', 'hourly', '2026-01-05T12:00:00Z', ['2026-01-05T13:00', '2026-01-05T14:00']],
    ['twice daily', 'twiceDaily', '2026-01-05T12:00:00Z', ['2026-01-05T14:00', '2026-01-06T02:00']],
    ['daily', 'daily', '2026-01-05T12:00:00Z', ['2026-01-06T02:00', '2026-01-07T02:00']],
    ['weekly', 'weekly', '2026-01-05T12:00:00Z', ['2026-01-11T02:00', '2026-01-18T02:00']],
    [
      'a time that the change to summer time skips comes right after the gap',
      berlin('30 2 * * *'),
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    [
      'a time that the change to winter time repeats comes once',
      berlin('30 2 * * *'),
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'every hour stays every hour over a change of clocks',
      berlin('0 * * * *'),
      '2026-10-24T23:30:00Z',
      ['2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00', '2026-10-25T03:00'],
    ],
    ['a date that never comes', { cron: '0 0 30 2 *', timeZone: 'UTC' }, '2026-01-05T12:00:00Z', []],
  ])('%s', (_, schedule, from, expected) => {
    expect(ticks(schedule, from, expected.length || 1)).toEqual(expected)
  })
})
