import type { TargetDescription } from '../target.ts'
import type { ProductClient } from './product-client.ts'

type ReceivingDirectory = NonNullable<TargetDescription['directory']>

const first = 'New accounts go to the first user directory that accepts writes, and REST cannot choose another'

/**
 * Which directory receives accounts, as far as the product tells: the undocumented call of Embedded Crowd may be for system
 * administrators only, and tells neither the order of directories nor which are read-only (Data Center, directories).
 */
export async function readDirectory(
  client: ProductClient,
  product: string,
  signal: AbortSignal,
): Promise<ReceivingDirectory> {
  const { status, body } = await client.get('/crowd/latest/directory', {}, signal)
  const names = status === 200 ? namesOf(body) : []
  const [only, ...others] = names
  if (only === undefined) {
    const hidden = `this account may not list them (status ${status})`
    return { name: undefined, why: `${first}; see User management, User directories, since ${hidden}.` }
  }
  if (others.length === 0) return { name: only, why: 'It is the only user directory.' }
  const listed = `${product} has: ${names.join(', ')}`
  return { name: undefined, why: `${first}. ${listed}. REST tells neither their order nor which are read-only.` }
}

/** Wrapped in `directories` by Jira and in `directory` by Confluence. */
function namesOf(body: unknown): readonly string[] {
  const { directories, directory } = (body ?? {}) as { directories?: unknown; directory?: unknown }
  const list = directories ?? directory
  if (!Array.isArray(list)) return []
  return list.map((each) => (each as { name?: unknown } | null)?.name).filter((name) => typeof name === 'string')
}

/** For people, in a check. */
export const describeDirectory = ({ name, why }: ReceivingDirectory): string =>
  name === undefined ? why : `New accounts go to ${name}. ${why}`
