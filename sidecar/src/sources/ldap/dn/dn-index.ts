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
 * A member is nearly always named as its entry names itself, so the spelling is tried first, byte by byte, then the one form of
 * it, which is how most entries spell themselves; the form of the others is only made once something was still not found.
 */
export function createDnIndex<T>(): DnIndex<T> {
  const spelled = createByteTable<T>()
  /** By their one form, those that spell themselves in another way. */
  let others: Map<string, T> | undefined
  const findSpelled = (bytes: Buffer, start: number, end: number) => spelled.get(bytes, start, end)
  const findText = (dn: string) => {
    const bytes = Buffer.from(dn)
    return findSpelled(bytes, 0, bytes.length)
  }
  return {
    add(dn, value) {
      spelled.set(dn, 0, dn.length, value)
      if (others) note(others, dn.toString(), value)
    },
    findSpelled,
    find(dn) {
      const found = findText(dn)
      if (found !== undefined) return found
      const form = normaliseDn(dn)
      const plain = form === dn ? undefined : findText(form)
      if (plain !== undefined) return plain
      if (others === undefined) {
        others = new Map()
        for (const [each, value] of spelled.entries()) note(others, each, value)
      }
      return others.get(form)
    },
  }
}

function note<T>(others: Map<string, T>, dn: string, value: T): void {
  const form = normaliseDn(dn)
  if (form !== dn) others.set(form, value)
}
