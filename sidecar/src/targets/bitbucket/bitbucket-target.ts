import { besideCrowd } from '../crowd/beside-crowd.ts'
import { type Inability, notAble } from '../data-center/not-able.ts'
import { createProductClient } from '../data-center/product-client.ts'
import { createReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { Target, TargetKind } from '../target.ts'
import type { OpenOptions } from '../throttling.ts'
import { createAccountDirectory } from './account-directory.ts'
import { createAccountWrites } from './account-writes.ts'
import { never } from './bitbucket-capabilities.ts'
import { bitbucket, bitbucketSignIn } from './bitbucket-failure.ts'
import { bitbucketFaults } from './bitbucket-problems.ts'
import { BitbucketSettings } from './bitbucket-settings.ts'
import { observedOf } from './bitbucket-wire.ts'
import { checkBitbucket } from './check-bitbucket.ts'
import { describeBitbucket } from './describe-bitbucket.ts'
import { createGroupWrites } from './group-writes.ts'
import { groupsOf } from './groups-of.ts'
import { listMembers } from './list-members.ts'
import { observeBitbucket } from './observe-bitbucket.ts'
import { createBitbucketWriteFailure } from './write-failure.ts'

/** Bitbucket Data Center 8.19, 9.4 and 10. */
export const bitbucketTarget = {
  kind: 'bitbucket',
  label: 'Bitbucket (Data Center)',
  settings: BitbucketSettings,
  open: (settings, options) => besideCrowd(openBitbucket(settings, options), settings.crowd, options),
} satisfies TargetKind<BitbucketSettings>

const readOnlyReason = `${bitbucketFaults.directory_read_only.meaning} ${bitbucketFaults.directory_read_only.remedy}`

const impossible = (inability: Inability) => async () => {
  throw notAble(inability)
}

function openBitbucket(settings: BitbucketSettings, options: OpenOptions = {}): Target {
  const client = createProductClient(bitbucket, settings, bitbucketSignIn(settings), options)
  const memory = createReadOnlyMemory(readOnlyReason)
  const directory = createAccountDirectory(client)
  const writeFailure = createBitbucketWriteFailure(client, memory)
  const accounts = createAccountWrites(client, directory, memory, writeFailure)
  const groups = createGroupWrites(client, directory, memory, writeFailure)
  return {
    describe: (signal) => describeBitbucket(client, directory, memory, settings.url, signal),
    check: (signal) => checkBitbucket(client, directory, signal),
    observe: (signal) => observeBitbucket(client, directory, signal),
    async findAccount(by, signal) {
      const account = await directory.find(by, signal)
      return account && observedOf(account)
    },
    groupsOf: (key, signal) => groupsOf(client, directory, key, signal),
    membersOf: async (group, signal) => ((await listMembers(client, group, signal)) ?? []).map(({ key }) => key),
    readLeads: async () => [],
    createAccount: accounts.create,
    updateAccount: accounts.update,
    renameAccount: accounts.rename,
    activateAccount: impossible(never.activateUser),
    deactivateAccount: impossible(never.deactivateUser),
    deleteAccount: accounts.delete,
    setAttributes: impossible(never.setAttributes),
    createGroup: groups.create,
    deleteGroup: groups.delete,
    addMember: groups.addMember,
    addsTogether: true,
    removeMember: groups.removeMember,
    reassignLead: impossible(never.reassignProjectLead),
    close: () => client.close(),
  }
}
