import { refusal } from '../data-center/product-failures.ts'
import { confluenceProblems } from './confluence-problems.ts'

/** Characters that Confluence's server refuses in the path of an address, even when encoded (Data Center, names). */
export const forbiddenInPaths = '/\\%'

export const fitsPath = (name: string): boolean =>
  name !== '' && !/^\.{1,2}$/.test(name) && ![...forbiddenInPaths].some((character) => name.includes(character))

/** Users and groups are named in the paths of every write. */
export function inPath(name: string): string {
  if (fitsPath(name)) return encodeURIComponent(name)
  throw refusal(
    confluenceProblems.confluence_name_not_addressable,
    `The name "${name}" cannot be written into an address of Confluence.`,
  )
}
