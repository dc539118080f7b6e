import { defineProblems } from '../../problem/problem.ts'

/** What can go wrong with a Jira, beyond the connection to it. */
export const jiraProblems = defineProblems({
  jira_url_invalid: {
    status: 422,
    meaning: 'The base URL of Jira is not an http or https address, or carries a user name, query or fragment.',
    remedy: 'Give the base URL as in Jira under System, General configuration: `https://jira.example.com`.',
  },
  jira_url_unencrypted: {
    status: 422,
    meaning: 'The base URL of Jira is http on a host that is not loopback.',
    remedy: 'Use https; where the network is trusted, set `allowPlainHttp` for this target.',
  },
  jira_token_refused: {
    status: 502,
    meaning: 'Jira does not accept the personal access token: unknown, revoked, expired, or its owner may not sign in.',
    remedy: 'Create a new token as that Jira administrator (Profile, Personal Access Tokens) and store it here.',
  },
  jira_password_refused: {
    status: 502,
    meaning: 'Jira does not accept the user name and password.',
    remedy: 'Correct the user name and password; with single sign-on use a personal access token instead.',
  },
  jira_captcha: {
    status: 502,
    meaning: 'After failed sign-ins Jira demands a CAPTCHA of this account and refuses even the right password.',
    remedy: 'Sign in once in a browser as this account, or reset its failed login count in User management.',
  },
  jira_basic_disabled: {
    status: 502,
    meaning: 'Basic authentication is switched off in this Jira.',
    remedy: 'Use a personal access token, or allow this account under Authentication methods, Basic authentication.',
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
  jira_xsrf_refused: {
    status: 502,
    meaning: 'The XSRF check of Jira, or of something before it, refused a request.',
    remedy: 'Let the header X-Atlassian-Token pass through proxies and check that the base URL equals that of Jira.',
  },
  jira_redirects: {
    status: 502,
    meaning: 'Jira answers with a redirect instead of data.',
    remedy: 'Give the base URL that the browser ends at; exempt /rest from single sign-on in front of Jira.',
  },
  jira_unavailable: {
    status: 503,
    meaning: 'Jira is starting, stopping, in maintenance or overloaded (status 503).',
    remedy: 'Nothing needs to be done if this is planned: it is tried again later.',
  },
  jira_not_running: {
    status: 503,
    meaning: 'Jira answers, but its state is not RUNNING.',
    remedy: 'Finish its start, set-up or maintenance; it is tried again later.',
  },
  jira_gateway_error: {
    status: 502,
    meaning: 'A proxy or load balancer got no answer from Jira (status 502 or 504).',
    remedy: 'Check that the nodes of Jira are up; it is tried again later.',
  },
  jira_throttled: {
    status: 503,
    meaning: 'The rate limit of Jira stayed exhausted for minutes.',
    remedy: 'Exempt the account of the credentials under System, Rate limiting, or raise its limit.',
  },
  jira_server_error: {
    status: 502,
    meaning: 'Jira failed inside while it handled this request (status 500).',
    remedy: 'Look for the time of the failure in the log of Jira.',
  },
  jira_unexpected_answer: {
    status: 502,
    meaning: 'The answer of Jira has not the form that its documentation promises; nothing is concluded from it.',
    remedy: 'Check that the base URL is that of a Jira Data Center 9.12 or later, then report this with its version.',
  },
  jira_not_found_here: {
    status: 502,
    meaning: 'The REST API of Jira is not found under the base URL.',
    remedy: 'Add the context path to the base URL (such as /jira), or let proxies pass /rest.',
  },
  jira_users_capped: {
    status: 502,
    meaning: 'This Jira shows only the first users of any search and has no listing of all; parts of it stay unseen.',
    remedy:
      'Update to the latest 10.3 or 11, whose API lists all users; until then nothing is concluded about this Jira.',
  },
  jira_users_incomplete: {
    status: 502,
    meaning: 'The listing of users left out accounts that exist; nothing is concluded from it.',
    remedy: 'Try again; if it stays, rebuild the user directory caches of Jira and compare its user counts.',
  },
  jira_listing_repeats: {
    status: 502,
    meaning: 'A paged listing of Jira came back to a page that it had given before.',
    remedy: 'Try again; if it stays, check for a caching proxy before Jira.',
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
  jira_user_exists: {
    status: 409,
    meaning: 'An account of that user name exists already.',
    remedy: 'Let the policy adopt existing accounts, or rename the other account.',
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
  jira_directory_read_only: {
    status: 409,
    meaning: 'The user directory that holds, or would receive, the account or group lets Jira write nothing.',
    remedy:
      'Put a writable internal directory into the list of user directories, provision the directory itself (Crowd), or sync groups only.',
  },
  jira_licence_exhausted: {
    status: 409,
    meaning: 'No seat of the licence is left.',
    remedy: 'Free seats by deactivating people, or extend the licence.',
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
  jira_group_exists: {
    status: 409,
    meaning: 'A group of that name exists already.',
    remedy: 'Map the source group to the existing group.',
  },
  jira_group_in_use: {
    status: 409,
    meaning: 'Jira refuses to delete the group, because comments or worklogs are restricted to it.',
    remedy: 'Delete it in Jira and choose a group that takes over the restrictions.',
  },
  jira_user_unknown: {
    status: 404,
    meaning: 'The account does not exist in Jira any more.',
    remedy: 'Nothing needs to be done: the next full observation sees it.',
  },
  jira_group_unknown: {
    status: 404,
    meaning: 'The group does not exist in Jira.',
    remedy: 'Create the group or change the mapping.',
  },
  inherited_member: {
    status: 409,
    meaning: 'The account is a member through a nested group, so the membership cannot be removed from this group.',
    remedy: 'Remove the account from the subgroup, or take the subgroup out of the group in Jira.',
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
  jira_refused: {
    status: 409,
    meaning: 'Jira refused a change for a reason of its own, which the message quotes.',
    remedy: 'Follow what Jira says; if it is unclear, try the same change in its user management.',
  },
})
