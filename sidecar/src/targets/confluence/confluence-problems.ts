import { defineProblems } from '../../problem/problem.ts'
import { problemsOfProduct, productProblems } from '../data-center/product-problems.ts'

/** What can go wrong with a Confluence, beyond the connection to it. */
export const confluenceProblems = defineProblems({
  ...problemsOfProduct('confluence', 'Confluence'),
  confluence_token_refused: {
    status: 502,
    meaning:
      'Confluence does not accept the personal access token: unknown, revoked, expired, or its owner may not sign in.',
    remedy: 'Create a new token as that administrator (profile picture, Settings, Personal Access Tokens).',
  },
  confluence_not_administrator: {
    status: 502,
    meaning: 'The account of the credentials lacks the global permission Confluence Administrator.',
    remedy:
      'Put the account into a group that holds Confluence Administrator under General configuration, Global permissions.',
  },
  confluence_needs_system_administrator: {
    status: 502,
    meaning: 'Confluence lets only its system administrators change this account or group.',
    remedy: 'Change it by hand, or give the account of the credentials the permission System Administrator.',
  },
  confluence_read_only_mode: {
    status: 503,
    meaning: 'Confluence is in read-only mode: an administrator has switched writing off.',
    remedy: 'End the read-only mode under General configuration, Maintenance; what was planned is tried again later.',
  },
  confluence_name_illegal: {
    status: 422,
    meaning:
      'Confluence does not accept the user name: empty, longer than 255, with upper case, white space or one of \\ , + < > \' ".',
    remedy: 'Change the user name mapping so that it gives lower-case names without these characters.',
  },
  confluence_name_not_addressable: {
    status: 422,
    meaning: 'The name holds / \\ or %, or is . or .., which the addresses of the REST API of Confluence cannot carry.',
    remedy: 'Rename it in Confluence, or leave it to be managed there.',
  },
  confluence_email_illegal: {
    status: 422,
    meaning: 'Confluence does not accept the e-mail address.',
    remedy: 'Change the e-mail mapping or the address at the provider.',
  },
  confluence_full_name_illegal: {
    status: 422,
    meaning: 'Confluence does not accept the full name: empty, "anonymous", or with < or >.',
    remedy: 'Change the display name mapping or the name at the provider.',
  },
  confluence_last_administrators: {
    status: 409,
    meaning: 'Confluence refuses to delete the last group that administers it.',
    remedy: 'Give another group the administration permission first, or keep this one.',
  },
  confluence_deletion_failed: {
    status: 409,
    meaning: 'Confluence accepted the deletion of the account and then could not finish it.',
    remedy: 'Look for the time of the failure in the log of Confluence; the account may be half deleted.',
  },
  confluence_deletion_unfinished: {
    status: 504,
    meaning: 'Confluence accepted the deletion of the account and was still at it after ten minutes.',
    remedy: 'Nothing needs to be done: the next observation sees whether the account is gone.',
  },
})

export const confluenceFaults = productProblems('confluence', confluenceProblems)
