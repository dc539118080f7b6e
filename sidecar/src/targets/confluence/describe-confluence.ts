import { readDirectory } from '../data-center/directories.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { ObservedAccount, TargetDescription } from '../target.ts'
import { confluenceCapabilities } from './confluence-capabilities.ts'
import { confluenceFailures, notAdministrator, unexplained } from './confluence-failure.ts'
import { accountOf } from './confluence-wire.ts'
import { groupsOf } from './find-account.ts'
import { readAdministrator } from './permissions.ts'
import { probeConfluence } from './probe-confluence.ts'
import { readSeats } from './seats.ts'
import { readServerInfo } from './server-info.ts'

export async function describeConfluence(
  client: ProductClient,
  memory: ReadOnlyMemory,
  signal: AbortSignal,
): Promise<TargetDescription> {
  const ownAccount = await readOwnAccount(client, signal)
  if ((await readAdministrator(client, signal)) === 'no') throw notAdministrator()
  const [server, probes, ownGroups, seats, directory] = await Promise.all([
    readServerInfo(client, signal),
    probeConfluence(client, signal),
    groupsOf(client, ownAccount.key, signal),
    readSeats(client, signal),
    readDirectory(client, 'Confluence', signal),
  ])
  return {
    product: 'Confluence Data Center',
    version: server.version,
    capabilities: confluenceCapabilities(probes, memory.capability),
    fingerprint: { serverId: server.serverId, baseUrl: server.baseUrl, ownAccount: ownAccount.key },
    ownAccount,
    ownGroups,
    seats: seats ? [seats] : [],
    directory,
  }
}

/** Anonymous access would answer somebody who is not signed in as well. */
export async function readOwnAccount(client: ProductClient, signal: AbortSignal): Promise<ObservedAccount> {
  const answer = await client.get('/api/user/current', { expand: 'status' }, signal)
  if (answer.status !== 200) throw unexplained(answer, 'reading our own account')
  const account = accountOf(answer.body)
  if (!account) throw confluenceFailures.unexpected('the account that we sign in with')
  return account
}
