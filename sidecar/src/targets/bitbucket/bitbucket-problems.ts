import { defineProblems } from '../../problem/problem.ts'
import { problemsOfProduct, productProblems } from '../data-center/product-problems.ts'

/** What can go wrong with a Bitbucket, beyond the connection to it. */
export const bitbucketProblems = defineProblems({
  ...problemsOfProduct('bitbucket', 'Bitbucket'),
  bitbucket_password_refused: {
    status: 502,
    meaning: 'Bitbucket does not accept the user name and password.',
    remedy:
      'Correct the user name and password; with single sign-on allow this account under Authentication methods, Basic authentication.',
  },
  bitbucket_basic_disabled: {
    status: 502,
    meaning: 'Basic authentication is switched off in this Bitbucket, and its tokens cannot administer users.',
    remedy: 'Allow this account under Administration, Authentication methods, Basic authentication.',
  },
  bitbucket_access_token: {
    status: 422,
    meaning:
      'The credential is an HTTP access token, and tokens of Bitbucket reach at most the administration of projects.',
    remedy: 'Use the user name and password of an administrator (`method: basic`); no token can administer users.',
  },
  bitbucket_not_administrator: {
    status: 502,
    meaning: 'The account of the credentials lacks the global permission Admin.',
    remedy: 'Put the account into a group that holds Admin under Administration, Global permissions.',
  },
  bitbucket_outranked: {
    status: 502,
    meaning: 'The account or group has more rights in Bitbucket than the account of the credentials.',
    remedy: 'Change it by hand, or give the account of the credentials the global permission System admin.',
  },
  bitbucket_own_rights: {
    status: 409,
    meaning: 'Bitbucket refuses what would take rights from the account of the credentials itself.',
    remedy: 'Give these rights to the account by another group first.',
  },
  bitbucket_name_illegal: {
    status: 422,
    meaning: 'Bitbucket does not accept the name.',
    remedy: 'Change the user name mapping or the name at the provider.',
  },
  bitbucket_email_illegal: {
    status: 422,
    meaning: 'Bitbucket does not accept the e-mail address.',
    remedy: 'Change the e-mail mapping or the address at the provider.',
  },
})

export const bitbucketFaults = productProblems('bitbucket', bitbucketProblems)
