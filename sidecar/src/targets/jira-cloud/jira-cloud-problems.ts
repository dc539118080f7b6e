import { defineProblems } from '../../problem/problem.ts'
import { problemsOfProduct, productProblems } from '../data-center/product-problems.ts'

/** What can go wrong with a Jira Cloud site and its organization, beyond the connection to it. */
export const jiraCloudProblems = defineProblems({
  ...problemsOfProduct('jira_cloud', 'Jira Cloud'),
  jira_cloud_url_invalid: {
    status: 422,
    meaning: 'The address of the site is not an http or https address, or carries a user name, query or fragment.',
    remedy: 'Give the address that the browser shows, without a path: `https://your-site.atlassian.net`.',
  },
  jira_cloud_password_refused: {
    status: 502,
    meaning: 'Jira Cloud does not accept the e-mail address and API token: wrong, revoked or expired.',
    remedy:
      'Create a token at id.atlassian.com (Security, API tokens) as that administrator; tokens last a year at most.',
  },
  jira_cloud_not_administrator: {
    status: 502,
    meaning: 'The account of the API token lacks the global permission Administer Jira.',
    remedy: 'Make the account an administrator of the site at admin.atlassian.com.',
  },
  jira_cloud_needs_site_administrator: {
    status: 409,
    meaning: 'Jira Cloud lets only administrators of the site, or of the organization, make this change.',
    remedy: 'Make the account of the API token an organization admin at admin.atlassian.com.',
  },
  jira_cloud_group_managed: {
    status: 409,
    meaning:
      'The group is managed by another directory (user provisioning of the organization), so it takes no writes.',
    remedy: 'Leave the group to that directory, or map the source group to another group.',
  },
  jira_cloud_not_found_here: {
    status: 502,
    meaning: 'The REST API of Jira Cloud is not found at this address.',
    remedy: 'Check the name of the site, and that it has Jira.',
  },
  jira_cloud_throttled: {
    status: 503,
    meaning: 'The rate limit of Jira Cloud stayed exhausted for minutes.',
    remedy: 'Lower `concurrency` of the target; it is tried again later.',
  },
  jira_cloud_listing_too_slow: {
    status: 503,
    meaning: 'Jira Cloud took too long to list users, even a few of them at a time.',
    remedy: 'Nothing needs to be done: it is tried again later. If it stays, ask Atlassian support about the site.',
  },
  jira_cloud_listing_moves: {
    status: 502,
    meaning: 'A listing of Jira Cloud was changed each time while it was read; nothing is concluded from it.',
    remedy: 'Try again when fewer changes are made.',
  },
  jira_cloud_no_access: {
    status: 409,
    meaning:
      'The person has an Atlassian account that this site does not know, and Jira Cloud does not add it this way.',
    remedy: 'Invite the person at admin.atlassian.com; the next run adopts the account.',
  },
  jira_cloud_email_illegal: {
    status: 422,
    meaning: 'Jira Cloud does not accept the e-mail address.',
    remedy: 'Change the e-mail mapping or the address at the provider.',
  },
  jira_cloud_not_managed: {
    status: 409,
    meaning: 'The account is not managed by the organization, so the organization may not change it.',
    remedy: 'Verify the domain of its e-mail address at admin.atlassian.com and claim its accounts.',
  },
  jira_cloud_organization_key_refused: {
    status: 502,
    meaning: 'Atlassian does not accept the API key of the organization: wrong, revoked or expired.',
    remedy: 'Create a key at admin.atlassian.com (Settings, API keys) and store it here.',
  },
  jira_cloud_not_able: {
    status: 409,
    meaning: 'Jira Cloud has no call for this change without the API key of the organization, or none at all.',
    remedy: 'Give the target the API key of the organization, or make the change at admin.atlassian.com.',
  },
  jira_cloud_attributes_too_large: {
    status: 422,
    meaning: 'The attributes of a person take more than the 32,768 bytes that Jira Cloud stores.',
    remedy: 'Map fewer or shorter custom attributes.',
  },
  jira_cloud_new_lead_refused: {
    status: 409,
    meaning: 'Jira Cloud does not accept the new lead: the account is unknown, inactive, or may not lead.',
    remedy: 'Choose an active account with access as the default lead.',
  },
  jira_cloud_project_locked: {
    status: 409,
    meaning: 'The project or component cannot be changed: archived, or not editable by our account.',
    remedy: 'Restore the project, or give our account Administer Projects in it.',
  },
})

/** The same by what they are, for the code that serves every product. */
export const jiraCloudFaults = productProblems('jira_cloud', jiraCloudProblems)
