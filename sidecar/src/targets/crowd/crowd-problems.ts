import { defineProblems } from '../../problem/problem.ts'
import { problemsOfProduct, productProblems } from '../data-center/product-problems.ts'

/** What can go wrong with a Crowd, or a Jira that serves as one, beyond the connection to it. */
export const crowdProblems = defineProblems({
  ...problemsOfProduct('crowd', 'Crowd'),
  crowd_url_invalid: {
    status: 422,
    meaning: 'The base URL of Crowd is not an http or https address, or carries a user name, query or fragment.',
    remedy: 'Give `https://crowd.example.com/crowd`; of a Jira that serves as Crowd, its own base URL.',
  },
  crowd_password_refused: {
    status: 502,
    meaning: 'Crowd does not accept the name and password of the application.',
    remedy: 'Correct both: they are those of an application in Crowd (in Jira: of Jira user server), not of a person.',
  },
  crowd_address_refused: {
    status: 502,
    meaning: 'Crowd refuses requests of this application from the address of this machine.',
    remedy: 'Add the address of this machine to the remote addresses of the application (in Jira: its IP addresses).',
  },
  crowd_not_administrator: {
    status: 502,
    meaning: 'Crowd does not let the application read its directories.',
    remedy: 'Map a directory to the application under Applications, Directories and groups.',
  },
  crowd_permission_missing: {
    status: 409,
    meaning: 'No directory of the application takes this change: permission is missing, or the directory is read-only.',
    remedy: 'Grant the permission to the application under Applications, Permissions, for the directory concerned.',
  },
  crowd_throttled: {
    status: 503,
    meaning: 'The rate limit of Crowd stayed exhausted for minutes.',
    remedy: 'Exempt the application from rate limiting in Crowd, or raise its limit.',
  },
  crowd_not_found_here: {
    status: 502,
    meaning: 'The user management API of Crowd is not found under the base URL.',
    remedy: 'Add the context path (such as /crowd) to the base URL; let proxies pass /rest/usermanagement.',
  },
  crowd_listing_moves: {
    status: 502,
    meaning: 'A listing of Crowd was changed each time while it was read; nothing is concluded from it.',
    remedy: 'Try again when fewer changes are made in Crowd.',
  },
  crowd_name_illegal: {
    status: 422,
    meaning: 'Crowd does not accept the name or another value of the account or group.',
    remedy: 'Follow what Crowd says; names are at most 255 characters and not empty.',
  },
  crowd_email_illegal: {
    status: 422,
    meaning: 'Crowd does not accept the e-mail address.',
    remedy: 'Change the e-mail mapping or the address at the provider.',
  },
  crowd_rename_needs_key: {
    status: 409,
    meaning: 'This server gives users no key of their own, so a renamed account could not be told from another.',
    remedy: 'Update Crowd, or rename the account in Crowd and adopt it anew.',
  },
  crowd_nesting_refused: {
    status: 409,
    meaning: 'Crowd does not nest one of the groups in the other: the groups would contain each other.',
    remedy: 'Break the circle at the provider, or flatten nested groups in the group policy.',
  },
  crowd_nesting_unsupported: {
    status: 409,
    meaning: 'The directory behind Crowd does not nest groups.',
    remedy: 'Switch nested groups on for the directory in Crowd, or flatten nested groups in the group policy.',
  },
  crowd_attribute_too_long: {
    status: 422,
    meaning: 'Crowd stores at most 255 characters in the name and in each value of an attribute.',
    remedy: 'Map a shorter attribute, or cut it with an expression.',
  },
  crowd_attribute_reserved: {
    status: 422,
    meaning: 'Crowd itself keeps an attribute of that name; writing it would lock people out.',
    remedy: 'Give the mapped attribute another name.',
  },
  crowd_no_leads: {
    status: 409,
    meaning: 'Crowd knows no projects and components, so nobody leads one there.',
    remedy: 'Give Jira itself a target.',
  },
  crowd_way_name_unknown: {
    status: 409,
    meaning: 'The account of the product has no user of that name in Crowd.',
    remedy:
      'Check that the product uses a directory of this Crowd; after a rename in Crowd, wait for the synchronisation of the directory.',
  },
})

/** The same by what they are, for the code that serves every product. */
export const crowdGeneralProblems = productProblems('crowd', crowdProblems)
