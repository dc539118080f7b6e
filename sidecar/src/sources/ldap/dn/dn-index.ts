import { createByteTable } from './byte-table.ts'
import { normaliseDn } from './normalise-dn.ts'

/** Finds what belongs to a distinguished name. */
export interface DnIndex<T> {
  add(dn: Buffer, value: T): void
  /** By the very spelling. */
  findSpelled(bytes: Buffer, start: number, end: number): T | undefined
  /** However it is written. */
  find(dn: string): T | undefined
}

/**
 * A member is nearly always named as its entry names itself, so the spelling is tried first, byte by byte; names are only
 * brought into one form once a spelling was not found.
 */
export function createDnIndex<T>(): DnIndex<T> {
  const spelled = createByteTable<T>()
  let normalised: Map<string, T> | undefined
  const findSpelled = (bytes: Buffer, start: number, end: number) => spelled.get(bytes, start, end)
  return {
    add(dn, value) {
      spelled.set(dn, 0, dn.length, value)
      normalised?.set(normaliseDn(dn.toString()), value)
    },
    findSpelled,
    find(dn) {
      const bytes = Buffer.from(dn)
      const found = findSpelled(bytes, 0, bytes.length)
      if (found !== undefined) return found
      normalised ??= new Map([...spelled.entries()].map(([each, value]) => [normaliseDn(each), value]))
      return normalised.get(normaliseDn(dn))
    },
  }
}
