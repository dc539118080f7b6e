import { sql } from 'kysely'
import { dialectOf } from './dialect.ts'
import { insertRows } from './insert-rows.ts'
import type { Trx } from './transaction.ts'

/** The tables of edges, each by its columns in the order of its primary key. */
const pairTables = {
  identity_membership: ['source_group_id', 'identity_id'],
  group_nesting: ['parent_id', 'child_id'],
  account_membership: ['target_group_id', 'account_id'],
  target_group_nesting: ['parent_id', 'child_id'],
} as const

export type PairTable = keyof typeof pairTables

/** Edges one after the other: parent, child, parent, child. A million of them cross a thread boundary without a million objects. */
export type Pairs = readonly number[]

export async function insertPairs(trx: Trx, table: PairTable, pairs: Pairs): Promise<void> {
  const columns: readonly string[] = pairTables[table]
  await insertRows(trx, { table, columns: columns as never, values: pairs, onConflict: 'on conflict do nothing' })
}

/** One statement for each parent: sorted pairs have few. */
export async function deletePairs(trx: Trx, table: PairTable, pairs: Pairs): Promise<void> {
  const [parent, child] = pairTables[table]
  for (const [of, children] of byParent(pairs)) {
    const gone = dialectOf(trx).integers(children)
    await sql`delete from ${sql.table(table)} where ${sql.ref(parent)} = ${of} and ${sql.ref(child)} in ${gone}`.execute(
      trx,
    )
  }
}

/** Children by parent. */
export function byParent(pairs: Pairs): Map<number, number[]> {
  const children = new Map<number, number[]>()
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const parent = pairs[index] ?? 0
    const of = children.get(parent) ?? []
    children.set(parent, of)
    of.push(pairs[index + 1] ?? 0)
  }
  return children
}
