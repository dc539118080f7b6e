import { InvalidArgumentError } from 'commander'

const dayMs = 86_400_000

/** `2026-12-01` (the day in UTC, from its beginning) or a whole ISO time. */
export function readDate(text: string): number {
  const ms = Date.parse(text)
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(ms)) {
    throw new InvalidArgumentError('Write a day as 2026-12-01, or a time as 2026-12-01T18:00:00Z.')
  }
  return ms
}

/** The same for an end: a day counts to its last moment. */
export const readEnd = (text: string): number => readDate(text) + (text.length === 10 ? dayMs : 0)
