import { readDirectoryNames } from '../data-center/directories.ts'
import type { ProductClient } from '../data-center/product-client.ts'

const first = 'New accounts go to the first user directory that accepts writes, and REST cannot choose another'

/** Which directory receives accounts, as far as Confluence tells. */
export async function readDirectory(
  client: ProductClient,
  signal: AbortSignal,
): Promise<{ readonly name: string | undefined; readonly why: string }> {
  const names = await readDirectoryNames(client, signal)
  const [only, ...others] = names ?? []
  if (only === undefined) return { name: undefined, why: `${first}; this account may not list them.` }
  if (others.length === 0) return { name: only, why: 'It is the only user directory.' }
  const listed = [only, ...others].join(', ')
  return {
    name: undefined,
    why: `${first}. Confluence has: ${listed}. REST tells neither their order nor which are read-only.`,
  }
}
