import { type Account, isActive } from './account.ts'
import type { CloudGroups } from './cloud-groups.ts'

/** A product of the site and the groups that give access to it (Jira Cloud REST). */
export interface Product {
  readonly key: string
  readonly name: string
  groups: readonly string[]
  defaultGroups: readonly string[]
  /** Unlimited without it. */
  seats: number | undefined
}

export interface ProductSeed {
  key: string
  groups?: readonly string[]
  defaultGroups?: readonly string[]
  seats?: number
}

/** What `products` of a new user may name (description of `POST /user`). */
export const productNames: Readonly<Record<string, string>> = {
  'jira-core': 'Jira Work Management',
  'jira-software': 'Jira Software',
  'jira-servicedesk': 'Jira Service Management',
  'jira-product-discovery': 'Jira Product Discovery',
}

export const defaultProducts: readonly ProductSeed[] = [{ key: 'jira-software' }]

export function createProduct({ key, groups, defaultGroups, seats }: ProductSeed): Product {
  const granting = groups ?? [`${key}-users`]
  return { key, name: productNames[key] ?? key, groups: granting, defaultGroups: defaultGroups ?? granting, seats }
}

export const grants = (product: Product, account: Account): boolean =>
  [...account.groups].some((group) => product.groups.includes(group.name))

/** Inactive accounts and apps take no seat. */
export function usedSeats(product: Product, groups: CloudGroups): number {
  const holders = new Set<Account>()
  for (const name of product.groups) {
    for (const account of groups.findByName(name)?.members ?? []) {
      if (isActive(account) && account.kind === 'atlassian') holders.add(account)
    }
  }
  return holders.size
}

export const remainingSeats = (product: Product, groups: CloudGroups): number =>
  product.seats === undefined ? Number.POSITIVE_INFINITY : product.seats - usedSeats(product, groups)
