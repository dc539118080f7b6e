import type { Schedule } from '@rollcall/contract/configuration'

const words = {
  off: 'Not scheduled',
  hourly: 'Hourly',
  twiceDaily: 'Twice daily',
  daily: 'Daily',
  weekly: 'Weekly',
} as const satisfies Record<Extract<Schedule, string>, string>

/** A schedule as the list of connections shows it. */
export const scheduleInWords = (schedule: Schedule): string =>
  typeof schedule === 'string' ? words[schedule] : `${schedule.cron} (${schedule.timeZone})`
