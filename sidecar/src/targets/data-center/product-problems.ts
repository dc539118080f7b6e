import type { ProblemDefinition } from '../../problem/problem.ts'

type Entry = Omit<ProblemDefinition, 'code'>

/** What can go wrong with every product, in words that are true for each; a product corrects what it knows better. */
const entriesOf = (name: string) =>
  ({
    url_invalid: {
      status: 422,
      meaning: `The base URL of ${name} is not an http or https address, or carries a user name, query or fragment.`,
      remedy: `Give the base URL as ${name} shows it in its general settings.`,
    },
    url_unencrypted: {
      status: 422,
      meaning: `The base URL of ${name} is http on a host that is not loopback.`,
      remedy: 'Use https; where the network is trusted, set `allowPlainHttp` for this target.',
    },
    password_refused: {
      status: 502,
      meaning: `${name} does not accept the user name and password.`,
      remedy: 'Correct the user name and password; with single sign-on use a personal access token instead.',
    },
    captcha: {
      status: 502,
      meaning: `After failed sign-ins ${name} demands a CAPTCHA of this account and refuses even the right password.`,
      remedy: 'Sign in once in a browser as this account, or reset its failed login count in User management.',
    },
    basic_disabled: {
      status: 502,
      meaning: `Basic authentication is switched off in this ${name}.`,
      remedy: 'Use a personal access token, or allow this account under Authentication methods, Basic authentication.',
    },
    xsrf_refused: {
      status: 502,
      meaning: `The XSRF check of ${name}, or of something before it, refused a request.`,
      remedy: `Let the header X-Atlassian-Token pass through proxies and check that the base URL equals that of ${name}.`,
    },
    redirects: {
      status: 502,
      meaning: `${name} answers with a redirect instead of data.`,
      remedy: `Give the base URL that the browser ends at; exempt /rest from single sign-on in front of ${name}.`,
    },
    unavailable: {
      status: 503,
      meaning: `${name} is starting, stopping, not set up yet, in maintenance or overloaded (status 503).`,
      remedy:
        'Finish its start, set-up or maintenance. If it is planned nothing has to be done: it is tried again later.',
    },
    gateway_error: {
      status: 502,
      meaning: `A proxy or load balancer got no answer from ${name} (status 502 or 504).`,
      remedy: `Check that the nodes of ${name} are up; it is tried again later.`,
    },
    throttled: {
      status: 503,
      meaning: `The rate limit of ${name} stayed exhausted for minutes.`,
      remedy: 'Exempt the account of the credentials from rate limiting, or raise its limit.',
    },
    server_error: {
      status: 502,
      meaning: `${name} failed inside while it handled this request (status 500).`,
      remedy: `Look for the time of the failure in the log of ${name}.`,
    },
    not_found_here: {
      status: 502,
      meaning: `The REST API of ${name} is not found under the base URL.`,
      remedy: 'Add the context path to the base URL (such as /jira), or let proxies pass /rest.',
    },
    unexpected_answer: {
      status: 502,
      meaning: `The answer of ${name} has not the form that its documentation promises; nothing is concluded from it.`,
      remedy: `Check that the base URL is that of a ${name} Data Center of a supported version, then report this with its version.`,
    },
    not_administrator: {
      status: 502,
      meaning: `The account of the credentials is not an administrator of ${name}.`,
      remedy: `Put the account into a group that holds the permission to administer ${name}.`,
    },
    directory_read_only: {
      status: 409,
      meaning: `The user directory that holds, or would receive, the account or group lets ${name} write nothing.`,
      remedy:
        'Put a writable internal directory into the list of user directories, provision the directory itself (Crowd), or provision groups only (`users.accounts: leaveAlone` in the policy).',
    },
    licence_exhausted: {
      status: 409,
      meaning: 'No seat of the licence is left.',
      remedy: 'Free seats by deactivating people, or extend the licence.',
    },
    user_exists: {
      status: 409,
      meaning: 'An account of that user name exists already.',
      remedy: 'Let the policy adopt existing accounts, or rename the other account.',
    },
    user_unknown: {
      status: 404,
      meaning: `The account does not exist in ${name} any more.`,
      remedy: 'Nothing needs to be done: the next full observation sees it.',
    },
    name_illegal: {
      status: 422,
      meaning: `${name} does not accept the name.`,
      remedy: 'Change the user name mapping or the name at the provider.',
    },
    group_exists: {
      status: 409,
      meaning: 'A group of that name exists already.',
      remedy: 'Map the source group to the existing group.',
    },
    group_unknown: {
      status: 404,
      meaning: `The group does not exist in ${name}.`,
      remedy: 'Create the group or change the mapping.',
    },
    listing_repeats: {
      status: 502,
      meaning: `A paged listing of ${name} came back to a page that it had given before.`,
      remedy: `Try again; if it stays, check for a caching proxy before ${name}.`,
    },
    users_incomplete: {
      status: 502,
      meaning: 'The listing of users left out accounts that exist; nothing is concluded from it.',
      remedy: `Try again; if it stays, rebuild the user directory caches of ${name} and compare its user counts.`,
    },
    refused: {
      status: 409,
      meaning: `${name} refused a change for a reason of its own, which the message quotes.`,
      remedy: `Follow what ${name} says; if it is unclear, try the same change in its user management.`,
    },
  }) as const satisfies Record<string, Entry>

export type ProductFault = keyof ReturnType<typeof entriesOf>

export type ProductProblems = Readonly<Record<ProductFault, ProblemDefinition>>

/** The problems that every product has, under codes of this one: `confluence_captcha`. */
export function problemsOfProduct<Prefix extends string>(
  prefix: Prefix,
  name: string,
): Record<`${Prefix}_${ProductFault}`, Entry> {
  const entries = Object.entries(entriesOf(name)).map(([fault, entry]) => [`${prefix}_${fault}`, entry])
  return Object.fromEntries(entries)
}

/** The same problems by what they are, for code that serves every product. */
export function productProblems<Prefix extends string>(
  prefix: Prefix,
  problems: Readonly<Record<`${Prefix}_${ProductFault}`, ProblemDefinition>>,
): ProductProblems {
  const named = Object.keys(entriesOf('')).map((fault) => [fault, problems[`${prefix}_${fault as ProductFault}`]])
  return Object.fromEntries(named)
}
