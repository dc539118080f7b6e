import type Database from 'better-sqlite3'
import { boundList } from '../../store/dialect.ts'

/** One record as it was last said in a reading; `content` is `undefined` when the last word was that it is deleted. */
export interface StagedRecord {
  readonly local: number
  readonly content: string | undefined
}

/**
 * Records of one kind under numbers of their own (`local`, dense from 1), so that edges are pairs of small integers before
 * the store knows either end. The same record may come several times: the last one counts.
 */
export interface StagedRecords<Id extends string> {
  /** The number of an external id, given out when it is first named. */
  localOf(externalId: Id): number
  findLocal(externalId: Id): number | undefined
  externalIdOf(local: number): Id
  /** How many external ids were named. */
  named(): number
  put(externalId: Id, content: string): void
  drop(externalId: Id): void
  /** Ascending by number, by key range. */
  after(local: number, limit: number): StagedRecord[]
  /** Those with one of these numbers, ascending. */
  among(locals: readonly number[]): StagedRecord[]
}

export function stageRecords<Id extends string>(staging: Database.Database, table: string): StagedRecords<Id> {
  staging.exec(`create table ${table} (local integer primary key, content text)`)
  const insert = staging.prepare<[number, string | null]>(`insert or replace into ${table} values (?, ?)`)
  const range = staging.prepare<[number, number], RecordRow>(
    `select local, content from ${table} where local > ? order by local limit ?`,
  )
  const chosen = staging.prepare<[string], RecordRow>(
    `select local, content from ${table} where local in ${boundList} order by local`,
  )
  const locals = new Map<Id, number>()
  const externalIds: Id[] = []

  const localOf = (externalId: Id): number => {
    const known = locals.get(externalId)
    if (known !== undefined) return known
    const local = externalIds.push(externalId)
    locals.set(externalId, local)
    return local
  }
  return {
    localOf,
    findLocal: (externalId) => locals.get(externalId),
    externalIdOf(local) {
      const externalId = externalIds[local - 1]
      if (externalId === undefined) throw new RangeError(`nothing is staged under ${local}`)
      return externalId
    },
    named: () => externalIds.length,
    put: (externalId, content) => insert.run(localOf(externalId), content),
    drop: (externalId) => insert.run(localOf(externalId), null),
    after: (local, limit) => range.all(local, limit).map(recordOf),
    among: (some) => chosen.all(JSON.stringify(some)).map(recordOf),
  }
}

interface RecordRow {
  readonly local: number
  readonly content: string | null
}

const recordOf = ({ local, content }: RecordRow): StagedRecord => ({ local, content: content ?? undefined })
