import type { IntlShape } from 'react-intl'

/** "12 sec", "3 min 5 sec", "2 hr 10 min": the two largest units that say something. */
export function formatDuration(intl: IntlShape, durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000))
  const parts = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ] as const
  const first = parts.findIndex(([value]) => value > 0)
  if (first < 0) return durationMs > 0 ? '< 1 sec' : '0 sec'
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => intl.formatNumber(value, { style: 'unit', unit, unitDisplay: 'short' }))
    .join(' ')
}
