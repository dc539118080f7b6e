import type { CheckStep } from '../../identity/check-step.ts'
import { describeDirectory, readDirectory } from '../data-center/directories.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import { reachable, type Step, takeSteps } from '../data-center/take-steps.ts'
import { confluence, notAdministrator } from './confluence-failure.ts'
import { confluenceFaults } from './confluence-problems.ts'
import { readOwnAccount } from './describe-confluence.ts'
import { describeProbes } from './describe-probes.ts'
import { groupsOf } from './find-account.ts'
import { listGroups } from './list-groups.ts'
import { readAdministrator } from './permissions.ts'
import { probeConfluence } from './probe-confluence.ts'
import { readSeats } from './seats.ts'
import { readServerInfo } from './server-info.ts'

type Read = (client: ProductClient, signal: AbortSignal) => Promise<string>

/** Reads only: what a check would have to write to find out is said in words. */
export function checkConfluence(client: ProductClient, signal: AbortSignal): Promise<readonly CheckStep[]> {
  const step = (name: string, read: Read, decides = false): Step => ({
    name,
    decides,
    read: (within) => read(client, within),
  })
  const steps = [
    reachable(confluence, client),
    step('credentials', checkCredentials, true),
    step('administrator', checkAdministrator, true),
    step('release', async (_, within) => describeProbes(await probeConfluence(client, within))),
    step('groups', checkGroups),
    step('directories', async (_, within) => describeDirectory(await readDirectory(client, 'Confluence', within))),
    step('seats', checkSeats),
  ]
  return takeSteps(steps, signal)
}

async function checkCredentials(client: ProductClient, signal: AbortSignal): Promise<string> {
  const account = await readOwnAccount(client, signal)
  const [{ version }, groups] = await Promise.all([
    readServerInfo(client, signal),
    groupsOf(client, account.key, signal),
  ])
  return `Signed in to Confluence ${version} as ${account.name}, a member of ${groups.length} groups.`
}

async function checkAdministrator(client: ProductClient, signal: AbortSignal): Promise<string> {
  switch (await readAdministrator(client, signal)) {
    case 'yes':
      return 'The account is a Confluence administrator.'
    case 'no':
      throw notAdministrator()
    case 'unknown':
      return 'This release does not tell whether the account is an administrator; the first write will.'
  }
}

async function checkGroups(client: ProductClient, signal: AbortSignal): Promise<string> {
  const { readable, unreadable } = await listGroups(client, signal)
  const all = `All ${readable.length} groups are listed.`
  if (unreadable.length === 0) return all
  return `${all} ${unreadable.length} more have names with / \\ or %, which this release cannot be asked about; they are left alone.`
}

async function checkSeats(client: ProductClient, signal: AbortSignal): Promise<string> {
  const seats = await readSeats(client, signal)
  if (!seats) return 'Confluence does not tell its seats.'
  if (seats.remaining === 0) throw refusal(confluenceFaults.licence_exhausted, 'No seat is left in Confluence.')
  return seats.remaining === undefined ? 'The licence has no limit.' : `${seats.remaining} seats are left.`
}
