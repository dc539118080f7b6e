import { isMet, type Measurement } from './bench.ts'

const columns = ['measurement', 'measured', 'floor', 'ratio', 'aim', ''] as const

/** Measurements as a table for a terminal. */
export function tableOf(measurements: readonly Measurement[]): string {
  const rows = [columns, ...measurements.map(rowOf)]
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column > 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  const notes = measurements.flatMap(({ what, note }) => (note === undefined ? [] : [`  ${what}: ${note}`]))
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')
}

function rowOf(measurement: Measurement): readonly string[] {
  const { what, value, unit, floor, ratio, aim } = measurement
  const met = isMet(measurement)
  return [
    what,
    `${figure(value)} ${unit}`,
    floor === undefined ? '' : `${figure(floor)} ${unit}`,
    ratio === undefined ? '' : ratio.toFixed(2),
    aim === undefined ? '' : aimText(measurement),
    met === undefined ? '' : met ? 'met' : 'MISSED',
  ]
}

function aimText({ aim, unit }: Measurement): string {
  if (aim === undefined) return ''
  const suffix = aim.of === 'ratio' ? 'of the floor' : unit
  return aim.atMost === undefined ? `at least ${aim.atLeast} ${suffix}` : `at most ${aim.atMost} ${suffix}`
}

const figure = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
