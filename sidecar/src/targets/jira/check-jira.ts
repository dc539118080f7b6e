import type { CheckStep } from '../../identity/check-step.ts'
import { Problem } from '../../problem/problem.ts'
import { readOwnAccount, readServerInfo } from './describe-jira.ts'
import type { JiraClient } from './jira-client.ts'
import { notAdministrator, refusal } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'
import { groupNameOf, listOf, recordOf } from './jira-wire.ts'
import { listGroups } from './list-groups.ts'
import { describeListingWay, detectListingWay } from './listing-way.ts'
import { readPermissions } from './permissions.ts'
import { readSeats, type Seats } from './seats.ts'

type Read = (client: JiraClient, signal: AbortSignal) => Promise<string>

interface Step {
  readonly name: string
  readonly read: Read
  /** Without it nothing after it can work. */
  readonly decides: boolean
}

const steps: readonly Step[] = [
  { name: 'reachable', read: checkReachable, decides: true },
  { name: 'credentials', read: checkCredentials, decides: true },
  { name: 'administrator', read: checkAdministrator, decides: true },
  { name: 'userListing', read: checkUserListing, decides: false },
  { name: 'groups', read: checkGroups, decides: false },
  { name: 'directories', read: checkDirectories, decides: false },
  { name: 'seats', read: checkSeats, decides: false },
]

/** Reads only: what a check would have to write to find out is said in words. */
export async function checkJira(client: JiraClient, signal: AbortSignal): Promise<readonly CheckStep[]> {
  const taken: CheckStep[] = []
  for (const step of steps) {
    const result = await take(step, client, signal)
    taken.push(result)
    if (!result.ok && step.decides) break
  }
  return taken
}

async function take({ name, read }: Step, client: JiraClient, signal: AbortSignal): Promise<CheckStep> {
  try {
    return { step: name, ok: true, detail: await read(client, signal) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { step: name, ok: false, detail: error.message, problem: { code: error.code, remedy: error.remedy } }
  }
}

/** `/status` needs no credentials (atlassian-rest.md 2.6); where a proxy hides it, the next step tells more. */
async function checkReachable(client: JiraClient, signal: AbortSignal): Promise<string> {
  const answer = await client.getAnonymously('/status', signal)
  const state = (answer.body as { state?: unknown } | undefined)?.state
  if (typeof state === 'string' && state !== 'RUNNING') {
    throw refusal(jiraProblems.jira_not_running, `Jira answers that its state is ${state}.`, 'unavailable')
  }
  return state === 'RUNNING' ? 'Jira answers and is running.' : 'Something answers, but does not tell its state.'
}

async function checkCredentials(client: JiraClient, signal: AbortSignal): Promise<string> {
  const { account, groups, locale } = await readOwnAccount(client, signal)
  const { version } = await readServerInfo(client, signal)
  const spoken = locale === '' || locale.startsWith('en')
  const language = spoken
    ? ''
    : ' Its language in Jira is not English: set it to English, so that refusals are understood.'
  return `Signed in to Jira ${version} as ${account.name}, a member of ${groups.length} groups.${language}`
}

async function checkAdministrator(client: JiraClient, signal: AbortSignal): Promise<string> {
  const { administrator, systemAdministrator } = await readPermissions(client, signal)
  if (!administrator) throw notAdministrator()
  return systemAdministrator
    ? 'The account is a Jira administrator and a system administrator.'
    : 'The account is a Jira administrator; groups with system rights can be changed by system administrators only.'
}

async function checkUserListing(client: JiraClient, signal: AbortSignal): Promise<string> {
  return describeListingWay(await detectListingWay(client, signal))
}

async function checkGroups(client: JiraClient, signal: AbortSignal): Promise<string> {
  const groups = await listGroups(client, signal)
  return `All ${groups.length} groups are listed. Members of subgroups count as members: REST does not tell them apart.`
}

/** Undocumented, and for system administrators only (atlassian-rest.md 2.5). No REST call tells which are writable. */
async function checkDirectories(client: JiraClient, signal: AbortSignal): Promise<string> {
  const answer = await client.get('/crowd/latest/directory', {}, signal)
  const first = 'New accounts go to the first user directory that accepts writes'
  if (answer.status !== 200) {
    return `${first}; see User management, User directories, since this account may not list them (status ${answer.status}).`
  }
  const { directories } = recordOf(answer.body, 'the user directories')
  const names = listOf(directories, 'the user directories').map(groupNameOf)
  if (names.length === 1) return `New accounts go to the only user directory, ${names[0]}.`
  return `${first}. Jira has: ${names.join(', ')}. REST tells neither their order nor which are read-only.`
}

async function checkSeats(client: JiraClient, signal: AbortSignal): Promise<string> {
  const seats = await readSeats(client, signal)
  const full = seats.filter(({ remaining }) => remaining === 0).map(({ application }) => application)
  if (full.length > 0) {
    throw refusal(jiraProblems.jira_licence_exhausted, `No seat is left for ${full.join(', ')}.`)
  }
  return seats.length === 0 ? 'Jira reports no applications.' : seats.map(describeSeats).join(' ')
}

const describeSeats = ({ application, taken, remaining }: Seats): string =>
  `${application}: ${taken} seats taken, ${remaining === undefined ? 'no limit' : `${remaining} left`}.`
