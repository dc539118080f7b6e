import { besideCrowd } from '../crowd/beside-crowd.ts'
import { type Inability, notAble } from '../data-center/not-able.ts'
import { createProductClient } from '../data-center/product-client.ts'
import { createReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { Target, TargetKind } from '../target.ts'
import type { OpenOptions } from '../throttling.ts'
import { createAccountWrites } from './account-writes.ts'
import { checkConfluence } from './check-confluence.ts'
import { never } from './confluence-capabilities.ts'
import { confluence, confluenceSignIn } from './confluence-failure.ts'
import { confluenceFaults } from './confluence-problems.ts'
import { ConfluenceSettings } from './confluence-settings.ts'
import { describeConfluence } from './describe-confluence.ts'
import { findAccount, groupsOf } from './find-account.ts'
import { createGroupWrites } from './group-writes.ts'
import { membersOf } from './list-groups.ts'
import { observeConfluence } from './observe-confluence.ts'
import { createConfluenceWriteFailure } from './write-failure.ts'

/** Confluence Data Center 8.5, 9.2 and 10. */
export const confluenceTarget = {
  kind: 'confluence',
  label: 'Confluence (Data Center)',
  settings: ConfluenceSettings,
  open: (settings, options) => besideCrowd(openConfluence(settings, options), settings.crowd, options),
} satisfies TargetKind<ConfluenceSettings>

const readOnlyReason = `${confluenceFaults.directory_read_only.meaning} ${confluenceFaults.directory_read_only.remedy}`

const impossible = (inability: Inability) => async () => {
  throw notAble(inability)
}

function openConfluence(settings: ConfluenceSettings, options: OpenOptions = {}): Target {
  const client = createProductClient(confluence, settings, confluenceSignIn(settings), options)
  const memory = createReadOnlyMemory(readOnlyReason)
  const writeFailure = createConfluenceWriteFailure(client, memory)
  const accounts = createAccountWrites(client, memory, writeFailure)
  const groups = createGroupWrites(client, memory, writeFailure)
  return {
    describe: (signal) => describeConfluence(client, memory, signal),
    check: (signal) => checkConfluence(client, signal),
    observe: (signal) => observeConfluence(client, signal),
    findAccount: (by, signal) => findAccount(client, by, signal),
    groupsOf: (key, signal) => groupsOf(client, key, signal),
    membersOf: (group, signal) => membersOf(client, group, signal),
    readLeads: async () => [],
    createAccount: accounts.create,
    updateAccount: accounts.update,
    renameAccount: impossible(never.renameUser),
    activateAccount: accounts.activate,
    deactivateAccount: accounts.deactivate,
    deleteAccount: accounts.delete,
    setAttributes: impossible(never.setAttributes),
    createGroup: groups.create,
    deleteGroup: groups.delete,
    addMember: groups.addMember,
    removeMember: groups.removeMember,
    reassignLead: impossible(never.reassignProjectLead),
    close: () => client.close(),
  }
}
