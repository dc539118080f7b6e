import type { ProductClient } from '../data-center/product-client.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { ObservedAccount, TargetDescription } from '../target.ts'
import type { CloudGroups } from './cloud-groups.ts'
import { type CloudWays, jiraCloudCapabilities } from './jira-cloud-capabilities.ts'
import { jiraCloudFailures } from './jira-cloud-product.ts'
import { accountOf, recordOf, textOf } from './jira-cloud-wire.ts'
import { readAdministrator } from './permissions.ts'
import { readSeats } from './seats.ts'

interface Described {
  readonly client: ProductClient
  readonly groups: CloudGroups
  readonly memory: ReadOnlyMemory
  readonly ways: CloudWays
}

export async function describeJiraCloud(
  { client, groups, memory, ways }: Described,
  signal: AbortSignal,
): Promise<TargetDescription> {
  const ownAccount = await readOwnAccount(client, signal)
  if (!(await readAdministrator(client, signal))) throw jiraCloudFailures.notAdministrator()
  const [server, seats, ownGroups] = await Promise.all([
    readServerInfo(client, signal),
    readSeats(client, signal),
    groups.ofAccount(ownAccount.key, signal),
  ])
  return {
    product: 'Jira Cloud',
    version: server.version,
    capabilities: jiraCloudCapabilities(ways, memory.capability),
    // A site has no id in this API; its address is its own and is never given to another.
    fingerprint: { serverId: '', baseUrl: server.baseUrl, ownAccount: ownAccount.key },
    ownAccount,
    ownGroups: (ownGroups ?? []).map(({ name }) => name),
    seats,
    directory: {
      name: undefined,
      why: 'Accounts of Jira Cloud are Atlassian accounts; whoever owns the domain of the e-mail address manages them.',
    },
    accessGroups: [...new Set(seats.flatMap((each) => each.groups))],
  }
}

export async function readServerInfo(
  client: ProductClient,
  signal: AbortSignal,
): Promise<{ readonly version: string; readonly baseUrl: string; readonly isCloud: boolean }> {
  const answer = await client.get('/api/3/serverInfo', {}, signal)
  if (answer.status !== 200) throw jiraCloudFailures.unexplained(answer, 'reading the version of Jira Cloud')
  const { version, baseUrl, deploymentType } = recordOf(answer.body, 'its version')
  return {
    version: textOf(version, 'its version'),
    baseUrl: typeof baseUrl === 'string' ? baseUrl : '',
    isCloud: deploymentType === 'Cloud',
  }
}

export async function readOwnAccount(client: ProductClient, signal: AbortSignal): Promise<ObservedAccount> {
  const answer = await client.get('/api/3/myself', {}, signal)
  if (answer.status !== 200) throw jiraCloudFailures.unexplained(answer, 'reading our own account')
  const account = accountOf(answer.body)
  if (account) return account
  throw jiraCloudFailures.unexpected('the account of a person')
}
