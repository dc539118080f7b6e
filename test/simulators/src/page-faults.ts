import type { Fault } from './faults.ts'

/** Half of the entries of a page are missing, and nothing else in the answer tells. */
export const truncatedPage = (): Fault => rewriting((list) => list.slice(0, Math.floor(list.length / 2)))

/** From its second answer on it tells the entries of the page before. */
export function repeatedPage(): Fault {
  let before: readonly unknown[] | undefined
  return rewriting((list) => {
    const told = before ?? list
    before = list
    return told
  })
}

/** Products tell a page as a list, or as a list in an object. */
const rewriting = (change: (list: readonly unknown[]) => readonly unknown[]): Fault => ({
  kind: 'rewrite',
  rewrite: (body) => {
    const page: unknown = JSON.parse(body)
    if (Array.isArray(page)) return JSON.stringify(change(page))
    const entries = Object.entries(page as object).map(([key, value]) => [
      key,
      Array.isArray(value) ? change(value) : value,
    ])
    return JSON.stringify(Object.fromEntries(entries))
  },
})
