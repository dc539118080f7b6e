import { defineProblems } from '../../problem/problem.ts'
import { problemsOfProduct, productProblems } from '../data-center/product-problems.ts'

/** What can go wrong with a Jira, beyond the connection to it. */
export const jiraProblems = defineProblems({
  ...problemsOfProduct('jira', 'Jira'),
  jira_url_invalid: {
    status: 422,
    meaning: 'The base URL of Jira is not an http or https address, or carries a user name, query or fragment.',
    remedy: 'Give the base URL as in Jira under System, General configuration: `https://jira.example.com`.',
  },
  jira_token_refused: {
    status: 502,
    meaning: 'Jira does not accept the personal access token: unknown, revoked, expired, or its owner may not sign in.',
    remedy: 'Create a new token as that Jira administrator (Profile, Personal Access Tokens) and store it here.',
  },
  jira_not_administrator: {
    status: 502,
    meaning: 'The account of the credentials lacks the global permission Jira Administrators.',
    remedy: 'Put the account into a group that holds Jira Administrators under System, Global permissions.',
  },
  jira_needs_system_administrator: {
    status: 502,
    meaning: 'Jira lets only its system administrators change this account or group.',
    remedy: 'Change it by hand, or give the account of the credentials the permission Jira System Administrators.',
  },
  jira_throttled: {
    status: 503,
    meaning: 'The rate limit of Jira stayed exhausted for minutes.',
    remedy: 'Exempt the account of the credentials under System, Rate limiting, or raise its limit.',
  },
  jira_unexpected_answer: {
    status: 502,
    meaning: 'The answer of Jira has not the form that its documentation promises; nothing is concluded from it.',
    remedy: 'Check that the base URL is that of a Jira Data Center 9.12 or later, then report this with its version.',
  },
  jira_users_capped: {
    status: 502,
    meaning: 'This Jira shows only the first users of any search and has no listing of all; parts of it stay unseen.',
    remedy:
      'Update to the latest 10.3 or 11, whose API lists all users; until then nothing is concluded about this Jira.',
  },
  jira_groups_incomplete: {
    status: 502,
    meaning: 'Jira reports more groups than it could be made to list; nothing is concluded from it.',
    remedy: 'Raise the property jira.ajax.autocomplete.limit in Jira above the number of its groups.',
  },
  jira_members_incomplete: {
    status: 502,
    meaning: 'Jira reports more members of a group than it listed, three times in a row.',
    remedy: 'Try again when the group is not being changed.',
  },
  jira_name_illegal: {
    status: 422,
    meaning: 'Jira does not accept the name: empty, longer than 255, or with one of < > &.',
    remedy: 'Change the user name mapping or the name at the provider.',
  },
  jira_email_illegal: {
    status: 422,
    meaning: 'Jira does not accept the e-mail address.',
    remedy: 'Change the e-mail mapping or the address at the provider.',
  },
  jira_lead_blocks: {
    status: 409,
    meaning: 'The account leads a project or component, so Jira refuses to deactivate or delete it.',
    remedy: 'Set a default project and component lead in the policy; let our account browse every project.',
  },
  jira_user_referenced: {
    status: 409,
    meaning: 'Jira refuses to delete the account, because issues, comments or the like refer to it.',
    remedy: 'Deactivate it instead, or anonymise it in Jira.',
  },
  jira_group_in_use: {
    status: 409,
    meaning: 'Jira refuses to delete the group, because comments or worklogs are restricted to it.',
    remedy: 'Delete it in Jira and choose a group that takes over the restrictions.',
  },
  jira_new_lead_refused: {
    status: 409,
    meaning: 'Jira does not accept the new lead: the account is unknown, inactive, or may not lead.',
    remedy: 'Choose an active account with access as the default lead.',
  },
  jira_project_locked: {
    status: 409,
    meaning: 'The project or component cannot be changed: archived, or not visible to or editable by our account.',
    remedy: 'Restore the project, or give our account Browse Projects and Administer Projects in it.',
  },
  jira_attributes_too_large: {
    status: 422,
    meaning: 'The attributes of a person take more than the 32,768 bytes that Jira stores.',
    remedy: 'Map fewer or shorter custom attributes.',
  },
})

export const jiraFaults = productProblems('jira', jiraProblems)
