import type { ProductClient } from './product-client.ts'

/**
 * Names of the user directories by the undocumented call of Embedded Crowd, which wraps them in `directories` (Jira) or
 * `directory` (Confluence, Bitbucket) and may be for system administrators only; `undefined` where it tells nothing
 * (atlassian-rest.md 2.5). Neither their order nor which are read-only is told.
 */
export async function readDirectoryNames(
  client: ProductClient,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const answer = await client.get('/crowd/latest/directory', {}, signal)
  if (answer.status !== 200) return undefined
  const { directories, directory } = (answer.body ?? {}) as { directories?: unknown; directory?: unknown }
  const list = directories ?? directory
  if (!Array.isArray(list)) return undefined
  return list.map((each) => (each as { name?: unknown } | null)?.name).filter((name) => typeof name === 'string')
}
