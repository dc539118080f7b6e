import type { AccountKey } from '../../identity/ids.ts'
import { refusal } from '../data-center/product-failures.ts'
import { createReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { Target, TargetKind } from '../target.ts'
import type { OpenOptions } from '../throttling.ts'
import { createAccountWrites } from './account-writes.ts'
import { checkJiraCloud } from './check-jira-cloud.ts'
import { createCloudGroups } from './cloud-groups.ts'
import { describeJiraCloud } from './describe-jira-cloud.ts'
import { createAccountFinder, unknownAccount } from './find-account.ts'
import { createGroupWrites } from './group-writes.ts'
import { jiraCloudProblems } from './jira-cloud-problems.ts'
import { createJiraCloudClient, createOrganizationClient } from './jira-cloud-product.ts'
import { JiraCloudSettings } from './jira-cloud-settings.ts'
import { recordOf, textOf } from './jira-cloud-wire.ts'
import { readLeads, reassignLead } from './leads.ts'
import { observeJiraCloud } from './observe-jira-cloud.ts'
import { createOrganization } from './organization.ts'
import { createCloudWriteFailure } from './write-failure.ts'

/** Jira Cloud by its REST API v3, and the organization API for managed accounts. */
export const jiraCloudTarget = {
  kind: 'jiraCloud',
  label: 'Jira Cloud',
  settings: JiraCloudSettings,
  open: openJiraCloud,
} satisfies TargetKind<JiraCloudSettings>

function openJiraCloud(settings: JiraCloudSettings, options: OpenOptions = {}): Target {
  const client = createJiraCloudClient(settings, options)
  const { organization: owner } = settings
  const organization = owner && createOrganization(createOrganizationClient(settings, owner, options))
  const ways = { organization: owner !== undefined, deleteAccounts: owner?.deleteAccounts ?? false }
  const memory = createReadOnlyMemory(notAllowed)
  const finder = createAccountFinder(client)
  const groups = createCloudGroups(client)
  const failure = createCloudWriteFailure(client, memory)
  const writing = { client, memory, failure, finder, groups, organization, deleteAccounts: ways.deleteAccounts }
  const accountWrites = createAccountWrites(writing)
  const groupWrites = createGroupWrites(writing)
  return {
    describe: (signal) => describeJiraCloud({ client, groups, memory, ways }, signal),
    check: (signal) => checkJiraCloud(client, groups, ways.organization, signal),
    observe: (signal) => observeJiraCloud(client, finder, groups, signal),
    findAccount: finder.find,
    async groupsOf(key, signal) {
      const memberships = (await groups.ofAccount(key, signal)) ?? []
      // What is left of a deleted account is in no group.
      if (memberships.length === 0 && !(await finder.find({ key }, signal))) throw unknownAccount()
      return memberships.map(({ name }) => name)
    },
    /** Apps and customers too: a group of theirs is not empty. */
    async membersOf(group, signal) {
      const members = (await groups.members(group, signal)) ?? []
      return members.map(
        (member) => textOf(recordOf(member, 'a member').accountId, 'a member with an id') as AccountKey,
      )
    },
    readLeads: (signal) => readLeads(client, signal),
    createAccount: accountWrites.create,
    updateAccount: accountWrites.update,
    renameAccount: () => Promise.reject(noNames()),
    activateAccount: accountWrites.activate,
    deactivateAccount: accountWrites.deactivate,
    deleteAccount: accountWrites.delete,
    setAttributes: accountWrites.setAttributes,
    createGroup: groupWrites.create,
    deleteGroup: groupWrites.delete,
    addMember: groupWrites.addMember,
    removeMember: groupWrites.removeMember,
    reassignLead: (lead, name, signal) => reassignLead(writing, lead, name, signal),
    async close() {
      await Promise.all([client.close(), organization?.close()])
    },
  }
}

const notAllowed = `${jiraCloudProblems.jira_cloud_needs_site_administrator.meaning} ${jiraCloudProblems.jira_cloud_needs_site_administrator.remedy}`

const noNames = () =>
  refusal(jiraCloudProblems.jira_cloud_not_able, 'Accounts of Jira Cloud have no user name to change.', 'denied')
