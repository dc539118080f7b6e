import type { CheckStep } from '../../identity/check-step.ts'
import { describeDirectory, readDirectory } from '../data-center/directories.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import { reachable, type Step, takeSteps } from '../data-center/take-steps.ts'
import { readOwnAccount, readServerInfo } from './describe-jira.ts'
import { jira, notAdministrator } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'
import { listGroups } from './list-groups.ts'
import { describeListingWay, detectListingWay } from './listing-way.ts'
import { readPermissions } from './permissions.ts'
import { readSeats, type Seats } from './seats.ts'

/** Reads only: what a check would have to write to find out is said in words. */
export function checkJira(client: ProductClient, signal: AbortSignal): Promise<readonly CheckStep[]> {
  const step = (name: string, read: Read, decides = false): Step => ({
    name,
    decides,
    read: (within) => read(client, within),
  })
  const steps = [
    reachable(jira, client),
    step('credentials', checkCredentials, true),
    step('administrator', checkAdministrator, true),
    step('userListing', checkUserListing),
    step('groups', checkGroups),
    step('directories', checkDirectories),
    step('seats', checkSeats),
  ]
  return takeSteps(steps, signal)
}

type Read = (client: ProductClient, signal: AbortSignal) => Promise<string>

async function checkCredentials(client: ProductClient, signal: AbortSignal): Promise<string> {
  const { account, groups, locale } = await readOwnAccount(client, signal)
  const { version } = await readServerInfo(client, signal)
  const spoken = locale === '' || locale.startsWith('en')
  const language = spoken
    ? ''
    : ' Its language in Jira is not English: set it to English, so that refusals are understood.'
  return `Signed in to Jira ${version} as ${account.name}, a member of ${groups.length} groups.${language}`
}

async function checkAdministrator(client: ProductClient, signal: AbortSignal): Promise<string> {
  const { administrator, systemAdministrator } = await readPermissions(client, signal)
  if (!administrator) throw notAdministrator()
  return systemAdministrator
    ? 'The account is a Jira administrator and a system administrator.'
    : 'The account is a Jira administrator; groups with system rights can be changed by system administrators only.'
}

async function checkUserListing(client: ProductClient, signal: AbortSignal): Promise<string> {
  return describeListingWay(await detectListingWay(client, signal))
}

async function checkGroups(client: ProductClient, signal: AbortSignal): Promise<string> {
  const groups = await listGroups(client, signal)
  return `All ${groups.length} groups are listed. Members of subgroups count as members: REST does not tell them apart.`
}

async function checkDirectories(client: ProductClient, signal: AbortSignal): Promise<string> {
  return describeDirectory(await readDirectory(client, 'Jira', signal))
}

async function checkSeats(client: ProductClient, signal: AbortSignal): Promise<string> {
  const seats = await readSeats(client, signal)
  const full = seats.filter(({ remaining }) => remaining === 0).map(({ application }) => application)
  if (full.length > 0) {
    throw refusal(jiraProblems.jira_licence_exhausted, `No seat is left for ${full.join(', ')}.`)
  }
  return seats.length === 0 ? 'Jira reports no applications.' : seats.map(describeSeats).join(' ')
}

const describeSeats = ({ application, taken, remaining }: Seats): string =>
  `${application}: ${taken} seats taken, ${remaining === undefined ? 'no limit' : `${remaining} left`}.`
