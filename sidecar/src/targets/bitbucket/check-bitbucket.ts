import type { CheckStep } from '../../identity/check-step.ts'
import { describeDirectory } from '../data-center/directories.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import { reachable, type Step, takeSteps } from '../data-center/take-steps.ts'
import type { AccountDirectory } from './account-directory.ts'
import { bitbucket, notAdministrator } from './bitbucket-failure.ts'
import { bitbucketFaults } from './bitbucket-problems.ts'
import { groupNameOf } from './bitbucket-wire.ts'
import { readOwnAccount } from './describe-bitbucket.ts'
import { readDirectory } from './directories.ts'
import { groupsOf } from './groups-of.ts'
import { readLicence } from './licence.ts'
import { countDirectGrants, isAdministrator, readAccessGroups } from './permissions.ts'
import { readAll, readPages } from './read-pages.ts'

/** Reads only: what a check would have to write to find out is said in words. */
export function checkBitbucket(
  client: ProductClient,
  accounts: AccountDirectory,
  signal: AbortSignal,
): Promise<readonly CheckStep[]> {
  const step = (name: string, read: Step['read'], decides = false): Step => ({ name, decides, read })
  const steps = [
    reachable(bitbucket, client),
    step('credentials', (within) => checkCredentials(client, accounts, within), true),
    step('administrator', (within) => checkAdministrator(client, within), true),
    step('groups', (within) => checkGroups(client, within)),
    step('access', (within) => checkAccess(client, within)),
    step('directories', (within) => checkDirectories(client, within)),
    step('seats', (within) => checkSeats(client, within)),
  ]
  return takeSteps(steps, signal)
}

async function checkCredentials(client: ProductClient, accounts: AccountDirectory, signal: AbortSignal) {
  const { account, version } = await readOwnAccount(client, accounts, signal)
  const groups = await groupsOf(client, accounts, account.key, signal)
  return `Signed in to Bitbucket ${version} as ${account.name}, a member of ${groups.length} groups.`
}

async function checkAdministrator(client: ProductClient, signal: AbortSignal): Promise<string> {
  if (!(await isAdministrator(client, signal))) throw notAdministrator()
  return 'The account holds Admin; whoever holds System admin can be changed by system administrators only.'
}

async function checkGroups(client: ProductClient, signal: AbortSignal): Promise<string> {
  const names = await readAll(readPages(client, '/admin/groups', {}, 'listing groups', signal), groupNameOf)
  return `All ${names?.length ?? 0} groups are listed.`
}

async function checkAccess(client: ProductClient, signal: AbortSignal): Promise<string> {
  const groups = await readAccessGroups(client, signal)
  const direct = await countDirectGrants(client, signal)
  const granted = `These groups grant a licence: ${groups.join(', ') || 'none'}.`
  if (direct === 0) return granted
  return `${granted} People with a global permission of their own, which taking groups away does not end: ${direct}.`
}

async function checkDirectories(client: ProductClient, signal: AbortSignal): Promise<string> {
  return describeDirectory(await readDirectory(client, signal))
}

async function checkSeats(client: ProductClient, signal: AbortSignal): Promise<string> {
  const [seats] = (await readLicence(client, [], signal)).seats
  if (!seats) return 'No licence is installed.'
  if (seats.remaining === 0) throw refusal(bitbucketFaults.licence_exhausted, 'No seat is left in Bitbucket.')
  return seats.remaining === undefined ? 'The licence has no limit.' : `${seats.remaining} seats are left.`
}
