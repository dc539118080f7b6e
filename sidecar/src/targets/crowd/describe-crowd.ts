import type { AccountKey } from '../../identity/ids.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import type { ObservedAccount, TargetDescription } from '../target.ts'
import { crowdCapabilities } from './crowd-capabilities.ts'
import { api } from './crowd-client.ts'
import type { CrowdMemory } from './crowd-memory.ts'
import { readServer } from './crowd-server.ts'
import type { CrowdConnection } from './crowd-settings.ts'

/** Groups that give administration rights where nobody renamed them; they stand in for the groups of our own account. */
const usualAdministrators = [
  'crowd-administrators',
  'jira-administrators',
  'jira-system-administrators',
  'confluence-administrators',
  'bitbucket-administrators',
  'stash-administrators',
]

const why = {
  crowd:
    'Crowd creates accounts in the first directory mapped to the application that permits it, in the order under Applications, Directories and groups; groups in every one that does. The application API does not name them.',
  jira: 'Jira creates accounts in the first of its user directories that accepts writes; its user server does not name it.',
} as const

export async function describeCrowd(
  client: ProductClient,
  settings: CrowdConnection,
  memory: CrowdMemory,
  signal: AbortSignal,
): Promise<TargetDescription> {
  const server = await readServer(client, signal)
  const ownAccount = applicationAccount(settings)
  const baseUrl = server.baseUrl || settings.url.replace(/\/+$/, '')
  return {
    product: server.product === 'crowd' ? 'Crowd Data Center' : 'Jira user server',
    version: server.version,
    capabilities: crowdCapabilities(server, memory.capability),
    fingerprint: { serverId: server.serverId, baseUrl, ownAccount: ownAccount.key },
    ownAccount,
    ownGroups: await existing(client, usualAdministrators, signal),
    seats: [],
    directory: { name: undefined, why: why[server.product] },
  }
}

/** We sign in as an application, which is no account: its key is that of no user, so no plan can mean it. */
const applicationAccount = ({ application }: CrowdConnection): ObservedAccount => ({
  key: `application:${application}` as AccountKey,
  name: application,
  email: undefined,
  displayName: application,
  active: true,
})

async function existing(
  client: ProductClient,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found = await Promise.all(
    names.map(async (groupname) => {
      const { status } = await client.get(`${api}/group`, { groupname }, signal)
      return status === 200 ? [groupname] : []
    }),
  )
  return found.flat()
}
