import type { CheckStep } from '../../identity/check-step.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { reachable, takeSteps } from '../data-center/take-steps.ts'
import { api } from './crowd-client.ts'
import { crowdFailures, crowdProduct } from './crowd-product.ts'
import { readServer } from './crowd-server.ts'
import type { CrowdConnection } from './crowd-settings.ts'
import { listGroups, listUsers } from './list-crowd.ts'

export function checkCrowd(
  client: ProductClient,
  { application }: CrowdConnection,
  signal: AbortSignal,
): Promise<readonly CheckStep[]> {
  return takeSteps(
    [
      reachable(crowdProduct, client),
      { name: 'credentials', decides: true, read: (within) => checkCredentials(client, application, within) },
      { name: 'userListing', decides: false, read: (within) => checkUsers(client, within) },
      { name: 'groups', decides: false, read: (within) => checkGroups(client, within) },
      { name: 'permissions', decides: false, read: () => Promise.resolve(unseenPermissions) },
    ],
    signal,
  )
}

const unseenPermissions =
  'The application API does not tell what the application may change: Rollcall learns it from the first refusal. Look under Applications, Permissions.'

/** The call that every application may make (Crowd REST, calls). */
async function checkCredentials(client: ProductClient, application: string, signal: AbortSignal): Promise<string> {
  const answer = await client.get(`${api}/config/cookie`, {}, signal)
  if (answer.status !== 200) throw crowdFailures.unexplained(answer, 'signing in as an application')
  const { product, version, keyless } = await readServer(client, signal)
  const server = product === 'crowd' ? 'Crowd' : 'the user server of Jira'
  const keys = keyless ? ' Its users have no key of their own, so accounts are not renamed.' : ''
  return `Signed in to ${server}${version ? ` ${version}` : ''} as the application ${application}.${keys}`
}

async function checkUsers(client: ProductClient, signal: AbortSignal): Promise<string> {
  const names = new Set<string>()
  for await (const page of listUsers(client, signal)) for (const { name } of page) names.add(name)
  return `All ${names.size} users of the directories of the application are listed.`
}

async function checkGroups(client: ProductClient, signal: AbortSignal): Promise<string> {
  const { names } = await listGroups(client, signal)
  return `All ${names.length} groups are listed, with direct members and child groups told apart.`
}
