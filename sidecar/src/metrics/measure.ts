import type { Instant } from '../identity/ids.ts'
import type { Db } from '../store/transaction.ts'

/** What a number is asked of. */
export interface Asked {
  readonly db: Db
  readonly now: Instant
  readonly environment: NodeJS.ProcessEnv
}

export interface Reading {
  /** Slugs, kinds and codes: never a person, a group or an address, so that there are few. */
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** A number that is read from the store whenever somebody asks, by one query over everything. */
export interface Measure {
  readonly name: string
  readonly help: string
  readonly labels: readonly string[]
  read(asked: Asked): Promise<readonly Reading[]>
}
