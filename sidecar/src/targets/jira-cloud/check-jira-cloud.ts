import type { CheckStep } from '../../identity/check-step.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import { takeSteps } from '../data-center/take-steps.ts'
import type { CloudGroups } from './cloud-groups.ts'
import { readOwnAccount, readServerInfo } from './describe-jira-cloud.ts'
import { jiraCloudProblems } from './jira-cloud-problems.ts'
import { jiraCloudFailures } from './jira-cloud-product.ts'
import { listAccounts } from './list-accounts.ts'
import { readAdministrator } from './permissions.ts'
import { readSeats } from './seats.ts'

export function checkJiraCloud(
  client: ProductClient,
  groups: CloudGroups,
  hasOrganization: boolean,
  signal: AbortSignal,
): Promise<readonly CheckStep[]> {
  return takeSteps(
    [
      { name: 'reachable', decides: true, read: (within) => checkReachable(client, within) },
      { name: 'credentials', decides: true, read: (within) => checkCredentials(client, within) },
      { name: 'administrator', decides: true, read: (within) => checkAdministrator(client, within) },
      { name: 'userListing', decides: false, read: (within) => checkUsers(client, within) },
      { name: 'groups', decides: false, read: (within) => checkGroups(groups, within) },
      { name: 'seats', decides: false, read: (within) => checkSeats(client, within) },
      { name: 'organization', decides: false, read: () => Promise.resolve(organizationSentence(hasOrganization)) },
    ],
    signal,
  )
}

/** May be read without signing in (Jira Cloud REST). */
async function checkReachable(client: ProductClient, signal: AbortSignal): Promise<string> {
  const { body } = await client.getAnonymously('/rest/api/3/serverInfo', signal)
  const isCloud = (body as { deploymentType?: unknown } | undefined)?.deploymentType === 'Cloud'
  return isCloud ? 'A Jira Cloud site answers.' : 'Something answers, but does not say that it is a Jira Cloud site.'
}

async function checkCredentials(client: ProductClient, signal: AbortSignal): Promise<string> {
  const { displayName } = await readOwnAccount(client, signal)
  const { isCloud, version } = await readServerInfo(client, signal)
  if (!isCloud) throw jiraCloudFailures.unexpected('that it is a Jira Cloud site; for Data Center use the kind jira')
  return `Signed in to Jira Cloud ${version} as ${displayName}.`
}

async function checkAdministrator(client: ProductClient, signal: AbortSignal): Promise<string> {
  if (!(await readAdministrator(client, signal))) throw jiraCloudFailures.notAdministrator()
  return 'The account is an administrator of Jira. Whether it administers the site and organization, too, shows when groups and accounts are written.'
}

async function checkUsers(client: ProductClient, signal: AbortSignal): Promise<string> {
  let accounts = 0
  let hidden = 0
  for await (const page of listAccounts(client, signal)) {
    accounts += page.length
    hidden += page.filter(({ email }) => email === undefined).length
  }
  const consequence = hidden > 0 ? `; ${hidden} hide their e-mail address, so they cannot be adopted by it` : ''
  return `All ${accounts} accounts of people are listed${consequence}.`
}

const checkGroups = async (groups: CloudGroups, signal: AbortSignal): Promise<string> =>
  `All ${(await groups.list(signal)).length} groups are listed.`

async function checkSeats(client: ProductClient, signal: AbortSignal): Promise<string> {
  const seats = await readSeats(client, signal)
  const full = seats.filter(({ remaining }) => remaining === 0).map(({ application }) => application)
  if (full.length > 0) {
    throw refusal(jiraCloudProblems.jira_cloud_licence_exhausted, `No seat is left for ${full.join(', ')}.`)
  }
  const left = seats.map(({ application, remaining }) => `${application}: ${remaining ?? 'no limit of'} seats left.`)
  return left.length === 0 ? 'Jira Cloud reports no products.' : left.join(' ')
}

const organizationSentence = (has: boolean): string =>
  has
    ? 'The API key of the organization is stored; none of its calls reads only, so it is first used by a change.'
    : 'No API key of the organization: e-mail addresses, names and deactivation are left to admin.atlassian.com.'
