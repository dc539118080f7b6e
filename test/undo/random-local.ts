import fc from 'fast-check'
import type { Product } from '../products/products.ts'

/** Whom and what a product has that nobody provisions; some of them have the names of people and groups of the tenant. */
export const randomLocal = fc.record({
  people: fc.subarray(['ada', 'bela', 'robot']),
  groups: fc.subarray(['Research', 'chess', 'colours']),
})

interface RandomLocal {
  readonly people: readonly string[]
  readonly groups: readonly string[]
}

/** Made by hand before anything is provisioned. */
export function fillByHand({ change }: Pick<Product, 'change'>, { people, groups }: RandomLocal): void {
  for (const group of [...groups, 'welcome', 'everybody', 'labs']) change.addGroup(group)
  for (const name of people) change.addPerson(name, groups)
}

/** Somebody of the tenant leads a project, where there are any. */
export function giveLead({ change, state }: Pick<Product, 'change' | 'state'>): void {
  const lead = [...state().accounts].find(([name, { active }]) => active && /^[b-e]/.test(name))?.[0]
  if (lead !== undefined) change.addProject?.({ key: 'CORE', lead })
}
