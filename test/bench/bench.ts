/** One line of the table: something measured, beside its floor of the same run. */
export interface Measurement {
  readonly what: string
  readonly unit: 's' | 'MB' | 'ms' | 'requests' | 'requests/s' | 'times'
  /** Median of the rounds. */
  readonly value: number
  readonly rounds: readonly number[]
  /** The same done by a bare program, where there is such a thing. */
  readonly floor?: number
  /** `value` as a share or multiple of the floor: the median of the rounds' own ratios, for rounds are neighbours in time. */
  readonly ratio?: number
  /** Absent: the line only informs. */
  readonly aim?: Aim
  readonly note?: string
}

export interface Aim {
  readonly of: 'value' | 'ratio'
  readonly atMost?: number
  readonly atLeast?: number
}

export interface BenchOptions {
  /** Share of the full size, for trying. */
  readonly scale: number
  readonly rounds: number
  /** A folder for databases, removed afterwards. */
  readonly folder: string
  say(text: string): void
}

export interface Bench {
  readonly name: string
  readonly does: string
  run(options: BenchOptions): Promise<readonly Measurement[]>
}

export function isMet({ aim, value, ratio }: Measurement): boolean | undefined {
  if (aim === undefined) return undefined
  const measured = aim.of === 'ratio' ? (ratio ?? Number.NaN) : value
  return measured <= (aim.atMost ?? Number.POSITIVE_INFINITY) && measured >= (aim.atLeast ?? Number.NEGATIVE_INFINITY)
}
