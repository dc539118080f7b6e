import { besideCrowd } from '../crowd/beside-crowd.ts'
import { createProductClient } from '../data-center/product-client.ts'
import { createReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { Target, TargetKind } from '../target.ts'
import type { OpenOptions } from '../throttling.ts'
import { createAccountWrites } from './account-writes.ts'
import { checkJira } from './check-jira.ts'
import { describeJira } from './describe-jira.ts'
import { findAccount, groupsOf } from './find-account.ts'
import { createGroupWrites } from './group-writes.ts'
import { jira, jiraSignIn } from './jira-failure.ts'
import { jiraFaults } from './jira-problems.ts'
import { JiraSettings } from './jira-settings.ts'
import { readLeads, reassignLead } from './leads.ts'
import { listMembers } from './list-members.ts'
import { observeJira } from './observe-jira.ts'
import { createJiraWriteFailure } from './write-failure.ts'

/** Jira Data Center 9.12, 10.3 and 11. */
export const jiraTarget = {
  kind: 'jira',
  label: 'Jira (Data Center)',
  settings: JiraSettings,
  open: (settings, options) => besideCrowd(openJira(settings, options), settings.crowd, options),
} satisfies TargetKind<JiraSettings>

const readOnlyReason = `${jiraFaults.directory_read_only.meaning} ${jiraFaults.directory_read_only.remedy}`

function openJira(settings: JiraSettings, options: OpenOptions = {}): Target {
  const client = createProductClient(jira, settings, jiraSignIn(settings), options)
  const memory = createReadOnlyMemory(readOnlyReason)
  const writeFailure = createJiraWriteFailure(client, memory)
  const accounts = createAccountWrites(client, memory, writeFailure)
  const groups = createGroupWrites(client, memory, writeFailure)
  return {
    describe: (signal) => describeJira(client, memory, signal),
    check: (signal) => checkJira(client, signal),
    observe: (signal) => observeJira(client, signal),
    findAccount: (by, signal) => findAccount(client, by, signal),
    groupsOf: (key, signal) => groupsOf(client, key, signal),
    membersOf: async (group, signal) => ((await listMembers(client, group, signal)) ?? []).map(({ key }) => key),
    readLeads: (signal) => readLeads(client, signal),
    createAccount: accounts.create,
    updateAccount: accounts.update,
    renameAccount: accounts.rename,
    activateAccount: accounts.activate,
    deactivateAccount: accounts.deactivate,
    deleteAccount: accounts.delete,
    setAttributes: accounts.setAttributes,
    createGroup: groups.create,
    deleteGroup: groups.delete,
    addMember: groups.addMember,
    removeMember: groups.removeMember,
    reassignLead: (lead, name, signal) => reassignLead(client, writeFailure, lead, name, signal),
    close: () => client.close(),
  }
}
