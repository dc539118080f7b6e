import type { ProductClient } from '../data-center/product-client.ts'
import type { ObservedAccount } from '../target.ts'
import { accountOf, recordOf, textOf } from './confluence-wire.ts'
import { type ConfluenceProbes, probeConfluence } from './probe-confluence.ts'
import { readPages } from './read-pages.ts'

/** Every account, disabled and unlicensed ones too; with e-mails where the release shows them. */
export async function* listAccounts(
  client: ProductClient,
  signal: AbortSignal,
): AsyncGenerator<readonly ObservedAccount[]> {
  const emails = await readEmails(client, await probeConfluence(client, signal), signal)
  const reading = {
    path: '/api/user/list',
    parameters: { expand: 'status' },
    doing: 'listing users',
    identify: (account: ObservedAccount | undefined) => account?.key ?? '',
    parse: (value: unknown) => accountOf(value, emails),
  }
  for await (const page of readPages(client, reading, signal)) {
    yield page.filter((account) => account !== undefined)
  }
}

interface KnownEmail {
  readonly key: string
  readonly email: string | undefined
}

/** From the search index: people who are active and licensed, as long as it is not being rebuilt (atlassian-rest.md 4.3). */
async function readEmails(
  client: ProductClient,
  probes: ConfluenceProbes,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const emails = new Map<string, string>()
  if (!probes.emails) return emails
  const reading = {
    path: '/api/admin/users/list/active',
    doing: 'reading e-mails',
    identify: ({ key }: KnownEmail) => key,
    parse: knownEmailOf,
  }
  for await (const page of readPages(client, reading, signal)) {
    for (const { key, email } of page) if (email !== undefined) emails.set(key, email)
  }
  return emails
}

function knownEmailOf(value: unknown): KnownEmail {
  const { userKey, email } = recordOf(value, 'an active user')
  return {
    key: textOf(userKey, 'an active user with a key'),
    email: typeof email === 'string' && email !== '' ? email : undefined,
  }
}
