import { readDirectory } from '../data-center/directories.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { ObservedAccount, TargetDescription } from '../target.ts'
import { groupsOf } from './find-account.ts'
import { jiraCapabilities } from './jira-capabilities.ts'
import { notAdministrator, unexplained } from './jira-failure.ts'
import { accountOf, groupNamesOfUser, recordOf, textOf } from './jira-wire.ts'
import { readPermissions } from './permissions.ts'
import { readSeats } from './seats.ts'

export interface ServerInfo {
  readonly version: string
  readonly baseUrl: string
  /** Empty where the release does not tell. */
  readonly serverId: string
}

export interface OwnAccount {
  readonly account: ObservedAccount
  readonly groups: readonly string[]
  /** Language that Jira answers us in, such as `en_US`. */
  readonly locale: string
}

export async function describeJira(
  client: ProductClient,
  memory: ReadOnlyMemory,
  signal: AbortSignal,
): Promise<TargetDescription> {
  const own = await readOwnAccount(client, signal)
  const { administrator } = await readPermissions(client, signal)
  if (!administrator) throw notAdministrator()
  const [server, seats, directory] = await Promise.all([
    readServerInfo(client, signal),
    readSeats(client, signal),
    readDirectory(client, 'Jira', signal),
  ])
  return {
    product: 'Jira Data Center',
    version: server.version,
    capabilities: jiraCapabilities(memory.capability),
    fingerprint: { serverId: server.serverId, baseUrl: server.baseUrl, ownAccount: own.account.key },
    ownAccount: own.account,
    ownGroups: own.groups,
    seats: seats.map(({ application, remaining, groups }) => ({ application, remaining, groups })),
    directory,
  }
}

export async function readServerInfo(client: ProductClient, signal: AbortSignal): Promise<ServerInfo> {
  const answer = await client.get('/api/2/serverInfo', {}, signal)
  if (answer.status !== 200) throw unexplained(answer, 'reading the version of Jira')
  const { version, baseUrl, serverId } = recordOf(answer.body, 'its version')
  return {
    version: textOf(version, 'its version'),
    baseUrl: typeof baseUrl === 'string' ? baseUrl : '',
    serverId: typeof serverId === 'string' ? serverId : '',
  }
}

/** `expand=groups` is in no description and believed to work here (Jira REST, session); else they are asked for. */
export async function readOwnAccount(client: ProductClient, signal: AbortSignal): Promise<OwnAccount> {
  const answer = await client.get('/api/2/myself', { expand: 'groups' }, signal)
  if (answer.status !== 200) throw unexplained(answer, 'reading our own account')
  const account = accountOf(answer.body)
  const groups = groupNamesOfUser(answer.body) ?? (await groupsOf(client, account.key, signal))
  const { locale } = recordOf(answer.body, 'our own account')
  return { account, groups, locale: typeof locale === 'string' ? locale : '' }
}
