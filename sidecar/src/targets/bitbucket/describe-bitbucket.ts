import type { ProductClient } from '../data-center/product-client.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { TargetDescription } from '../target.ts'
import type { AccountDirectory } from './account-directory.ts'
import { bitbucketCapabilities } from './bitbucket-capabilities.ts'
import { notAdministrator, unexpected, unexplained } from './bitbucket-failure.ts'
import { type DetailedAccount, observedOf, recordOf, textOf } from './bitbucket-wire.ts'
import { readDirectory } from './directories.ts'
import { groupsOf } from './groups-of.ts'
import { readLicence } from './licence.ts'
import { isAdministrator, readAccessGroups } from './permissions.ts'

export async function describeBitbucket(
  client: ProductClient,
  accounts: AccountDirectory,
  memory: ReadOnlyMemory,
  url: string,
  signal: AbortSignal,
): Promise<TargetDescription> {
  const { account, version } = await readOwnAccount(client, accounts, signal)
  if (!(await isAdministrator(client, signal))) throw notAdministrator()
  const accessGroups = await readAccessGroups(client, signal)
  const [licence, ownGroups, directory] = await Promise.all([
    readLicence(client, accessGroups, signal),
    groupsOf(client, accounts, account.key, signal),
    readDirectory(client, signal),
  ])
  return {
    product: 'Bitbucket Data Center',
    version,
    capabilities: bitbucketCapabilities(memory.capability),
    fingerprint: { serverId: licence.serverId, baseUrl: url, ownAccount: account.key },
    ownAccount: observedOf(account),
    ownGroups,
    seats: licence.seats,
    directory,
    accessGroups,
  }
}

export interface OwnAccount {
  readonly account: DetailedAccount
  readonly version: string
}

/** There is no call for who we are: every answer names us in a header, URL-encoded (Bitbucket REST, server). */
export async function readOwnAccount(
  client: ProductClient,
  accounts: AccountDirectory,
  signal: AbortSignal,
): Promise<OwnAccount> {
  const answer = await client.get('/application-properties', {}, signal)
  if (answer.status !== 200) throw unexplained(answer, 'reading the version of Bitbucket')
  const version = textOf(recordOf(answer.body, 'its version').version, 'its version')
  const name = decodeURIComponent(answer.headers['x-ausername'] ?? '')
  const account = await accounts.find({ name }, signal)
  if (!account) throw unexpected('the account that we sign in with')
  return { account, version }
}
