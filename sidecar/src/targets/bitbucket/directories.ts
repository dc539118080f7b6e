import type { ProductClient } from '../data-center/product-client.ts'
import { unexplained } from './bitbucket-failure.ts'
import { listOf, recordOf, textOf } from './bitbucket-wire.ts'

interface UserDirectory {
  readonly name: string
  readonly type: string
}

/**
 * Which directory receives accounts: Bitbucket writes its internal one alone, and never one from outside
 * (Data Center, directories; Bitbucket REST, groups). Ids and order are not told.
 */
export async function readDirectory(
  client: ProductClient,
  signal: AbortSignal,
): Promise<{ readonly name: string | undefined; readonly why: string }> {
  const directories = await listDirectories(client, signal)
  const writable = directories.filter(({ type }) => /internal|delegat/i.test(type))
  const [only, ...others] = writable
  if (only && others.length === 0)
    return { name: only.name, why: 'It is the only active directory that Bitbucket may write.' }
  const names = directories.map(({ name, type }) => `${name} (${type})`).join(', ')
  return only
    ? {
        name: undefined,
        why: `New accounts go to the first that Bitbucket may write; REST does not tell the order of: ${names}.`,
      }
    : { name: undefined, why: `Bitbucket may write none of its directories: ${names}.` }
}

async function listDirectories(client: ProductClient, signal: AbortSignal): Promise<readonly UserDirectory[]> {
  const answer = await client.get('/admin/user-directories', {}, signal)
  if (answer.status !== 200) throw unexplained(answer, 'listing user directories')
  return listOf(answer.body, 'the user directories').flatMap((value) => {
    const { name, type, active } = recordOf(value, 'a user directory')
    if (active === false) return []
    return [{ name: textOf(name, 'a directory with a name'), type: typeof type === 'string' ? type : '' }]
  })
}
