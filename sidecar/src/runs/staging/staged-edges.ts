import type Database from 'better-sqlite3'

/** What a reading said about one parent's edges, all slices taken together in their order. */
export interface NetEdges {
  /** Everything that was known before is void: the parent was deleted and came back. */
  readonly cleared: boolean
  /** Numbers of children, ascending, each once. */
  readonly present: Int32Array
  readonly absent: Int32Array
}

export interface EdgeSlice {
  readonly present: readonly number[]
  readonly absent: readonly number[]
}

/** Edges as blobs of numbers, a row for each slice: a million edges are some ten thousand rows. */
export interface StagedEdges {
  append(parent: number, slice: EdgeSlice): void
  clear(parent: number): void
  /** Numbers of the parents that any slice named, ascending. */
  parents(): number[]
  of(parent: number): NetEdges
}

interface SliceRow {
  readonly cleared: number
  readonly present: Buffer
  readonly absent: Buffer
}

export function stageEdges(staging: Database.Database, table: string): StagedEdges {
  staging.exec(`
    create table ${table} (slice integer primary key, parent integer, cleared integer, present blob, absent blob);
    create index ${table}_parent on ${table} (parent)`)
  const insert = staging.prepare<[number, number, Buffer, Buffer]>(
    `insert into ${table} (parent, cleared, present, absent) values (?, ?, ?, ?)`,
  )
  const slices = staging.prepare<[number], SliceRow>(
    `select cleared, present, absent from ${table} where parent = ? order by slice`,
  )
  const distinct = staging.prepare<[], number>(`select distinct parent from ${table} order by parent`).pluck()
  return {
    append: (parent, { present, absent }) => insert.run(parent, 0, blobOf(present), blobOf(absent)),
    clear: (parent) => insert.run(parent, 1, blobOf([]), blobOf([])),
    parents: () => distinct.all(),
    of: (parent) => net(slices.all(parent)),
  }
}

const blobOf = (numbers: readonly number[]): Buffer => Buffer.from(Int32Array.from(numbers).buffer)

/** Copied: a blob may start at an address that no array of integers can. */
const numbersOf = (blob: Buffer): Int32Array => new Int32Array(new Uint8Array(blob).buffer)

function net(slices: readonly SliceRow[]): NetEdges {
  const additive = slices.every((slice) => slice.cleared === 0 && slice.absent.length === 0)
  if (additive) return { cleared: false, present: sortedOnce(slices), absent: new Int32Array() }
  const last = new Map<number, boolean>()
  let cleared = false
  for (const slice of slices) {
    if (slice.cleared === 1) {
      cleared = true
      last.clear()
    }
    for (const child of numbersOf(slice.present)) last.set(child, true)
    for (const child of numbersOf(slice.absent)) last.set(child, false)
  }
  const said = (present: boolean) =>
    Int32Array.from([...last].filter(([, value]) => value === present).map(([child]) => child)).sort()
  return { cleared, present: said(true), absent: said(false) }
}

/** The common case, without an object for each edge. */
function sortedOnce(slices: readonly SliceRow[]): Int32Array {
  const all = numbersOf(Buffer.concat(slices.map((slice) => slice.present))).sort()
  let length = 0
  for (const child of all) {
    if (length === 0 || all[length - 1] !== child) all[length++] = child
  }
  return all.subarray(0, length)
}
