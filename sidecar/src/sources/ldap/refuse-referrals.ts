import { Problem } from '../../problem/problem.ts'
import { normaliseDn } from './dn/normalise-dn.ts'
import type { Attempt } from './ldap-failure.ts'
import { ldapProblems } from './ldap-problems.ts'
import type { LdapSettings } from './ldap-settings.ts'

/**
 * Naming contexts that a search from the root of an Active Directory domain is always referred to, and in which nobody
 * lives: DNS zones, configuration, schema (ldapts).
 */
const nobodyThere = /^(?:dc=(?:domain|forest)dnszones|cn=configuration|cn=schema,cn=configuration),/

/** A search continuation (RFC 4511 4.5.3) says that a part of the base was not searched: the list is not whole. */
export function refuseReferrals(
  referrals: readonly string[],
  { referrals: rule }: Pick<LdapSettings, 'referrals'>,
  { doing, server }: Attempt,
): void {
  if (rule === 'ignore') return
  const missing = referrals.filter((url) => !nobodyThere.test(normaliseDn(dnOf(url))))
  if (missing.length === 0) return
  throw new Problem(
    ldapProblems.ldap_referral,
    `${doing} at ${server}: a part of it is on another server (${hostOf(missing[0] ?? '')}).`,
    {
      remedy:
        'Give a server that holds the whole base (Active Directory: a global catalog), a smaller base, or set `referrals` to `ignore` to do without that part.',
      context: { server, referrals: missing.length },
    },
  )
}

const dnOf = (url: string): string => {
  const path = /^ldaps?:\/\/[^/]*\/([^?]*)/i.exec(url)?.[1] ?? ''
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const hostOf = (url: string): string => /^ldaps?:\/\/([^/?]*)/i.exec(url)?.[1] ?? 'unnamed'
