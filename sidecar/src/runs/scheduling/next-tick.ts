import type { Schedule } from '@rollcall/contract/configuration'
import { Cron } from 'croner'
import { assertNever } from '../../identity/assert-never.ts'
import type { Instant } from '../../identity/ids.ts'

/** At night where most people are not at work; who wants another hour or time zone writes a cron expression. */
function cronOf(schedule: Exclude<Schedule, 'off'>): { readonly cron: string; readonly timeZone: string } {
  if (typeof schedule === 'object') return schedule
  const timeZone = 'UTC'
  switch (schedule) {
    case 'hourly':
      return { cron: '0 * * * *', timeZone }
    case 'twiceDaily':
      return { cron: '0 2,14 * * *', timeZone }
    case 'daily':
      return { cron: '0 2 * * *', timeZone }
    case 'weekly':
      return { cron: '0 2 * * 0', timeZone }
    default:
      return assertNever(schedule)
  }
}

/**
 * The first time behind `after` at which the connection runs by itself, in the schedule's own time zone: a time that a
 * change of clocks skips comes right after the gap, one that it repeats comes once.
 */
export function nextTick(schedule: Schedule, after: Instant): Instant | undefined {
  if (schedule === 'off') return undefined
  const { cron, timeZone } = cronOf(schedule)
  const job = new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true })
  return job.nextRun(new Date(after))?.getTime()
}
