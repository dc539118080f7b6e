import { signedIn } from '../data-center/instant-of.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import type { ObservedAccount } from '../target.ts'
import { accountOf, type KnownAboutUser, recordOf, textOf } from './confluence-wire.ts'
import { type ConfluenceProbes, probeConfluence } from './probe-confluence.ts'
import { readPages } from './read-pages.ts'

/** Every account, disabled and unlicensed ones too; with e-mails where the release shows them. */
export async function* listAccounts(
  client: ProductClient,
  signal: AbortSignal,
): AsyncGenerator<readonly ObservedAccount[]> {
  const known = await readKnown(client, await probeConfluence(client, signal), signal)
  const reading = {
    path: '/api/user/list',
    parameters: { expand: 'status' },
    doing: 'listing users',
    identify: (account: ObservedAccount | undefined) => account?.key ?? '',
    parse: (value: unknown) => accountOf(value, known),
  }
  for await (const page of readPages(client, reading, signal)) {
    yield page.filter((account) => account !== undefined)
  }
}

interface Known {
  readonly key: string
  readonly about: KnownAboutUser
}

/** From the search index: people who are active and licensed, as long as it is not being rebuilt (Confluence REST, releases, users). */
async function readKnown(
  client: ProductClient,
  probes: ConfluenceProbes,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, KnownAboutUser>> {
  const known = new Map<string, KnownAboutUser>()
  if (!probes.emails) return known
  const reading = {
    path: '/api/admin/users/list/active',
    parameters: { expand: 'lastLogin' },
    doing: 'reading e-mails',
    identify: ({ key }: Known) => key,
    parse: knownOf,
  }
  for await (const page of readPages(client, reading, signal)) {
    for (const { key, about } of page) known.set(key, about)
  }
  return known
}

function knownOf(value: unknown): Known {
  const { userKey, email, lastLogin } = recordOf(value, 'an active user')
  const about = { email: typeof email === 'string' && email !== '' ? email : undefined, ...signedIn(lastLogin) }
  return { key: textOf(userKey, 'an active user with a key'), about }
}
