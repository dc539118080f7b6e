import type { ProductKind, ProductOptions } from '../products/products.ts'

/** A product as a target of the law; what it cannot do decides what its policy may ask for. */
export interface UndoProduct {
  readonly name: string
  readonly kind: ProductKind
  readonly options?: ProductOptions
  /** Without it, accounts are renamed. */
  readonly renames?: false
  /** Without it, accounts are deactivated; otherwise access is taken away in place of that. */
  readonly deactivates?: false
  readonly nestsGroups?: boolean
  readonly storesAttributes?: boolean
  /** Whose members may sign in, where it takes a licence that a group gives. */
  readonly accessGroup?: string
}

const crowdWay = { options: { crowdWay: true }, nestsGroups: true, storesAttributes: true }

/** Every product, and beside it the ways in which its writes go elsewhere. */
export const undoProducts: readonly UndoProduct[] = [
  { name: 'Jira', kind: 'jira', storesAttributes: true },
  { name: 'Jira with its user server', kind: 'jira', ...crowdWay },
  { name: 'Confluence', kind: 'confluence', renames: false },
  { name: 'Confluence with Crowd', kind: 'confluence', ...crowdWay },
  { name: 'Bitbucket', kind: 'bitbucket', accessGroup: 'stash-users', deactivates: false },
  { name: 'Bitbucket with Crowd', kind: 'bitbucket', ...crowdWay },
  { name: 'Crowd', kind: 'crowd', nestsGroups: true, storesAttributes: true },
  { name: 'Jira Cloud', kind: 'jiraCloud', renames: false, storesAttributes: true },
  {
    name: 'Jira Cloud, site only',
    kind: 'jiraCloud',
    options: { siteOnly: true },
    storesAttributes: true,
    renames: false,
    deactivates: false,
    accessGroup: 'jira-software-users',
  },
]
